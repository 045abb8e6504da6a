import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPerson, insertRow } from '../../../support/org-people.ts';
import { startTestOrg, type TestOrg } from './running-org.ts';

/** Objects that tell who holds which right. */
const HOLDERS = [
  'PermissionSetAssignment',
  'PermissionSet',
  'ObjectPermissions',
  'FieldPermissions',
  'SetupEntityAccess',
];

describe('by REST, who may do what', () => {
  let org: TestOrg;
  const rows = (soql: string) =>
    org.org.query(org.org.system(), soql, { includeDeleted: false, apiVersion: 68 }).page(0, 10);
  let profileId: string;
  beforeAll(async () => {
    org = await startTestOrg();
    const name = 'Minimum Access - API Only Integrations';
    profileId = String(rows(`SELECT Id FROM Profile WHERE Name = '${name}'`)[0]?.['Id']);
  });
  afterAll(() => org[Symbol.asyncDispose]());

  /** Somebody who has these user permissions and no others but to use the API. */
  const personWith = (...permissions: readonly string[]) => {
    const name = `P${permissions.join('').slice(0, 30)}`;
    const { userId } = addPerson(org.org, name, { profileId });
    const granted = Object.fromEntries(permissions.map((each) => [`Permissions${each}`, true]));
    const set = insertRow(org.org, org.org.system(), 'PermissionSet', { Name: name, Label: name, ...granted });
    insertRow(org.org, org.org.system(), 'PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: set });
    const headers = { authorization: `Bearer ${org.sessions.create(userId)}` };
    const get = (path: string) => org.send('GET', path, undefined, headers);
    return {
      userId,
      get,
      post: (object: string, row: object) => org.send('POST', `sobjects/${object}`, row, headers),
      query: (soql: string) => get(`query?q=${encodeURIComponent(soql)}`),
    };
  };

  it('is hidden from a user without View Setup, in queries, describes and records, even of themselves', async () => {
    const rep = personWith('RunReports');
    for (const object of [...HOLDERS, 'CustomPermission', 'UserRole']) {
      expect(await rep.query(`SELECT Id FROM ${object}`)).toMatchObject({
        status: 400,
        body: [
          { errorCode: 'INVALID_TYPE', message: expect.stringContaining(`'${object}' is not supported`) as string },
        ],
      });
      expect((await rep.get(`sobjects/${object}/describe`)).status).toBe(404);
      expect((await rep.get(`sobjects/${object}`)).status).toBe(404);
    }
    const own = `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '${rep.userId}'`;
    expect((await rep.query(own)).status).toBe(400);
    const [held] = rows(own);
    expect((await rep.get(`sobjects/PermissionSetAssignment/${String(held?.['Id'])}`)).status).toBe(404);
    const { sobjects } = (await rep.get('sobjects')).body as { sobjects: { name: string }[] };
    expect(sobjects.filter(({ name }) => HOLDERS.includes(name))).toEqual([]);
  });

  it('is hidden as a parent, as children and in a semi-join, too', async () => {
    const rep = personWith('EditTask');
    const soqls = [
      'SELECT UserRole.Name FROM User',
      'SELECT (SELECT Id FROM PermissionSetAssignments) FROM User',
      'SELECT Id FROM User WHERE Id IN (SELECT AssigneeId FROM PermissionSetAssignment)',
    ];
    for (const soql of soqls) expect((await rep.query(soql)).status).toBe(400);
    expect((await rep.query('SELECT Profile.Name FROM User')).status).toBe(200);
  });

  it('is shown to a user with View Setup', async () => {
    const service = personWith('ViewSetup', 'ViewRoles');
    for (const object of [...HOLDERS, 'CustomPermission', 'UserRole']) {
      expect((await service.query(`SELECT Id FROM ${object} LIMIT 1`)).status).toBe(200);
      expect((await service.get(`sobjects/${object}/describe`)).status).toBe(200);
    }
  });

  it.each([
    ['AssignPermissionSets', ['PermissionSetAssignment', 'PermissionSet']],
    ['ManageUsers', ['PermissionSetAssignment']],
    ['ManageProfilesPermissionsets', ['PermissionSet']],
    ['ManageSessionPermissionSets', ['PermissionSet']],
    ['CustomizeApplication', []],
  ])('is shown to a user with %s as far as: %j', async (permission, shown) => {
    const person = personWith(permission);
    for (const object of HOLDERS) {
      const { status } = await person.query(`SELECT Id FROM ${object} LIMIT 1`);
      expect(status).toBe(shown.includes(object) ? 200 : 400);
    }
  });

  it('is written by nobody who may not see it', async () => {
    const person = personWith('ManageProfilesPermissionsets', 'ViewRoles');
    const [set] = rows("SELECT Id FROM PermissionSet WHERE Name = 'PRunReports'");
    const row = { ParentId: set?.['Id'], SobjectType: 'Lead', PermissionsRead: true };
    expect((await person.post('ObjectPermissions', row)).status).toBe(404);
  });
});
