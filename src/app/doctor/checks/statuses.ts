import { fieldName } from '../../../domain/agreement/fact-source.ts';
import { walkCriteria } from '../../../domain/agreement/walk-criteria.ts';
import type { Agreement } from '../../../domain/agreement/schema.ts';
import type { Crm, CrmField } from '../../ports.ts';
import { type Check, type Examination, many, named, numberOf } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { lookAt, unseen } from '../look.ts';

/** Finds lead statuses that are not used, and values in use that the agreement says nothing of. */
export const checkStatuses: Check = async (examination) => {
  const lead = await examination.crm.describe('Lead');
  const fields = new Map(lead?.fields.map((field) => [field.name, field]));
  return [
    ...(await statusFindings(examination.crm, fields.get('Status'))),
    ...(await valueFindings(examination, fields)),
  ];
};

async function statusFindings(crm: Crm, status: CrmField | undefined): Promise<readonly Finding[]> {
  if (!status) return [];
  const counted = await lookAt(() => countValues(crm, 'Status'));
  if (!counted.seen) return [unseen('lead-statuses', 'How the lead statuses are used', counted.why)];
  if (counted.value.size === 0) return [];
  const how = 'Setup → Object Manager → Lead → Fields & Relationships → Lead Status.';
  const findings: Finding[] = [];
  const unused = status.picklistValues.filter((value) => !counted.value.has(value.toLowerCase()));
  if (unused.length > 0) {
    findings.push({
      id: 'statuses-unused',
      severity: 'warns',
      title: `${many(unused.length, 'lead status is', 'lead statuses are')} offered to people and used by no lead.`,
      evidence: [named(unused)],
      fixedBy: 'marketing operations',
      how: `Deactivate what nobody needs, or agree when it is used: ${how}`,
    });
  }
  const offered = new Set(status.picklistValues.map((value) => value.toLowerCase()));
  const stale = [...counted.value].filter(([value]) => !offered.has(value));
  if (stale.length > 0) {
    findings.push({
      id: 'statuses-inactive-in-use',
      severity: 'warns',
      title: 'Leads have statuses that nobody can choose any more.',
      evidence: stale.map(([, { value, count }]) => `${value}: ${many(count, 'lead')}`),
      fixedBy: 'administrator',
      how: `Replace them by values that are in use: ${how}`,
    });
  }
  return findings;
}

type Counted = ReadonlyMap<string, { readonly value: string; readonly count: number }>;

/** Values of a lead field by their lower-case text, as comparisons fold them. */
async function countValues(crm: Crm, field: string): Promise<Counted> {
  const rows = await crm.query(`SELECT ${field}, COUNT(Id) n FROM Lead WHERE ${field} != null GROUP BY ${field}`);
  return new Map(
    rows.map((row) => [String(row[field]).toLowerCase(), { value: String(row[field]), count: numberOf(row['n']) }]),
  );
}

/** Values of picklists that clauses compare with lists, and that no clause names. */
async function valueFindings(
  { crm, subject }: Examination,
  fields: ReadonlyMap<string, CrmField>,
): Promise<readonly Finding[]> {
  if (!subject) return [];
  const findings: Finding[] = [];
  for (const [name, said] of namedValues(subject.agreement)) {
    if (fields.get(name)?.type !== 'picklist') continue;
    const counted = await lookAt(() => countValues(crm, name));
    const silent = counted.seen ? [...counted.value].filter(([value]) => !said.has(value)) : [];
    if (silent.length === 0) continue;
    findings.push({
      id: `values-not-agreed:${name}`,
      severity: 'info',
      title: `Leads have values of ${name} that the agreement does not name.`,
      evidence: silent.slice(0, 10).map(([, { value, count }]) => `${value}: ${many(count, 'lead')}`),
      fixedBy: 'marketing operations',
      how: `Name them where the agreement compares Lead.${name}, or map them to values that it names.`,
    });
  }
  return findings;
}

/** Lead fields that clauses compare with values → the values, in lower case. */
function namedValues(agreement: Agreement): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { fact, comparison } of walkCriteria(agreement)) {
    const source = agreement.facts[fact];
    if (!source || !('field' in source) || !source.field.startsWith('Lead.')) continue;
    const { is, isNot, in: among, notIn } = comparison;
    const values = [is, isNot, among, notIn, source.blank].flat().filter((value) => typeof value === 'string');
    if (values.length === 0) continue;
    const name = fieldName(source.field);
    const all = found.get(name) ?? new Set();
    for (const value of values) all.add(value.toLowerCase());
    found.set(name, all);
  }
  return found;
}
