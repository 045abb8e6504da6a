import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOON, SmallOrg } from './small-org.ts';

let small: SmallOrg;
let leads: string[];

beforeAll(() => {
  small = new SmallOrg();
  leads = small.insert('Lead', [
    { FirstName: 'Ann', LastName: 'Adams', Company: 'Acme', Rating: 'Warm', City: 'Oslo' },
    { LastName: 'brown', Company: 'Beta', Rating: 'Hot' },
    { LastName: 'Clark', Company: 'Acme' },
  ]);
  const [queue] = small.insert('Group', [{ Name: 'Inbound', Type: 'Queue' }]);
  small.insert('QueueSobject', [{ QueueId: queue, SobjectType: 'Lead' }]);
  small.insert('Lead', [{ LastName: 'Queued', Company: 'Zeta', OwnerId: queue, Rating: 'Cold' }]);
  small.insert('Task', [
    { Subject: 'Call', WhoId: leads[0], Status: 'Completed', ActivityDate: '2026-03-01' },
    { Subject: 'Mail', WhoId: leads[0], ActivityDate: '2026-03-02' },
    { Subject: 'Visit', WhoId: leads[0], ActivityDate: '2026-03-03' },
    { Subject: 'Call', WhoId: leads[1], ActivityDate: '2026-03-04' },
  ]);
});
afterAll(() => small.close());

