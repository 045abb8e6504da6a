import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Org } from '../../../src/embedded-org/data/org-core.ts';
import { openOrg } from '../../../src/embedded-org/open-org.ts';
import type { UserContext } from '../../../src/embedded-org/data/types.ts';
import { deployPackage } from '../../support/deploy-package.ts';
import { addPerson, insertRow, updateRow } from '../../support/org-people.ts';

const HASH = 'a'.repeat(64);
const OTHER_HASH = 'b'.repeat(64);
/** What the platform says to one who may not create rows of an object. */
const NO_RIGHT = /entity type cannot be inserted|access/i;

let org: Org;
let admin: UserContext;
let vera: UserContext;
let carl: UserContext;
let both: UserContext;
let service: UserContext;
let rep: UserContext;
let version = 0;

beforeAll(async () => {
  org = openOrg({ path: ':memory:' });
  await deployPackage(org);
  admin = addPerson(org, 'Adam', { permissionSets: ['Accord_Admin'] });
  vera = addPerson(org, 'Vera', { permissionSets: ['Accord_Signer_Sales'] });
  carl = addPerson(org, 'Carl', { permissionSets: ['Accord_Signer_Marketing'] });
  both = addPerson(org, 'Bea', { permissionSets: ['Accord_Signer_Sales', 'Accord_Signer_Marketing'] });
  service = addPerson(org, 'Robot', { permissionSets: ['Accord_Service', 'Accord_Service_Org'] });
  rep = addPerson(org, 'Ana', { permissionSets: ['Accord_Rep', 'Accord_Rep_Org'] });
});

afterAll(() => org.close());

