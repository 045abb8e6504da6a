import { sameRecord } from '../../domain/agreement/same-record.ts';
import type { Party } from '../../domain/agreement/schema.ts';
import { type Crm, type CrmRecord, PortError } from '../ports.ts';
import { quotedList } from '../ports/soql-text.ts';
import type { VersionRecord } from './read-versions.ts';

/** Who holds the permission to sign for a party now. */
export type SigningRights = { readonly maySign: (userId: string, party: Party) => boolean | 'unseen' };

/** What the service goes by where it may not look: a right that nobody has seen is none. */
export const unseenRights: SigningRights = { maySign: () => 'unseen' };

const permissions = { sales: 'Accord_Sign_Sales', marketing: 'Accord_Sign_Marketing' } as const;

/**
 * Finds who may sign, by the custom permissions of permission sets, groups of them and profiles.
 *
 * Undefined where no proposed version has a signature, because then nothing depends on it, and where the signed-in user
 * may not look who holds which permission; the service, who may, judges every signature again.
 */
export async function findSigningRights(
  crm: Crm,
  versions: readonly VersionRecord[],
): Promise<SigningRights | undefined> {
  if (!versions.some(({ status, signatures }) => status === 'Proposed' && signatures.length > 0)) return undefined;
  const names = quotedList(Object.values(permissions));
  const custom = await readable(crm, `SELECT Id, DeveloperName FROM CustomPermission WHERE DeveloperName IN ${names}`);
  if (!custom || custom.length === 0) return undefined;
  const granted = `FROM SetupEntityAccess WHERE SetupEntityId IN ${quotedList(custom.map((each) => String(each['Id'])))}`;
  const grants = await readable(crm, `SELECT ParentId, SetupEntityId ${granted}`);
  const held = `WHERE PermissionSetId IN (SELECT ParentId ${granted})`;
  const assigned = await readable(crm, `SELECT AssigneeId, PermissionSetId FROM PermissionSetAssignment ${held}`);
  if (!grants || !assigned) return undefined;
  const setsOf = (party: Party): ReadonlySet<unknown> => {
    const entity = custom.find((each) => each['DeveloperName'] === permissions[party])?.['Id'];
    return new Set(grants.filter((each) => each['SetupEntityId'] === entity).map((each) => each['ParentId']));
  };
  const holdersOf = (party: Party): readonly string[] => {
    const sets = setsOf(party);
    return assigned.filter((each) => sets.has(each['PermissionSetId'])).map((each) => String(each['AssigneeId']));
  };
  const holders = { sales: holdersOf('sales'), marketing: holdersOf('marketing') };
  return { maySign: (userId, party) => holders[party].some((holder) => sameRecord(holder, userId)) };
}

/** Undefined for an object that the user may not read. */
async function readable(crm: Crm, soql: string): Promise<readonly CrmRecord[] | undefined> {
  try {
    return await crm.query(soql);
  } catch (error) {
    if (error instanceof PortError && ['missing', 'invalid', 'reauthorize'].includes(error.code)) return undefined;
    throw error;
  }
}