describe('SELECT', () => {
  it('answers attributes, then fields in the order asked for, in wire form', () => {
    const [row] = small.rows(
      "SELECT Name, Id, IsConverted, CreatedDate, AnnualRevenue FROM Lead WHERE LastName = 'Adams'",
    );
    const url = `/services/data/v68.0/sobjects/Lead/${leads[0]}`;
    expect(Object.entries(row ?? {})).toEqual([
      ['attributes', { type: 'Lead', url }],
      ['Name', 'Ann Adams'],
      ['Id', leads[0]],
      ['IsConverted', false],
      ['CreatedDate', new Date(NOON).toISOString().replace('Z', '+0000')],
      ['AnnualRevenue', null],
    ]);
  });

  it('answers a compound address as an object, null when all of it is empty', () => {
    expect(small.column("SELECT Address FROM Lead WHERE Company = 'Acme' ORDER BY Id", 'Address')).toEqual([
      expect.objectContaining({ city: 'Oslo', street: null }),
      null,
    ]);
  });

  it('nests parents over several levels', () => {
    const [row] = small.rows("SELECT Who.Name, Owner.Name, CreatedBy.Profile.Name FROM Task WHERE Subject = 'Mail'");
    expect(row).toMatchObject({
      Who: { attributes: { type: 'Name', url: `/services/data/v68.0/sobjects/Lead/${leads[0]}` }, Name: 'Ann Adams' },
      Owner: { Name: 'Automated Process' },
      CreatedBy: { attributes: { type: 'User' }, Profile: { Name: 'Minimum Access - API Only Integrations' } },
    });
  });

  it('tells queues from users by Owner.Type', () => {
    const rows = small.rows('SELECT Owner.Type, Owner.Name FROM Lead ORDER BY Id');
    expect(rows.map((row) => (row['Owner'] as { Type: string }).Type)).toEqual(['User', 'User', 'User', 'Queue']);
    expect(rows[3]).toMatchObject({ Owner: { Name: 'Inbound' } });
  });

  it('leads from a polymorphic parent to the profile and the role of users and nowhere else', () => {
    const soql = 'SELECT Owner.Username, Owner.Profile.Name, Owner.UserRole.Name FROM Lead ORDER BY Id DESC LIMIT 2';
    expect(small.rows(soql)).toMatchObject([
      { Owner: { attributes: { type: 'Name' }, Username: null, Profile: null, UserRole: null } },
      { Owner: { Profile: { attributes: { type: 'Profile' }, Name: expect.any(String) }, UserRole: null } },
    ]);
    for (const path of ['Owner.Manager.Name', 'Owner.CreatedBy.Name', 'Who.Account.Name', 'What.Owner.Name']) {
      const [, name] = path.split('.');
      expect(small.refusal(`SELECT ${path} FROM Task`)).toMatchObject({
        code: 'INVALID_FIELD',
        message: expect.stringContaining(`Didn't understand relationship '${name}' in field path.`),
      });
    }
    expect(small.refusal('SELECT What.Industry FROM Task')).toMatchObject({
      code: 'INVALID_FIELD',
      message: expect.stringContaining("No such column 'Industry' on entity 'Name'."),
    });
  });

  it.each<[string, unknown[]]>([
    [
      "SELECT c.Id, a.Name FROM Lead c, c.CreatedBy a WHERE a.LastName = 'Automated Process' LIMIT 1",
      [{ CreatedBy: { Name: 'Automated Process' } }],
    ],
    [
      'SELECT p.Name FROM Lead, Lead.CreatedBy u, u.Profile p ORDER BY p.Name LIMIT 1',
      [{ CreatedBy: { Profile: { Name: expect.any(String) } } }],
    ],
    ['SELECT u.Name n, COUNT(l.Id) c FROM Lead l, l.CreatedBy u GROUP BY u.Name', [{ n: 'Automated Process', c: 4 }]],
    ["SELECT toLabel(l.Status) FROM Lead l,\n l.Owner o\nWHERE o.Type = 'Queue'", [{ Status: expect.any(String) }]],
  ])('takes names for relationships: %s', (soql, rows) => {
    expect(small.rows(soql)).toMatchObject(rows as object[]);
  });

  it('takes an OFFSET right behind a condition', () => {
    const [, second] = small.column('SELECT Id FROM Lead ORDER BY Id', 'Id');
    expect(small.column("SELECT Id FROM Lead WHERE LastName != 'OFFSET' OFFSET 1", 'Id')[0]).toBe(second);
  });

  it('counts by the name of a relationship, as the documentation does', () => {
    expect(small.size("SELECT COUNT() FROM Contact c, c.Account a WHERE a.Name = 'MyriadPubs'")).toBe(0);
  });

  it('reads fields by the type of a polymorphic parent', () => {
    const soql =
      "SELECT TYPEOF Who WHEN Lead THEN Company, Rating WHEN Contact THEN Department END FROM Task WHERE Subject = 'Mail'";
    expect(small.rows(soql)).toMatchObject([
      { Who: { attributes: { type: 'Lead' }, Company: 'Acme', Rating: 'Warm' } },
    ]);
  });

  it('answers children as results of their own, null without any', () => {
    const rows = small.rows(
      'SELECT LastName, (SELECT Subject FROM Tasks ORDER BY ActivityDate DESC LIMIT 2) FROM Lead ORDER BY Id LIMIT 3',
    );
    expect(rows.map((row) => row['Tasks'])).toMatchObject([
      { totalSize: 2, done: true, records: [{ Subject: 'Visit' }, { Subject: 'Mail' }] },
      { totalSize: 1, records: [{ Subject: 'Call' }] },
      null,
    ]);
  });

  it('sorts text without regard to case and empty fields first', () => {
    expect(small.column('SELECT LastName FROM Lead ORDER BY LastName', 'LastName')).toEqual([
      'Adams',
      'brown',
      'Clark',
      'Queued',
    ]);
    expect(
      small.column('SELECT LastName FROM Lead ORDER BY FirstName DESC NULLS LAST, LastName DESC', 'LastName'),
    ).toEqual(['Adams', 'Queued', 'Clark', 'brown']);
  });

  it('sorts picklists in the order of their values', () => {
    expect(small.column('SELECT Rating FROM Lead ORDER BY Rating NULLS LAST', 'Rating')).toEqual([
      'Hot',
      'Warm',
      'Cold',
      null,
    ]);
  });

  it('limits and skips', () => {
    expect(small.column('SELECT LastName FROM Lead ORDER BY LastName LIMIT 2 OFFSET 1', 'LastName')).toEqual([
      'brown',
      'Clark',
    ]);
  });

  it('reads a large answer page by page in one order', () => {
    const result = small.org.query(small.admin, 'SELECT LastName FROM Lead ORDER BY LastName DESC', {
      includeDeleted: false,
      apiVersion: 50,
    });
    expect(result.totalSize).toBe(4);
    const pages = [result.page(0, 3), result.page(3, 3), result.page(6, 3)];
    expect(pages.map((page) => page.map((row) => row['LastName']))).toEqual([
      ['Queued', 'Clark', 'brown'],
      ['Adams'],
      [],
    ]);
    expect(pages[0]?.[0]?.attributes.url).toContain('/services/data/v50.0/');
  });

  it('keeps an answer to the rows found when it was asked', () => {
    const result = small.org.query(small.admin, "SELECT Subject FROM Task WHERE Status = 'Not Started' ORDER BY Id", {
      includeDeleted: false,
      apiVersion: 68,
    });
    small.insert('Task', [{ Subject: 'Later', Status: 'Not Started' }]);
    expect([result.totalSize, result.page(0, 10).length]).toEqual([3, 3]);
  });

  it('goes on after ties in the stamp by the keyset predicate', () => {
    const stamp = '2026-03-18T12:00:00Z';
    const after = (id: string) => `(SystemModstamp = ${stamp} AND Id > '${id}') OR SystemModstamp > ${stamp}`;
    const page = (where: string) =>
      small.column(`SELECT Id FROM Lead WHERE ${where} ORDER BY SystemModstamp, Id LIMIT 2`, 'Id');
    const first = page(`SystemModstamp >= ${stamp}`);
    const second = page(after(String(first[1])));
    expect(new Set([...first, ...second]).size).toBe(4);
    expect(page(after(String(second[1])))).toEqual([]);
  });

  it('spells out FIELDS(ALL) with what the user may read', () => {
    const [row] = small.rows('SELECT FIELDS(ALL) FROM Lead LIMIT 1');
    expect(row).toHaveProperty('HasOptedOutOfEmail', false);
    expect(Object.keys(row ?? {})).toContain('Address');
  });

  it('counts without rows by COUNT()', () => {
    const result = small.org.query(small.admin, "SELECT COUNT() FROM Lead WHERE Company = 'acme'", {
      includeDeleted: false,
      apiVersion: 68,
    });
    expect([result.kind, result.totalSize, result.page(0, 10)]).toEqual(['count', 2, []]);
  });

  it('describes its columns', () => {
    const { columns } = small.org.query(small.admin, 'SELECT Id, Owner.Name, (SELECT Subject FROM Tasks) FROM Lead', {
      includeDeleted: false,
      apiVersion: 68,
    });
    expect(columns.map((column) => [column.columnName, column.joinColumns.map((each) => each.columnName)])).toEqual([
      ['Id', []],
      ['Owner', ['Name']],
      ['Tasks', ['Subject']],
    ]);
  });
});