describe('an agreement', () => {
  it('may change while it is a draft', () => {
    const id = propose({ Status__c: 'Draft' });
    expect(change(admin, id, { Document__c: '{"accord":1,"name":"other"}', Document_Hash__c: OTHER_HASH })).toBe(
      undefined,
    );
  });

  it.each([
    ['Document__c', '{"other":1}'],
    ['Document_Hash__c', OTHER_HASH],
    ['Name', 'Another name'],
  ])('keeps its %s once it is proposed', (field, value) => {
    expect(change(admin, propose(), { [field]: value })).toContain('cannot be changed');
  });

  it('cannot be changed by going back to draft in the same save', () => {
    expect(change(admin, propose(), { Status__c: 'Draft', Document__c: '{"other":1}' })).toBeDefined();
  });

  it('is brought into force by the service only, which then sets its dates', () => {
    const id = propose();
    const inForce = { Status__c: 'In Force', Effective_From__c: '2026-11-01T00:00:00.000Z' };
    expect(change(admin, id, { Status__c: 'In Force' })).toContain('not possible');
    expect(change(service, id, inForce)).toBe(undefined);
    expect(change(service, id, { Expires_On__c: '2036-11-01T00:00:00.000Z' })).toContain(
      'only when it comes into force',
    );
    expect(change(service, id, { Status__c: 'Proposed' })).toContain('not possible');
    expect(change(service, id, { Status__c: 'Superseded' })).toBe(undefined);
  });

  it('cannot be created as already in force', () => {
    expect(() => propose({ Status__c: 'In Force' })).toThrow('starts as Draft or Proposed');
  });

  it('may be withdrawn by a signer', () => {
    expect(change(vera, propose(), { Status__c: 'Withdrawn' })).toBe(undefined);
  });

  it('has its mode raised only in force and as far as it is ready, and lowered by either party at once', () => {
    const draft = propose({ Status__c: 'Draft' });
    expect(change(admin, draft, { Mode__c: 'Advise' })).toContain('only in a version that is in force');
    const id = propose();
    expect(change(service, id, { Status__c: 'In Force', Effective_From__c: '2026-11-01T00:00:00.000Z' })).toBe(
      undefined,
    );
    expect(change(admin, id, { Mode__c: 'Advise' })).toContain('only as far as Ready For says');
    expect(change(service, id, { Ready_For__c: 'Enforce' })).toBe(undefined);
    expect(change(vera, id, { Mode__c: 'Enforce' })).toBe(undefined);
    expect(change(carl, id, { Mode__c: 'Advise' })).toBe(undefined);
    expect(change(service, id, { Ready_For__c: 'Observe' })).toBe(undefined);
    expect(change(vera, id, { Mode__c: 'Observe' })).toBe(undefined);
    expect(change(vera, id, { Mode__c: 'Advise' })).toContain('only as far as Ready For says');
  });

  it('is found ready by the service only, even where a profile opens the field to others', () => {
    expect(() => propose({ Ready_For__c: 'Enforce' })).toThrow('Ready_For__c');
    const profileId = org.cloneProfile('Standard User', 'Eager');
    org.setProfileFieldAccess(profileId, 'Accord_Agreement__c.Ready_For__c', { read: true, edit: true });
    const eager = addPerson(org, 'Ed', { profileId, permissionSets: ['Accord_Admin'] });
    expect(change(eager, propose(), { Ready_For__c: 'Enforce' })).toContain('written by the Accord service only');
  });

  it('takes a date from which it is effective only before it is proposed, and only in the future', () => {
    const id = propose({ Status__c: 'Draft' });
    expect(change(admin, id, { Expires_On__c: '2036-11-01T00:00:00.000Z' })).toContain('has no expiry date');
    expect(change(admin, id, { Effective_From__c: '2016-11-01T00:00:00.000Z' })).toContain('in the future');
    expect(change(admin, id, { Status__c: 'Proposed', Effective_From__c: '2036-11-01T00:00:00.000Z' })).toBe(undefined);
    expect(change(admin, id, { Effective_From__c: '2036-12-01T00:00:00.000Z' })).toContain('only when it comes into');
  });

  it.each([
    ['a mode above the lowest', { Mode__c: 'Enforce' }, 'starts in the mode Observe'],
    ['a past date from which it is effective', { Effective_From__c: '2016-11-01T00:00:00.000Z' }, 'in the future'],
    ['a date of expiry', { Expires_On__c: '2036-11-01T00:00:00.000Z' }, 'has no expiry date'],
    ['a hash that is none', { Document_Hash__c: 'abc' }, 'SHA-256'],
    ['an empty document', { Document__c: '' }, '32,000'],
    ['a document that bulk interfaces cut off', { Document__c: 'x'.repeat(32_001) }, '32,000'],
    ['a key that does not name its version', { Key__c: 'northwind:999999' }, 'key'],
  ])('is refused with %s', (_, fields, message) => {
    expect(() => propose(fields)).toThrow(message);
  });

  it('cannot be pushed twice as the same version', () => {
    const id = propose();
    expect(id).toBeDefined();
    expect(() => propose({ Version__c: version, Key__c: `northwind:${version}` })).toThrow(/duplicate/i);
  });
});

