import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SmallOrg } from './small-org.ts';

let small: SmallOrg;

beforeAll(() => {
  small = new SmallOrg();
  const [account] = small.insert('Account', [{ Name: 'Acme' }]);
  const [contact] = small.insert('Contact', [{ LastName: 'Cole', AccountId: account }]);
  small.insert('Task', [{ Subject: 'Call', WhoId: contact }]);
});
afterAll(() => small.close());

const refusal = (soql: string, apiVersion = 68): { code: string; message: string } => {
  try {
    small.org.query(small.admin, soql, { includeDeleted: false, apiVersion });
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error(`The org answered: ${soql}`);
};

/** A child query of tasks below as many levels of accounts as wanted. */
const nested = (levels: number): string =>
  levels === 0 ? 'SELECT Id FROM Account' : `SELECT Id, (${inner(levels)}) FROM Account`;
const inner = (levels: number): string =>
  levels === 1 ? 'SELECT Id FROM ChildAccounts' : `SELECT Id, (${inner(levels - 1)}) FROM ChildAccounts`;

describe('an aggregate query without groups', () => {
  it.each<[string, string]>([
    [
      'SELECT COUNT(Id) FROM Lead LIMIT 1',
      'Non-grouped query that uses overall aggregate functions cannot also use LIMIT',
    ],
    [
      'SELECT MAX(Name) FROM Lead OFFSET 1',
      'Non-grouped query that uses overall aggregate functions cannot also use OFFSET',
    ],
    ['SELECT COUNT(Id) FROM Lead ORDER BY Name', 'aggregate functions cannot also use ORDER BY'],
    ['SELECT COUNT() FROM Lead ORDER BY Name', 'aggregate functions cannot also use ORDER BY'],
    ['SELECT COUNT() c FROM Lead', "unexpected token: 'c'"],
    ['SELECT COUNT(), Name FROM Lead', 'COUNT() must be the only element in the SELECT list'],
    ['SELECT COUNT() FROM Lead GROUP BY Rating', 'COUNT() must be the only element in the SELECT list'],
    ['SELECT COUNT(Id) FROM Lead HAVING COUNT(Id) > 1', "unexpected token: 'HAVING'"],
    ['SELECT COUNT() FROM Lead HAVING COUNT(Id) > 1', "unexpected token: 'HAVING'"],
  ])('%s', (soql, message) => {
    expect(refusal(soql)).toMatchObject({ code: 'MALFORMED_QUERY', message: expect.stringContaining(message) });
  });

  it('may count with a LIMIT', () => {
    expect(small.size('SELECT COUNT() FROM Contact LIMIT 1')).toBe(1);
  });

  it('may be a part of the groups', () => {
    expect(small.size('SELECT COUNT(Id) FROM Contact GROUP BY LastName ORDER BY LastName LIMIT 1')).toBe(1);
  });
});

describe('relationships', () => {
  it('lead five levels up and no further', () => {
    const path = 'Parent.Parent.Parent.Parent.Parent';
    expect(small.size(`SELECT ${path}.Name FROM Account WHERE ${path}.Name = null`)).toBe(1);
    expect(refusal(`SELECT ${path}.Parent.Name FROM Account`)).toMatchObject({
      code: 'MALFORMED_QUERY',
      message: expect.stringContaining('more than 5 levels away from the root entity object'),
    });
  });

  it('number at most 55 to parents', () => {
    const starts = ['Owner.', 'CreatedBy.', 'LastModifiedBy.', 'Account.'];
    const ends = starts.slice(1, 3);
    const paths = starts.flatMap((a) =>
      ['', ...ends].flatMap((b) => ['', ...ends].flatMap((c) => ['', ...ends].map((d) => a + b + c + d))),
    );
    const soql = `SELECT ${[...new Set(paths)].map((each) => `${each}Id`).join(', ')} FROM Contact`;
    expect(refusal(soql)).toMatchObject({
      code: 'MALFORMED_QUERY',
      message: expect.stringContaining('SOQL statements cannot query more than 55 different parent types'),
    });
  });

  it('lead four levels down, and one before version 58.0', () => {
    expect(small.size(nested(4))).toBe(1);
    expect(refusal(nested(5))).toMatchObject({
      code: 'MALFORMED_QUERY',
      message: expect.stringContaining('cannot query aggregate relationships more than 4 levels away'),
    });
    expect(refusal(nested(2), 57)).toMatchObject({
      code: 'MALFORMED_QUERY',
      message: expect.stringContaining(
        'SOQL statements cannot query aggregate relationships more than 1 level away from the root entity object.',
      ),
    });
  });

  it('answer the children of children', () => {
    const soql = 'SELECT Name, (SELECT LastName, (SELECT Subject FROM Tasks) FROM Contacts) FROM Account';
    expect(small.rows(soql)).toMatchObject([
      { Contacts: { records: [{ LastName: 'Cole', Tasks: { totalSize: 1, records: [{ Subject: 'Call' }] } }] } },
    ]);
  });

  it('number at most 20 to children', () => {
    const list = (...names: string[]): string => names.map((name) => `(SELECT Id FROM ${name})`).join(', ');
    const contacts = `(SELECT Id, ${list('Histories', 'CampaignMembers', 'Tasks', 'Events')} FROM Contacts)`;
    const deals = `(SELECT Id, ${list('Histories', 'OpportunityContactRoles', 'Tasks', 'Events')} FROM Opportunities)`;
    const accounts = `(SELECT Id, ${contacts}, ${deals}, ${list('ChildAccounts', 'Tasks', 'Events', 'Histories')} FROM ChildAccounts)`;
    expect(small.size(`SELECT Id, ${accounts}, ${contacts} FROM Account`)).toBe(1);
    expect(refusal(`SELECT Id, ${accounts}, ${contacts}, ${list('Tasks')} FROM Account`)).toMatchObject({
      code: 'MALFORMED_QUERY',
      message: expect.stringContaining('SOQL statements cannot query more than 20 different child types'),
    });
  });

  it.each([
    'SELECT Id, (SELECT COUNT(Id) FROM Contacts) FROM Account',
    'SELECT Id, (SELECT LastName FROM Contacts GROUP BY LastName) FROM Account',
  ])('carry no aggregates to children: %s', (soql) => {
    expect(refusal(soql)).toMatchObject({
      code: 'MALFORMED_QUERY',
      message: expect.stringContaining('only root queries support aggregate expressions'),
    });
  });
});

describe('conditions', () => {
  /** Numbers that no record has, so many that alternatives are read as lists. */
  const others = (field: string): string[] => Array.from({ length: 100 }, (_, index) => `${field} = 'other${index}'`);

  it.each<[string, string[], string[]]>([
    ['a text', [...others('LastName'), "LastName = 'COLE'", ...others('FirstName')], ['Cole']],
    ['nothing', [...others('LastName'), 'FirstName = null', ...others('LastName')], ['Cole']],
    ['a period', [...others('LastName'), 'CreatedDate = TODAY'], ['Cole']],
    ['another comparison', [...others('LastName'), "(LastName > 'B' AND LastName < 'D')"], ['Cole']],
    ['nobody', others('LastName'), []],
  ])('of a hundred alternatives find %s', (_, alternatives, expected) => {
    const soql = `SELECT LastName FROM Contact WHERE ${alternatives.join(' OR ')}`;
    expect(small.column(soql, 'LastName')).toEqual(expected);
  });

  it('hold all of a hundred', () => {
    const all = others('LastName').map((each) => each.replace('=', '!='));
    expect(small.size(`SELECT Id FROM Contact WHERE ${all.join(' AND ')}`)).toBe(1);
    expect(small.size(`SELECT Id FROM Contact WHERE ${[...all, "LastName = 'x'"].join(' AND ')}`)).toBe(0);
  });

  it.each([
    [`${'('.repeat(40)}LastName = 'Cole'${')'.repeat(40)}`, 1],
    [`${'(NOT '.repeat(4)}LastName = 'Cole'${')'.repeat(4)}`, 1],
    [`${'(NOT '.repeat(5)}LastName = 'Cole'${')'.repeat(5)}`, 0],
    [`LastName = 'x' OR (((((((((((LastName IN ('Cole', ')') AND Id != null)))))))))))`, 1],
  ])('may stand in any number of parentheses: %s', (where, size) => {
    expect(small.size(`SELECT Id FROM Contact WHERE ${where}`)).toBe(size);
  });

  it('nest only so deep, and then are too complicated', () => {
    const deep = (levels: number): string =>
      levels === 0 ? 'Id != null' : `Id != null ${levels % 2 === 0 ? 'AND' : 'OR'} (${deep(levels - 1)})`;
    expect(small.size(`SELECT Id FROM Contact WHERE ${deep(300)}`)).toBe(1);
    expect(refusal(`SELECT Id FROM Contact WHERE ${deep(1000)}`)).toMatchObject({
      code: 'QUERY_TOO_COMPLICATED',
      message: 'Query is either selecting too many fields or the filter conditions are too complicated.',
    });
  });
});
