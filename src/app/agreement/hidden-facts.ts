import { factField, objectName } from '../../domain/agreement/fact-source.ts';
import type { Problem } from '../../domain/agreement/problem.ts';
import type { Agreement } from '../../domain/agreement/schema.ts';
import { type Crm, type CrmRecord, PortError } from '../ports.ts';
import { quotedList } from '../ports/soql-text.ts';

/** A fact that receipts show although some of those who read them may not read its field. */
export type HiddenFact = {
  readonly fact: string;
  /** With its object, such as `Lead.AnnualRevenue`. */
  readonly field: string;
  /** Active users who may read verdicts, and those of them who may not read the field. */
  readonly readers: number;
  readonly unable: number;
};

const verdicts = 'Accord_Lead_State__c';

/**
 * Finds facts that are not restricted and whose field is hidden from some of those who may read verdicts.
 *
 * Such a receipt tells by its clauses what field-level security keeps back. Who runs the service is no such reader: it has
 * to read everything. Rights are those of permission sets, groups of them and profiles; a field that none of them gives is
 * taken for one that cannot be hidden, such as Lead.Status. Needs View Setup and Configuration; takes four calls.
 */
export async function findHiddenFacts(crm: Crm, agreement: Agreement): Promise<readonly HiddenFact[]> {
  const shown = Object.entries(agreement.facts).flatMap(([fact, source]) => {
    const field = source.restricted ? undefined : factField(source);
    return field === undefined ? [] : [{ fact, field }];
  });
  if (shown.length === 0) return [];
  const rights = await readRights(
    crm,
    shown.map(({ field }) => field),
  );
  const readers = rights.readers();
  return shown.flatMap(({ fact, field }) => {
    const able = rights.seersOf(field);
    const unable = able ? [...readers].filter((reader) => !able.has(reader)).length : 0;
    return unable > 0 ? [{ fact, field, readers: readers.size, unable }] : [];
  });
}

/** Warns of such facts where they are written; of none where the signed-in user may not look who may read what. */
export async function hiddenFactProblems(crm: Crm, agreement: Agreement): Promise<readonly Problem[]> {
  try {
    return (await findHiddenFacts(crm, agreement)).map(({ fact, field, readers, unable }) => ({
      severity: 'warning',
      path: ['facts', fact],
      message:
        `${field} is hidden from ${unable} of ${readers} users who may read verdicts, which tell them whether its ` +
        'conditions are met. Mark the fact "restricted: true", or give them Read Access to the field.',
      code: 'wrong-value',
    }));
  } catch (error) {
    if (error instanceof PortError && ['missing', 'invalid', 'reauthorize'].includes(error.code)) return [];
    throw error;
  }
}

type Users = ReadonlySet<string>;

type Rights = {
  /** Who may read verdicts, without who runs the service. */
  readonly readers: () => Users;
  /** Who may read a field; undefined where no permission set or profile names it. */
  readonly seersOf: (field: string) => Users | undefined;
};

async function readRights(crm: Crm, fields: readonly string[]): Promise<Rights> {
  const objects = quotedList([verdicts, ...new Set(fields.map(objectName))]);
  const byField = await crm.query(
    'SELECT ParentId, Parent.ProfileId, Field FROM FieldPermissions ' +
      `WHERE PermissionsRead = true AND Field IN ${quotedList([...new Set(fields)])}`,
  );
  const byObject = await crm.query(
    'SELECT ParentId, Parent.Name, Parent.ProfileId, SobjectType, PermissionsViewAllFields FROM ObjectPermissions ' +
      `WHERE PermissionsRead = true AND SobjectType IN ${objects}`,
  );
  const holdersOf = await findHolders(crm, [...byField, ...byObject]);
  const reading = byObject.filter((row) => row['SobjectType'] === verdicts);
  const ofService = holdersOf(reading.filter((row) => row['Parent.Name'] === 'Accord_Service'));
  return {
    readers: () => new Set([...holdersOf(reading)].filter((user) => !ofService.has(user))),
    seersOf: (field) => {
      const giving = byField.filter((row) => String(row['Field']).toLowerCase() === field.toLowerCase());
      if (giving.length === 0) return undefined;
      const whole = byObject.filter(
        (row) => row['SobjectType'] === objectName(field) && row['PermissionsViewAllFields'] === true,
      );
      return holdersOf([...giving, ...whole]);
    },
  };
}

/** Finds the active users who hold what grants rights: a permission set by assignment, a profile by belonging to it. */
async function findHolders(crm: Crm, grants: readonly CrmRecord[]): Promise<(grants: readonly CrmRecord[]) => Users> {
  const named = (field: string): string =>
    quotedList([...new Set(grants.flatMap((row) => (row[field] ? [String(row[field])] : [])))]);
  const assigned = await crm.query(
    'SELECT AssigneeId, PermissionSetId FROM PermissionSetAssignment ' +
      `WHERE Assignee.IsActive = true AND PermissionSetId IN ${named('ParentId')}`,
  );
  const belonging = await crm.query(
    `SELECT Id, ProfileId FROM User WHERE IsActive = true AND ProfileId IN ${named('Parent.ProfileId')}`,
  );
  const bySet = Map.groupBy(assigned, (row) => row['PermissionSetId']);
  const byProfile = Map.groupBy(belonging, (row) => row['ProfileId']);
  return (some) =>
    new Set(
      some.flatMap((row) => [
        ...(bySet.get(row['ParentId']) ?? []).map((each) => String(each['AssigneeId'])),
        ...(byProfile.get(row['Parent.ProfileId']) ?? []).map((each) => String(each['Id'])),
      ]),
    );
}