describe('a signature', () => {
  it('is made by a signer of the party, for what is proposed now', () => {
    const id = propose();
    expect(sign(vera, id, 'Sales')).toMatch(/^a/);
    expect(sign(carl, id, 'Marketing')).toMatch(/^a/);
  });

  it('is made once for each party', () => {
    const id = propose();
    sign(vera, id, 'Sales');
    expect(() => sign(vera, id, 'Sales')).toThrow(/duplicate/i);
  });

  it("is refused for the other party, to a rep, and to one who holds both parties' permissions", () => {
    const id = propose();
    expect(() => sign(vera, id, 'Marketing')).toThrow('may not sign for marketing');
    expect(() => sign(rep, id, 'Sales')).toThrow(NO_RIGHT);
    expect(() => sign(both, id, 'Sales')).toThrow('One person signs for one party');
  });

  it('is refused to the service, even with a signing permission', () => {
    const forger = addPerson(org, 'Forger', { permissionSets: ['Accord_Service', 'Accord_Signer_Sales'] });
    expect(() => sign(forger, propose(), 'Sales')).toThrow('permission of the service');
    expect(() => sign(service, propose(), 'Sales')).toThrow(NO_RIGHT);
  });

  it('is refused on another text, on a draft, and with a key of its own making', () => {
    expect(() => sign(vera, propose(), 'Sales', { Document_Hash__c: OTHER_HASH })).toThrow('not that of the version');
    expect(() => sign(vera, propose({ Status__c: 'Draft' }), 'Sales')).toThrow('Only a proposed version');
    expect(() => sign(vera, propose(), 'Sales', { Key__c: 'mine' })).toThrow('18-character id');
  });

  it('is refused to one who has not opened the preview of exactly this text', () => {
    const id = propose();
    const other = propose({ Document_Hash__c: OTHER_HASH });
    const refusal = 'not opened the preview';
    expect(() => sign(vera, id, 'Sales', { Preview_Opening__c: null })).toThrow(/required/i);
    expect(() => sign(vera, id, 'Sales', { Preview_Opening__c: open(carl, preview(id)) })).toThrow(refusal);
    const unread = open(vera, preview(other, OTHER_HASH), OTHER_HASH);
    expect(() => sign(vera, id, 'Sales', { Preview_Opening__c: unread })).toThrow(refusal);
  });

  it('never changes and is never deleted', () => {
    const id = sign(vera, propose(), 'Sales');
    expect(update(vera, 'Accord_Signature__c', id, { Party__c: 'Marketing' })).toBeDefined();
    expect(update(org.system(), 'Accord_Signature__c', id, { Document_Hash__c: OTHER_HASH })).toContain(
      'cannot be edited',
    );
    const [removed] = org.remove(vera, [id], { allOrNone: true, autoAssign: false, apiVersion: 68 });
    expect(removed?.success).toBe(false);
  });
});

describe('the opening of a preview', () => {
  it('is recorded once, by the person who opens it, for the text that the preview shows', () => {
    const shown = preview(propose());
    const id = open(vera, shown);
    expect(() => open(vera, shown)).toThrow(/duplicate/i);
    expect(() => open(carl, shown, OTHER_HASH)).toThrow('not that of the preview');
    expect(() => open(rep, shown)).toThrow(NO_RIGHT);
    expect(update(org.system(), 'Accord_Preview_Opening__c', id, { Document_Hash__c: OTHER_HASH })).toContain(
      'cannot be',
    );
  });

  it('is recorded by nobody in the name of another', () => {
    const shown = preview(propose());
    const inHerName = { Preview__c: shown, Document_Hash__c: HASH, Key__c: `${shown}:${vera.userId}` };
    expect(() => insertRow(org, carl, 'Accord_Preview_Opening__c', inHerName)).toThrow('your own 18-character user id');
  });
});

describe('a request', () => {
  it('is made by a rep, who cannot say how far it is', () => {
    const fields = { Type__c: 'preview', Payload__c: '{}', Key__c: 'request-1' };
    expect(insertRow(org, rep, 'Accord_Request__c', fields)).toBeDefined();
    expect(() => insertRow(org, rep, 'Accord_Request__c', { ...fields, Key__c: '2', Status__c: 'Done' })).toThrow(
      'Status__c',
    );
  });

  it('has its outcome written by the service even where a profile opens the field to others', () => {
    const profileId = org.cloneProfile('Standard User', 'Opened');
    org.setProfileFieldAccess(profileId, 'Accord_Request__c.Status__c', { read: true, edit: true });
    const opened = addPerson(org, 'Olga', { profileId, permissionSets: ['Accord_Rep'] });
    const fields = { Type__c: 'preview', Payload__c: '{}', Key__c: 'request-2', Status__c: 'Done' };
    expect(() => insertRow(org, opened, 'Accord_Request__c', fields)).toThrow('service only');
  });

  it('keeps what was asked, whoever edits it, while the service writes the outcome', () => {
    const id = insertRow(org, rep, 'Accord_Request__c', { Type__c: 'preview', Payload__c: '{}', Key__c: 'request-3' });
    expect(update(service, 'Accord_Request__c', id, { Status__c: 'Done', Result__c: '{}' })).toBe(undefined);
    expect(update(org.system(), 'Accord_Request__c', id, { Payload__c: '{"more":1}' })).toContain('cannot be changed');
  });
});

