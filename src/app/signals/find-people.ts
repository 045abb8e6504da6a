import type { Call } from '../../domain/signal/read-call.ts';
import type { Crm, CrmRecord, CrmValue } from '../ports.ts';
import { quotedList } from '../ports/soql-text.ts';
import { Refusal } from '../refusal.ts';

/** How signals are matched to leads, and what on a lead allows to keep them. */
export type Matching = {
  /** Field of the lead that holds the sender's `userId`; absent matches by email. */
  readonly idField: string | undefined;
  /** Checkbox of the lead that says the person has consented. */
  readonly consentField: string | undefined;
};

export type Person = { readonly leadId: string; readonly consented: boolean; readonly forbidden: boolean };

/** Finds the lead of each of some calls; undefined where there is none. */
export type PeopleFinder = (calls: readonly Call[]) => Promise<(call: Call) => Person | undefined>;

/** Values that one query may list, well below the length that SOQL takes. */
const valuesPerQuery = 100;

/** What a person's own record says against following them; who cannot read it keeps nothing of whoever has one. */
export const refusals = ['HasOptedOutTracking', 'ShouldForget'] as const;

/**
 * Prepares to find leads by email or by a field.
 *
 * Of several leads with one address the one that is open and was created last is taken, else the converted one that was
 * created last. Whoever has opted out of tracking or wants to be forgotten is found, so that nothing of them is kept.
 */
export async function peopleFinder(crm: Crm, { idField, consentField }: Matching): Promise<PeopleFinder> {
  const lead = await crm.describe('Lead');
  const known = new Set(lead?.fields.map(({ name }) => name));
  const key = idField ?? 'Email';
  for (const field of [key, ...(consentField === undefined ? [] : [consentField])]) {
    if (!known.has(field))
      throw new Refusal('signals', `The field Lead.${field} does not exist, or you may not see it.`);
  }
  const consentType = lead?.fields.find(({ name }) => name === consentField)?.type;
  if (consentField !== undefined && consentType !== 'boolean') {
    throw new Refusal('signals', `Lead.${consentField} is no checkbox, so it cannot say who has consented.`);
  }
  const shown = new Set((await crm.describe('Individual'))?.fields.map(({ name }) => name));
  const refusing = refusals.every((name) => shown.has(name)) ? refusals.map((name) => `Individual.${name}`) : [];
  const individual = known.has('IndividualId') ? ['IndividualId', ...refusing] : [];
  const fields = ['Id', key, 'IsConverted', 'CreatedDate', ...(consentField ? [consentField] : []), ...individual];
  const keyOf = (call: Call): string | undefined => (idField === undefined ? call.email : call.userId);
  return async (calls) => {
    const wanted = [...new Set(calls.flatMap((call) => keyOf(call) ?? []))];
    const found = new Map<string, CrmRecord>();
    for (let start = 0; start < wanted.length; start += valuesPerQuery) {
      const some = quotedList(wanted.slice(start, start + valuesPerQuery));
      const rows = await crm.query(`SELECT ${fields.join(', ')} FROM Lead WHERE ${key} IN ${some}`, { max: 100_000 });
      for (const row of rows) keepBetter(found, fold(row[key]), row);
    }
    return (call) => {
      const row = found.get(fold(keyOf(call)));
      return row && toPerson(row, consentField);
    };
  };
}

const fold = (value: CrmValue | undefined): string => String(value ?? '').toLowerCase();

function keepBetter(found: Map<string, CrmRecord>, key: string, row: CrmRecord): void {
  const before = found.get(key);
  if (!before || rank(row) > rank(before)) found.set(key, row);
}

/** Open before converted, then the later one, then the greater id. */
const rank = (row: CrmRecord): string =>
  `${row['IsConverted'] === true ? 0 : 1} ${String(row['CreatedDate'])} ${String(row['Id'])}`;

function toPerson(row: CrmRecord, consentField: string | undefined): Person {
  return {
    leadId: String(row['Id']),
    consented: consentField !== undefined && row[consentField] === true,
    forbidden:
      typeof row['IndividualId'] === 'string' && !refusals.every((name) => row[`Individual.${name}`] === false),
  };
}
