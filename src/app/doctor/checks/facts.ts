import { factField, fieldName } from '../../../domain/agreement/fact-source.ts';
import type { Agreement } from '../../../domain/agreement/schema.ts';
import { quoted } from '../../ports/soql-text.ts';
import type { Crm, CrmField } from '../../ports.ts';
import { type Check, many, named, numberOf } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { lookAt, unseen } from '../look.ts';

/** Finds facts that say nothing about anybody, facts that say the same twice, and fields whose past is not kept. */
export const checkFacts: Check = async ({ crm, subject }) => {
  if (!subject) return [];
  const { agreement } = subject;
  const described = await crm.describe('Lead');
  const read = new Set(leadFieldsOf(agreement));
  const fields = described?.fields.filter((field) => read.has(field.name)) ?? [];
  return [
    ...duplicateFacts(agreement),
    ...(await deadFields(crm, fields, agreement)),
    ...(await untrackedFields(crm, fields)),
  ];
};

const leadFieldsOf = (agreement: Agreement): readonly string[] =>
  Object.values(agreement.facts).flatMap((fact) => {
    const field = factField(fact);
    return field?.startsWith('Lead.') ? [fieldName(field)] : [];
  });

function duplicateFacts(agreement: Agreement): readonly Finding[] {
  const byField = Map.groupBy(
    Object.entries(agreement.facts).filter(([, fact]) => 'field' in fact),
    ([, fact]) => ('field' in fact ? fact.field.toLowerCase() : ''),
  );
  return [...byField.values()].flatMap((facts): readonly Finding[] => {
    const [first] = facts;
    if (facts.length < 2 || !first) return [];
    return [
      {
        id: `facts-duplicate:${first[0]}`,
        severity: 'warns',
        title: `${facts.length} facts of the agreement read the same field.`,
        evidence: [`${facts.map(([name]) => name).join(', ')} read ${factField(first[1])}`],
        fixedBy: 'marketing operations',
        how: 'Keep one of them and name it in every definition.',
      },
    ];
  });
}

/** Types whose values SOQL counts, and tells apart. */
const countable = new Set(
  'string picklist combobox email phone url int long double currency percent date datetime reference'.split(' '),
);

async function deadFields(crm: Crm, fields: readonly CrmField[], agreement: Agreement): Promise<readonly Finding[]> {
  const counted = fields.filter((field) => countable.has(field.type));
  if (counted.length === 0) return [];
  const columns = counted.map(({ name }, at) => `COUNT(${name}) c${at}, COUNT_DISTINCT(${name}) d${at}`);
  const look = await lookAt(() => crm.query(`SELECT COUNT(Id) n, ${columns.join(', ')} FROM Lead`));
  if (!look.seen) return [unseen('facts-values', "The values of the agreement's fields", look.why)];
  const row = look.value[0] ?? {};
  const total = numberOf(row['n']);
  if (total === 0) return [];
  const findings: Finding[] = [];
  for (const [at, field] of counted.entries()) {
    const filled = await lookAt(() => reallyFilled(crm, field, numberOf(row[`c${at}`]), agreement));
    const count = filled.seen ? filled.value : numberOf(row[`c${at}`]);
    if (count === 0) findings.push(blankField(field, total));
    else if (total > 1 && count === total && numberOf(row[`d${at}`]) === 1) findings.push(uniformField(field, total));
  }
  return findings;
}

/** Leaves out the values that the agreement takes for blank, which a form may fill in by itself. */
async function reallyFilled(crm: Crm, { name }: CrmField, filled: number, agreement: Agreement): Promise<number> {
  const blank = Object.values(agreement.facts).flatMap((fact) =>
    'field' in fact && fact.field === `Lead.${name}` ? (fact.blank ?? []) : [],
  );
  if (filled === 0 || blank.length === 0) return filled;
  const values = blank.map(quoted).join(', ');
  const rows = await crm.query(`SELECT COUNT(Id) n FROM Lead WHERE ${name} != null AND ${name} NOT IN (${values})`);
  return numberOf(rows[0]?.['n']);
}

const blankField = ({ name, label }: CrmField, total: number): Finding => ({
  id: `fact-always-blank:${name}`,
  severity: 'warns',
  title: `The agreement reads Lead.${name}, which is blank on every lead.`,
  evidence: [`${label}: blank on ${many(total, 'lead')}`],
  fixedBy: 'marketing operations',
  how: 'Fill the field from where it is known, or leave it out of the agreement: clauses on it are unknown for everybody.',
});

const uniformField = ({ name, label }: CrmField, total: number): Finding => ({
  id: `fact-always-same:${name}`,
  severity: 'warns',
  title: `The agreement reads Lead.${name}, which has the same value on every lead.`,
  evidence: [`${label}: one value on ${many(total, 'lead')}`],
  fixedBy: 'marketing operations',
  how: 'Leave it out of the agreement, or find out why nobody else gets another value: it tells no lead from another.',
});

async function untrackedFields(crm: Crm, fields: readonly CrmField[]): Promise<readonly Finding[]> {
  const changing = fields.filter((field) => field.updateable);
  if (changing.length === 0) return [];
  const look = await lookAt(() =>
    crm.query("SELECT QualifiedApiName, IsFieldHistoryTracked FROM FieldDefinition WHERE EntityDefinitionId = 'Lead'"),
  );
  if (!look.seen) return [unseen('field-history', 'Which fields have a history', look.why)];
  const tracked = new Set(
    look.value.flatMap((row) => (row['IsFieldHistoryTracked'] === true ? [String(row['QualifiedApiName'])] : [])),
  );
  const without = changing.filter((field) => !tracked.has(field.name));
  if (without.length === 0) return [];
  return [
    {
      id: 'field-history-off',
      severity: 'warns',
      title: `The org keeps no history of ${without.length} of ${many(changing.length, 'field')} that the agreement reads, so a preview rests on their values of today.`,
      evidence: [
        named(
          without.map((field) => field.name),
          20,
        ),
      ],
      fixedBy: 'administrator',
      how: 'Setup → Object Manager → Lead → Fields & Relationships → Set History Tracking (20 fields at most).',
    },
  ];
}
