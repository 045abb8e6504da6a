import JSZip from 'jszip';
import type { Org } from '../../src/embedded-org/data/org-core.ts';
import { OrgClock } from '../../src/embedded-org/data/org-clock.ts';
import { openOrg } from '../../src/embedded-org/open-org.ts';
import type {
  DeployOutcome,
  DmlOptions,
  InputRow,
  OutputRow,
  SaveResult,
  UserContext,
} from '../../src/embedded-org/data/types.ts';

export const NOON = Date.UTC(2026, 5, 15, 12);

const OPTIONS: DmlOptions = { allOrNone: false, autoAssign: false, apiVersion: 68 };

/** An org in memory whose clock stands at noon, with short forms of what tests do all the time. */
export type TestOrg = {
  readonly org: Org;
  readonly clock: OrgClock;
  readonly admin: UserContext;
  readonly insert: (objectName: string, row: InputRow, user?: UserContext, options?: Partial<DmlOptions>) => SaveResult;
  readonly update: (objectName: string, row: InputRow, user?: UserContext, options?: Partial<DmlOptions>) => SaveResult;
  /** Inserts as the platform and returns the id; fails the test if the row is refused. */
  readonly create: (objectName: string, row: InputRow) => string;
  readonly query: (soql: string, user?: UserContext) => readonly Record<string, unknown>[];
  readonly deploy: (files: Readonly<Record<string, string>>, user?: UserContext) => Promise<DeployOutcome>;
  /** Deploys what must go well; fails the test with the problems if it does not. */
  readonly install: (zip: Uint8Array) => Promise<void>;
  readonly createUser: (name: string, profileName?: string, permissionSets?: readonly string[]) => UserContext;
};

export function openTestOrg(): TestOrg {
  const clock = new OrgClock();
  clock.freezeAt(NOON);
  const org = openOrg({ path: ':memory:', clock });
  const admin = org.findUserByUsername('admin@accord.example');
  if (!admin) throw new Error('A new org has an administrator.');
  const query = (soql: string, user = org.system()): readonly Record<string, unknown>[] =>
    org.query(user, soql, { includeDeleted: false, apiVersion: 68 }).page(0, 2000).map(withoutAttributes);
  const write =
    (kind: 'insert' | 'update') =>
    (objectName: string, row: InputRow, user = org.system(), options: Partial<DmlOptions> = {}): SaveResult =>
      org[kind](user, objectName, [row], { ...OPTIONS, ...options })[0] as SaveResult;
  const create = (objectName: string, row: InputRow): string => {
    const result = write('insert')(objectName, row);
    if (result.id === undefined) throw new Error(`${objectName} was refused: ${JSON.stringify(result.errors)}`);
    return result.id;
  };
  return {
    org,
    clock,
    admin,
    query,
    create,
    insert: write('insert'),
    update: write('update'),
    deploy: async (files, user = admin) => org.deploy(user, await zipOf(files), DEPLOY),
    install: async (zip) => {
      const { messages } = await org.deploy(admin, zip, DEPLOY);
      const problems = messages.filter((each) => !each.success);
      if (problems.length > 0) throw new Error(`The deployment failed: ${JSON.stringify(problems)}`);
    },
    createUser: (name, profileName = 'Standard User', permissionSets = []) => {
      const profileId = query(`SELECT Id FROM Profile WHERE Name = '${profileName}'`)[0]?.['Id'];
      const id = create('User', { ...person(name), ProfileId: profileId });
      for (const each of permissionSets) {
        const [set] = query(`SELECT Id FROM PermissionSet WHERE Name = '${each}'`);
        create('PermissionSetAssignment', { AssigneeId: id, PermissionSetId: set?.['Id'] });
      }
      return org.user(id);
    },
  };
}

export const DEPLOY = { checkOnly: false, rollbackOnError: true, singlePackage: true };

const person = (name: string): InputRow => ({
  Username: `${name.toLowerCase()}@northwind.example`,
  Email: `${name.toLowerCase()}@northwind.example`,
  LastName: name,
  Alias: name.slice(0, 8).toLowerCase(),
  IsActive: true,
  TimeZoneSidKey: 'GMT',
  LocaleSidKey: 'en_US',
  LanguageLocaleKey: 'en_US',
  EmailEncodingKey: 'UTF-8',
});

export async function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<Uint8Array> {
  const zip = new JSZip();
  for (const [path, content] of Object.entries(files)) zip.file(path, content);
  return zip.generateAsync({ type: 'uint8array' });
}

/** A package.xml that names members by type. */
export function packageXml(types: Readonly<Record<string, readonly string[]>>): string {
  const lists = Object.entries(types).map(
    ([name, members]) =>
      `<types>${members.map((each) => `<members>${each}</members>`).join('')}<name>${name}</name></types>`,
  );
  return `<Package xmlns="http://soap.sforce.com/2006/04/metadata">${lists.join('')}<version>68.0</version></Package>`;
}

export const xml = (root: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><${root} xmlns="http://soap.sforce.com/2006/04/metadata">${content}</${root}>`;

function withoutAttributes(row: OutputRow): Record<string, unknown> {
  const { attributes: _attributes, ...fields } = row;
  return fields;
}
