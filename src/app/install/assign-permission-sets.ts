import { PortError, type Crm } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { quotedList } from '../ports/soql-text.ts';

export type Assignment = { readonly username: string; readonly permissionSets: readonly string[] };

export type AssignmentOutcome = {
  readonly username: string;
  readonly permissionSet: string;
  /** False when the user had it before. */
  readonly added: boolean;
};

/** Refuses names of users whom the org does not have, so that a slip of the pen is found before anything is deployed. */
export async function refuseUnknownUsers(crm: Crm, assignments: readonly Assignment[]): Promise<void> {
  if (assignments.length === 0) return;
  const names = assignments.map(({ username }) => username);
  const users = await idsByName(crm, 'User', 'Username', names, ' AND IsActive = true');
  const missing = [...new Set(names)].filter((name) => !users.has(name.toLowerCase()));
  const details = missing.map((name) => `There is no active user ${name}.`);
  if (details.length > 0) throw new Refusal('unknown-name', 'Nothing was deployed and nothing was assigned.', details);
}

/** Gives each user the permission sets that are missing; refuses before the first write when a name does not exist. */
export async function assignPermissionSets(
  crm: Crm,
  assignments: readonly Assignment[],
): Promise<readonly AssignmentOutcome[]> {
  if (assignments.length === 0) return [];
  const wanted = assignments.flatMap(({ username, permissionSets }) =>
    [...new Set(permissionSets)].map((permissionSet) => ({ username, permissionSet })),
  );
  const users = await idsByName(
    crm,
    'User',
    'Username',
    wanted.map((each) => each.username),
    ' AND IsActive = true',
  );
  const sets = await idsByName(
    crm,
    'PermissionSet',
    'Name',
    wanted.map((each) => each.permissionSet),
  );
  const missing = [
    ...new Set(
      wanted.flatMap(({ username, permissionSet }) => [
        ...(users.has(username.toLowerCase()) ? [] : [`There is no active user ${username}.`]),
        ...(sets.has(permissionSet.toLowerCase()) ? [] : [`There is no permission set ${permissionSet}.`]),
      ]),
    ),
  ];
  if (missing.length > 0) throw new Refusal('unknown-name', 'The package is deployed. Nothing was assigned.', missing);
  const pairs = wanted.map((each) => ({
    ...each,
    AssigneeId: users.get(each.username.toLowerCase()) ?? '',
    PermissionSetId: sets.get(each.permissionSet.toLowerCase()) ?? '',
  }));
  const held = await heldPairs(crm, [...users.values()], [...sets.values()]);
  const open = pairs.filter((pair) => !held.has(`${pair.AssigneeId} ${pair.PermissionSetId}`));
  await insert(crm, open);
  return pairs.map((pair) => ({
    username: pair.username,
    permissionSet: pair.permissionSet,
    added: open.includes(pair),
  }));
}

async function idsByName(
  crm: Crm,
  object: string,
  field: string,
  names: readonly string[],
  also = '',
): Promise<ReadonlyMap<string, string>> {
  const unique = [...new Set(names)];
  const records = await crm.query(`SELECT Id, ${field} FROM ${object} WHERE ${field} IN ${quotedList(unique)}${also}`);
  return new Map(records.map((record) => [String(record[field]).toLowerCase(), String(record['Id'])]));
}

async function heldPairs(crm: Crm, users: readonly string[], sets: readonly string[]): Promise<ReadonlySet<string>> {
  const records = await crm.query(
    `SELECT AssigneeId, PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId IN ${quotedList(users)} ` +
      `AND PermissionSetId IN ${quotedList(sets)}`,
  );
  return new Set(records.map((record) => `${record['AssigneeId']} ${record['PermissionSetId']}`));
}

type Pair = { readonly username: string; readonly permissionSet: string; AssigneeId: string; PermissionSetId: string };

async function insert(crm: Crm, pairs: readonly Pair[]): Promise<void> {
  if (pairs.length === 0) return;
  const records = pairs.map(({ AssigneeId, PermissionSetId }) => ({ AssigneeId, PermissionSetId }));
  const results = await crm.write({ kind: 'insert', object: 'PermissionSetAssignment', records });
  const refused = results.flatMap((result, index) => {
    if (result.success || /DUPLICATE_VALUE/.test(result.reason)) return [];
    return [`${pairs[index]?.username} did not get ${pairs[index]?.permissionSet}: ${result.reason}`];
  });
  if (refused.length > 0)
    throw new PortError('invalid', `Some permission sets were not assigned.\n${refused.join('\n')}`);
}