describe('a lead state', () => {
  it('is written by the service for a rep, who reads it and cannot change it', () => {
    const id = addState(rep);
    expect(read(rep, id)).toBe(1);
    expect(update(rep, 'Accord_Lead_State__c', id, { Stage__c: 'sql' })).toBeDefined();
    expect(update(service, 'Accord_Lead_State__c', id, { Stage__c: 'sql' })).toBe(undefined);
  });

  it('is not seen by another rep, and is seen by a manager', () => {
    const id = addState(rep);
    const stranger = addPerson(org, 'Ben', { permissionSets: ['Accord_Rep', 'Accord_Rep_Org'] });
    const manager = addPerson(org, 'Max', { permissionSets: ['Accord_Manager', 'Accord_Manager_Org'] });
    expect([read(stranger, id), read(manager, id)]).toEqual([0, 1]);
  });
});

/** A version that is proposed by the administrator unless said otherwise. */
function propose(fields: Readonly<Record<string, unknown>> = {}): string {
  version++;
  return insertRow(org, admin, 'Accord_Agreement__c', {
    Name: 'Northwind',
    Version__c: version,
    Key__c: `northwind:${version}`,
    Status__c: 'Proposed',
    Document__c: '{"accord":1}',
    Document_Hash__c: HASH,
    ...fields,
  });
}

function sign(
  user: UserContext,
  agreement: string,
  party: string,
  fields: Readonly<Record<string, unknown>> = {},
): string {
  return insertRow(org, user, 'Accord_Signature__c', {
    Agreement__c: agreement,
    Party__c: party,
    Document_Hash__c: HASH,
    Key__c: `${agreement}:${party}`,
    ...('Preview_Opening__c' in fields ? {} : { Preview_Opening__c: open(user, preview(agreement)) }),
    ...fields,
  });
}

let previews = 0;

/** What the service writes for signers to open; a draft shows its text, too. */
function preview(agreement: string, hash = HASH): string {
  const fields = { Agreement__c: agreement, Document_Hash__c: hash, Summary__c: 'Fewer leads.', Result__c: '{}' };
  return insertRow(org, service, 'Accord_Preview__c', { ...fields, Key__c: `${hash}:${previews++}` });
}

function open(user: UserContext, shown: string, hash = HASH): string {
  const fields = { Preview__c: shown, Document_Hash__c: hash, Key__c: `${shown}:${user.userId}` };
  return insertRow(org, user, 'Accord_Preview_Opening__c', fields);
}

function addState(owner: UserContext): string {
  const lead = insertRow(org, org.system(), 'Lead', { LastName: 'Chen', Company: 'Contoso', OwnerId: owner.userId });
  return insertRow(org, service, 'Accord_Lead_State__c', {
    OwnerId: owner.userId,
    Lead__c: lead,
    Lead_Id__c: lead,
    Stage__c: 'mql',
  });
}

type Fields = Readonly<Record<string, unknown>>;

const update = (user: UserContext, object: string, id: string, fields: Fields): string | undefined =>
  updateRow(org, user, object, { Id: id, ...fields });

const change = (user: UserContext, id: string, fields: Fields): string | undefined =>
  update(user, 'Accord_Agreement__c', id, fields);

const read = (user: UserContext, id: string): number =>
  org.query(user, `SELECT Id FROM Accord_Lead_State__c WHERE Id = '${id}'`, { includeDeleted: false, apiVersion: 68 })
    .totalSize;
