import { makeId } from '../../ids.ts';
import type { OrgCore } from '../../org-core.ts';
import type { UserContext } from '../../types.ts';

export type Criterion = { readonly field: string; readonly operation: string; readonly value: string };

/** One line of a rule: criteria joined by `booleanFilter` (or all of them), or a formula; without an assignee nothing changes. */
export type AssignmentEntry = {
  readonly assignedTo: string | undefined;
  readonly criteria: readonly Criterion[];
  readonly booleanFilter?: string;
  readonly formula?: string;
};

export type AssignmentRule = {
  readonly name: string;
  readonly active: boolean;
  readonly entries: readonly AssignmentEntry[];
};

const TABLE =
  'create table if not exists "_assignment_entries" (rule text primary key, entries text not null) without rowid';

/** Replaces an object's rules: rows of AssignmentRule, and beside each its entries. A rule keeps its id as long as its name. */
export function saveAssignmentRules(
  core: OrgCore,
  user: UserContext,
  objectName: string,
  rules: readonly AssignmentRule[],
): void {
  const { db } = core;
  db.exec(TABLE);
  const known = db.prepare('select "Id", "Name" from "AssignmentRule" where "SobjectType" = ?').all(objectName);
  const idOf = new Map(known.map((row) => [String(row['Name']), String(row['Id'])]));
  db.prepare(
    'delete from "_assignment_entries" where rule in (select "Id" from "AssignmentRule" where "SobjectType" = ?)',
  ).run(objectName);
  db.prepare('delete from "AssignmentRule" where "SobjectType" = ?').run(objectName);
  const insert = db.prepare(
    `insert into "AssignmentRule" ("Id", "Name", "SobjectType", "Active", "CreatedDate", "CreatedById", "LastModifiedDate",
      "LastModifiedById", "SystemModstamp") values (?1, ?2, ?3, ?4, ?5, ?6, ?5, ?6, ?5)`,
  );
  let next = idOf.size;
  for (const rule of rules) {
    const id = idOf.get(rule.name) ?? makeId('01Q', ++next);
    insert.run(id, rule.name, objectName, rule.active ? 1 : 0, core.clock.stamp(), user.userId);
    db.prepare('insert into "_assignment_entries" (rule, entries) values (?, ?)').run(id, JSON.stringify(rule.entries));
  }
}

/** The entries of one rule, or of the active one; as text, so that callers can tell when they changed. */
export function findEntries(core: OrgCore, objectName: string, ruleId: string | undefined): string | undefined {
  const known = core.db.prepare(`select 1 as found from sqlite_master where name = '_assignment_entries'`).get();
  if (!known) return undefined;
  const condition = ruleId === undefined ? 'r."Active" = 1' : 'r."Id" = ?2';
  const sql = `select e.entries from "AssignmentRule" r join "_assignment_entries" e on e.rule = r."Id" where r."SobjectType" = ?1 and ${condition}`;
  const row = core.db.prepare(sql).get(...(ruleId === undefined ? [objectName] : [objectName, ruleId]));
  return row && String(row['entries']);
}
