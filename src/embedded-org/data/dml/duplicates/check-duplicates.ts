import { quoteName } from '../../quote-name.ts';
import { visibleSql } from '../../security/sharing.ts';
import type { StoredRow, StoredValue } from '../object-plan.ts';
import { rowError } from '../row-error.ts';
import type { WriteJob } from '../write-job.ts';
import { findMatchingRule, type DuplicateRule, type MatchingItem } from './duplicate-rules.ts';

/** Throws DUPLICATES_DETECTED where an active rule blocks the save, or alerts and the caller did not allow duplicates. */
export function checkDuplicates(job: WriteJob, row: StoredRow, old: StoredRow | undefined): void {
  const { plan } = job;
  const stored = plan.prepare('select definition from "~duplicate_rule" where object = ?').all(plan.object.name);
  for (const { definition } of stored) {
    const rule = JSON.parse(String(definition)) as DuplicateRule;
    const action = old === undefined ? rule.onInsert : rule.onUpdate;
    const isAllowed = action === 'allow' || (action === 'alert' && job.options.allowSaveDuplicates === true);
    if (!rule.active || isAllowed || !hasDuplicate(job, rule, row, old)) continue;
    throw rowError('DUPLICATES_DETECTED', rule.alertText, []);
  }
}

function hasDuplicate(job: WriteJob, rule: DuplicateRule, row: StoredRow, old: StoredRow | undefined): boolean {
  return rule.matchingRules.some((name) => {
    const items = findMatchingRule(job.core, job.plan.object.name, name) ?? [];
    const isTouched = old === undefined || items.some(({ fieldName }) => row[fieldName] !== old[fieldName]);
    return items.length > 0 && isTouched && matches(job, rule, items, row);
  });
}

function matches(job: WriteJob, rule: DuplicateRule, items: readonly MatchingItem[], row: StoredRow): boolean {
  const { plan } = job;
  const values: StoredValue[] = [];
  const conditions: string[] = [];
  for (const { fieldName, matchBlanks } of items) {
    const value = row[fieldName] ?? null;
    if (value === null && !matchBlanks) return false;
    conditions.push(value === null ? `it.${quoteName(fieldName)} is null` : `it.${quoteName(fieldName)} = ?`);
    if (value !== null) values.push(value);
  }
  const living = plan.has('IsDeleted') ? ' and it."IsDeleted" = 0' : '';
  const visible = rule.enforceSharing ? visibleSql(job.core, job.user, plan.object, 'it') : { text: '1', params: [] };
  const sql = `select 1 as found from ${quoteName(plan.object.name)} it
    where ${conditions.join(' and ')} and it."Id" <> ?${living} and ${visible.text} limit 1`;
  return plan.prepare(sql).get(...values, row['Id'] ?? '', ...visible.params) !== undefined;
}
