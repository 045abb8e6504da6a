import type { Crm } from '../ports.ts';
import { convertedTo, type RelatedName } from './conversions.ts';
import type { MirroredObject } from './mirrored-object.ts';
import { visible } from './visible-fields.ts';

/** What an opportunity's own history holds at each of its changes. */
export const opportunitySteps = ['StageName', 'Amount', 'Probability', 'CloseDate'] as const;

const winning = ['IsWon', 'IsClosed', 'StageName'];

/** The contacts, accounts and opportunities that leads were converted to, as far as the rules name fields of them. */
export async function planRelated(
  crm: Crm,
  fields: ReadonlyMap<string, readonly string[]> | undefined,
  hidden: string[],
): Promise<readonly MirroredObject[]> {
  const objects: MirroredObject[] = [];
  for (const [object, names] of fields ?? []) {
    if (!isRelated(object)) continue;
    const described = await crm.describe(object);
    if (!described) {
      hidden.push(object);
      continue;
    }
    const wanted = [...new Set(['Id', 'IsDeleted', ...names, ...(object === 'Opportunity' ? winning : [])])];
    const where = `Id IN ${converted(object)}`;
    objects.push({ object, holds: 'related', fields: visible(described, wanted, hidden), parent: undefined, where });
    if (object === 'Opportunity') objects.push(...(await planSteps(crm)));
  }
  return objects;
}

/** The history of opportunities, which tells when one was won; nothing where it cannot be read. */
async function planSteps(crm: Crm): Promise<readonly MirroredObject[]> {
  const described = await crm.describe('OpportunityHistory');
  const wanted = ['Id', 'IsDeleted', 'OpportunityId', 'CreatedDate'];
  const fields = visible(described, [...wanted, ...opportunitySteps], []);
  if (!wanted.every((name) => fields.includes(name))) return [];
  return [
    {
      object: 'OpportunityHistory',
      holds: 'history',
      fields,
      parent: 'OpportunityId',
      where: `OpportunityId IN ${converted('Opportunity')}`,
      stampField: 'CreatedDate',
    },
  ];
}

const isRelated = (object: string): object is RelatedName => Object.hasOwn(convertedTo, object);

const converted = (object: RelatedName): string => `(SELECT ${convertedTo[object]} FROM Lead WHERE IsConverted = true)`;
