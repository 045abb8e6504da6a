import type { DatabaseSync } from 'node:sqlite';
import type { OrgCore } from '../../org-core.ts';
import { prepared } from '../../prepared.ts';

/** What a save that makes a duplicate meets: nothing, an alert that the caller may overrule, or a refusal. */
export type DuplicateAction = 'allow' | 'alert' | 'block';

/** Fields in which two records must agree exactly, in any case of letters; blank ones agree only where it says so. */
export type MatchingItem = { readonly fieldName: string; readonly matchBlanks: boolean };

export type DuplicateRule = {
  readonly name: string;
  readonly active: boolean;
  readonly onInsert: DuplicateAction;
  readonly onUpdate: DuplicateAction;
  readonly alertText: string;
  /** Whether only records that the user may see count as duplicates. */
  readonly enforceSharing: boolean;
  /** Matching rules by name; one that matches is enough. */
  readonly matchingRules: readonly string[];
};

/** Creates the tables of duplicate and matching rules; call it when the org is opened. */
export function createDuplicateRules(db: DatabaseSync): void {
  db.exec(`create table if not exists "~duplicate_rule" (object text not null, name text not null, definition text not null,
      primary key (object, name)) without rowid;
    create table if not exists "~matching_rule" (object text not null, name text not null, definition text not null,
      primary key (object, name)) without rowid`);
}

export function saveDuplicateRule(core: OrgCore, objectName: string, rule: DuplicateRule): void {
  const sql = 'insert or replace into "~duplicate_rule" (object, name, definition) values (?, ?, ?)';
  core.db.prepare(sql).run(objectName, rule.name, JSON.stringify(rule));
}

export function saveMatchingRule(
  core: OrgCore,
  objectName: string,
  name: string,
  items: readonly MatchingItem[],
): void {
  const sql = 'insert or replace into "~matching_rule" (object, name, definition) values (?, ?, ?)';
  core.db.prepare(sql).run(objectName, name, JSON.stringify(items));
}

export function findMatchingRule(core: OrgCore, objectName: string, name: string): readonly MatchingItem[] | undefined {
  const sql = 'select definition from "~matching_rule" where object = ? and name = ? collate nocase';
  const row = prepared(core.db, sql).get(objectName, name);
  return row && (JSON.parse(String(row['definition'])) as MatchingItem[]);
}

export function removeDuplicateRule(core: OrgCore, objectName: string, name: string): void {
  core.db.prepare('delete from "~duplicate_rule" where object = ? and name = ? collate nocase').run(objectName, name);
}

/** The names of the duplicate rules that use a matching rule. */
export function usersOfMatchingRule(core: OrgCore, objectName: string, name: string): readonly string[] {
  const rows = core.db.prepare('select definition from "~duplicate_rule" where object = ?').all(objectName);
  const rules = rows.map((row) => JSON.parse(String(row['definition'])) as DuplicateRule);
  return rules.filter((rule) => rule.matchingRules.includes(name)).map((rule) => rule.name);
}

export function removeMatchingRule(core: OrgCore, objectName: string, name: string): void {
  core.db.prepare('delete from "~matching_rule" where object = ? and name = ?').run(objectName, name);
}
