import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InputRow, SharingModel, UserContext } from '../../../../src/embedded-org/data/types.ts';
import { deployFiles, METADATA } from '../ui-api/deploy-files.ts';
import { SmallOrg } from './small-org.ts';

let small: SmallOrg;
let people: Record<'boss' | 'rep' | 'peer', UserContext>;

beforeEach(() => {
  small = new SmallOrg();
  const [top] = small.insert('UserRole', [{ Name: 'Top' }]);
  const [low] = small.insert('UserRole', [{ Name: 'Low', ParentRoleId: top }]);
  const add = (name: string, role: string | undefined) =>
    small.addUser(name, 'Standard User', { UserRoleId: role ?? null });
  people = { boss: add('Boss', top), rep: add('Rep', low), peer: add('Peer', low) };
});
afterEach(() => small.close());

const now = (who: keyof typeof people): UserContext => small.org.user(people[who].userId);

function shareAs(objectName: string, sharingModel: SharingModel): void {
  const object = small.org.core.schema.find(objectName);
  if (object === undefined) throw new Error(`no ${objectName}`);
  small.org.core.schema.define({ ...object, sharingModel });
}

const deployModel = (objectName: string, model: string, rest = '') =>
  deployFiles(
    small.org,
    {
      [`objects/${objectName}.object`]: `<CustomObject ${METADATA}>${rest}<sharingModel>${model}</sharingModel></CustomObject>`,
    },
    { CustomObject: [objectName] },
  );

const OPTIONS = { allOrNone: false, autoAssign: false, apiVersion: 68 };

/** What the user may do with a record: `see`, `edit` and `delete`, tried in this order. */
function rightsOf(who: keyof typeof people, objectName: string, id: string, change: InputRow): string[] {
  const user = now(who);
  const saw = small.size(`SELECT Id FROM ${objectName} WHERE Id = '${id}'`, user) === 1;
  const [edited] = small.org.update(user, objectName, [{ Id: id, ...change }], OPTIONS);
  const [deleted] = small.org.remove(user, [id], OPTIONS);
  if (deleted?.success) small.org.undeleteRows(small.org.system(), [id], OPTIONS);
  return [...(saw ? ['see'] : []), ...(edited?.success ? ['edit'] : []), ...(deleted?.success ? ['delete'] : [])];
}

const ALL = ['see', 'edit', 'delete'];
const NONE: string[] = [];

describe('contacts that are controlled by their account', () => {
  beforeEach(async () => {
    await deployModel('Contact', 'ControlledByParent');
    shareAs('Account', 'Private');
  });

  it('are read, changed and deleted by whoever may change the account', () => {
    const [account] = small.insert('Account', [{ Name: 'Acme', OwnerId: people.rep.userId }]);
    const [contact = ''] = small.insert('Contact', [
      { LastName: 'Bell', AccountId: account, OwnerId: people.peer.userId },
    ]);
    const may = (who: keyof typeof people) => rightsOf(who, 'Contact', contact, { Title: 'CTO' });
    expect([may('peer'), may('rep'), may('boss')]).toEqual([NONE, ALL, ALL]);
  });

  it('are only read by whoever may only read the account', () => {
    shareAs('Account', 'Read');
    const [account] = small.insert('Account', [{ Name: 'Acme', OwnerId: people.rep.userId }]);
    const [contact = ''] = small.insert('Contact', [{ LastName: 'Bell', AccountId: account }]);
    expect(rightsOf('peer', 'Contact', contact, { Title: 'CTO' })).toEqual(['see']);
  });

  it('are created for accounts that the user may change, and without one', () => {
    const [account] = small.insert('Account', [{ Name: 'Acme', OwnerId: people.rep.userId }]);
    const results = small.org.insert(
      now('peer'),
      'Contact',
      [{ LastName: 'Bell', AccountId: account }, { LastName: 'Lone' }],
      OPTIONS,
    );
    expect(results.map((each) => each.success)).toEqual([false, true]);
    expect(small.column('SELECT LastName FROM Contact', 'LastName', now('peer'))).toEqual(['Lone']);
  });

  it('keep permissions of their own: rights on accounts give none on contacts', () => {
    const reader = small.addUser('Reader', 'Minimum Access - API Only Integrations');
    const [set] = small.insert('PermissionSet', [{ Name: 'Accounts', Label: 'Accounts' }]);
    small.insert('ObjectPermissions', [{ ParentId: set, SobjectType: 'Account', PermissionsRead: true }]);
    small.insert('PermissionSetAssignment', [{ PermissionSetId: set, AssigneeId: reader.userId }]);
    expect(small.org.user(reader.userId).access.object('Contact').read).toBe(false);
  });
});

describe('contacts without an account', () => {
  it.each<SharingModel>(['ControlledByParent', 'Private', 'ReadWrite', 'FullAccess'])(
    'are their owner’s alone, not of those above, under the model %s',
    (model) => {
      shareAs('Contact', model);
      const [contact = ''] = small.insert('Contact', [{ LastName: 'Lone', OwnerId: people.rep.userId }]);
      const may = (who: keyof typeof people) => rightsOf(who, 'Contact', contact, { Title: 'CTO' });
      expect([may('peer'), may('boss'), may('rep')]).toEqual([NONE, NONE, ALL]);
      expect(small.size('SELECT Id FROM Contact')).toBe(1);
    },
  );
});

describe('email messages', () => {
  const logOn = (values: InputRow): string =>
    small.insert('EmailMessage', [{ Subject: 'Terms', TextBody: 'Ours', Status: '3', ...values }])[0] ?? '';
  const may = (who: keyof typeof people, id: string) => rightsOf(who, 'EmailMessage', id, { Subject: 'Mine' });
  beforeEach(() => {
    for (const each of ['Account', 'Lead'] as const) shareAs(each, 'Private');
  });

  it('are read, changed and deleted by whoever may do so with their task', () => {
    const [task] = small.insert('Task', [{ Subject: 'Email: Terms', OwnerId: people.rep.userId }]);
    const message = logOn({ ActivityId: task });
    expect([may('peer', message), may('rep', message), may('boss', message)]).toEqual([NONE, ALL, ALL]);
  });

  it('are only read by whoever reads the task through its lead', () => {
    const [lead] = small.insert('Lead', [{ LastName: 'Bell', Company: 'Acme', OwnerId: people.rep.userId }]);
    const [task] = small.insert('Task', [{ Subject: 'Email: Terms', WhoId: lead, OwnerId: people.peer.userId }]);
    expect(may('rep', logOn({ ActivityId: task }))).toEqual(['see']);
  });

  it('follow the task, not the related record, where both are there', () => {
    const [account] = small.insert('Account', [{ Name: 'Acme', OwnerId: people.rep.userId }]);
    const [task] = small.insert('Task', [{ Subject: 'Email: Terms', OwnerId: people.peer.userId }]);
    const message = logOn({ ActivityId: task, RelatedToId: account });
    expect([may('rep', message), may('peer', message)]).toEqual([NONE, ALL]);
  });

  it('follow the related record where there is no task', () => {
    const [account] = small.insert('Account', [{ Name: 'Acme', OwnerId: people.rep.userId }]);
    const message = logOn({ RelatedToId: account });
    expect([may('peer', message), may('rep', message)]).toEqual([NONE, ALL]);
  });

  it('without either are their sender’s alone, and so are the addresses of theirs', () => {
    const [own = ''] = small.insert('EmailMessage', [{ Subject: 'Draft', Status: '5' }], now('rep'));
    small.insert('EmailMessageRelation', [
      { EmailMessageId: own, RelationType: 'ToAddress', RelationAddress: 'a@b.example' },
    ]);
    const relations = (who: keyof typeof people) => small.size('SELECT Id FROM EmailMessageRelation', now(who));
    expect([relations('peer'), relations('boss'), relations('rep')]).toEqual([0, 0, 1]);
    expect([may('peer', own), may('boss', own), may('rep', own)]).toEqual([NONE, NONE, ALL]);
  });
});

describe('deploying ControlledByParent', () => {
  const NEW =
    '<label>Part</label><pluralLabel>Parts</pluralLabel><nameField><label>No</label><type>Text</type></nameField>';
  const master = `<fields><fullName>Lead__c</fullName><label>Lead</label><type>MasterDetail</type>
    <referenceTo>Lead</referenceTo><relationshipName>Parts</relationshipName></fields>`;

  it.each([
    ['Lead', ''],
    ['Task', ''],
    ['Part__c', NEW],
  ])('fails for %s, which has no parent', async (name, rest) => {
    await expect(deployModel(name, 'ControlledByParent', rest)).rejects.toThrow(
      'without a MasterDetail relationship field',
    );
  });

  it('succeeds for an object whose file brings its master, and cannot be taken back while the master is there', async () => {
    await deployModel('Part__c', 'ControlledByParent', `${master}${NEW}`);
    await expect(deployModel('Part__c', 'ReadWrite')).rejects.toThrow('with a MasterDetail relationship field');
    await expect(deployModel('CampaignMember', 'ReadWrite')).rejects.toThrow('sharingModel');
  });
});
