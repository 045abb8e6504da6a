import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OrgError } from '../../../../src/embedded-org/data/org-error.ts';
import { SmallOrg } from './small-org.ts';

let small: SmallOrg;

beforeAll(() => {
  small = new SmallOrg();
  small.insert('Lead', [{ LastName: 'A', Company: 'One' }]);
});
afterAll(() => small.close());

const COLUMN_HINT =
  "If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.";

/** How many rows a query finds, or the code it is refused with; a thrown defect is the test's failure. */
function outcomeOf(soql: string): number | string {
  try {
    const result = small.org.query(small.admin, soql, { includeDeleted: false, apiVersion: 68 });
    result.page(0, 5);
    return result.totalSize;
  } catch (error) {
    if (error instanceof OrgError) return error.code;
    throw error;
  }
}

describe('refused SOQL', () => {
  it('frames the place of an unknown column as Salesforce does', () => {
    expect(small.refusal('SELECT Id, Foo FROM Lead')).toMatchObject({
      code: 'INVALID_FIELD',
      message: `\nSELECT Id, Foo FROM Lead\n           ^\nERROR at Row:1:Column:12\nNo such column 'Foo' on entity 'Lead'. ${COLUMN_HINT}`,
    });
  });

  it('counts rows of a query on several lines', () => {
    expect(small.refusal('SELECT Id,\n  Foo\nFROM Lead').message).toContain('\n  Foo\n  ^\nERROR at Row:2:Column:3\n');
  });

  it.each<[string, string, string]>([
    ['SELECT Id FROM Leed', 'INVALID_TYPE', "sObject type 'Leed' is not supported."],
    ['SELECT Foo.Name FROM Lead', 'INVALID_FIELD', "Didn't understand relationship 'Foo' in field path."],
    ['SELECT Owner.Company FROM Lead', 'INVALID_FIELD', "No such column 'Company' on entity 'Name'."],
    [
      'SELECT Id, (SELECT Id FROM Foos) FROM Lead',
      'INVALID_TYPE',
      "Didn't understand relationship 'Foos' in FROM part of query call.",
    ],
    ['SELECT Id, Id FROM Lead', 'INVALID_FIELD', 'duplicate field selected: Id'],
    ['SELECT Id FROM', 'MALFORMED_QUERY', 'unexpected end of file'],
    ['SELECT Id FROM Lead WHERE', 'MALFORMED_QUERY', 'unexpected end of file'],
    ['SELECT Id,, Name FROM Lead', 'MALFORMED_QUERY', "unexpected token: ','"],
    ['SELECT Id FROM Lead, Contact', 'MALFORMED_QUERY', "unexpected token: ','"],
    ['SELECT Id FROM Lead l, l.Owner', 'MALFORMED_QUERY', "unexpected token: ','"],
    ['SELECT Id FROM Lead l, l.Foo f', 'INVALID_FIELD', "Didn't understand relationship 'Foo' in field path."],
    ['SELECT Id FROM Lead LIMIT x', 'MALFORMED_QUERY', "unexpected token: 'x'"],
    ["SELECT Id FROM Lead WHERE Name = 'a", 'MALFORMED_QUERY', 'unexpected token'],
    ["SELECT Id FROM Lead WHERE Name = 'a' OR Name = 'b' AND Name = 'c'", 'MALFORMED_QUERY', "unexpected token: 'AND'"],
    ["SELECT Id FROM Lead WHERE Name = 'a' AND NOT Name = 'b'", 'MALFORMED_QUERY', "unexpected token: 'NOT'"],
    [
      "SELECT Id FROM Lead WHERE CreatedDate > '2026-01-01T00:00:00Z'",
      'INVALID_FIELD',
      "field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes",
    ],
    ['SELECT Id FROM Lead WHERE CreatedDate > 2026-01-01', 'INVALID_FIELD', 'must be of type dateTime'],
    ['SELECT Id FROM Task WHERE ActivityDate > 2026-01-01T00:00:00Z', 'INVALID_FIELD', 'must be of type date and'],
    [
      "SELECT Id FROM Lead WHERE NumberOfEmployees = '5'",
      'INVALID_FIELD',
      'must be of type int and should not be enclosed in quotes',
    ],
    [
      'SELECT Id FROM Lead WHERE Company = 5',
      'INVALID_FIELD',
      'must be of type string and should be enclosed in quotes',
    ],
    ["SELECT Id FROM Lead WHERE Id = 'abc'", 'INVALID_QUERY_FILTER_OPERATOR', 'invalid ID field: abc'],
    ["SELECT Id FROM Lead WHERE Id LIKE '00Q%'", 'INVALID_FIELD', 'invalid operator on id field'],
    [
      "SELECT Id FROM Lead WHERE Description = 'x'",
      'INVALID_FIELD',
      "field 'Description' can not be filtered in a query call",
    ],
    ["SELECT Id FROM Lead WHERE Address = 'x'", 'INVALID_FIELD', "field 'Address' can not be filtered in a query call"],
    [
      'SELECT Id FROM Lead ORDER BY Description',
      'INVALID_FIELD',
      "field 'Description' can not be sorted in a query call",
    ],
    [
      "SELECT Id FROM LeadHistory WHERE NewValue = 'x'",
      'INVALID_FIELD',
      "field 'NewValue' can not be filtered in a query call",
    ],
    ['SELECT Name, COUNT(Id) FROM Lead', 'MALFORMED_QUERY', 'Field must be grouped or aggregated: Name'],
    [
      'SELECT COUNT(Id) FROM Lead GROUP BY Rating ORDER BY Name',
      'MALFORMED_QUERY',
      'Ordered field must be grouped or aggregated: Name',
    ],
    ['SELECT SUM(Company) FROM Lead', 'MALFORMED_QUERY', 'does not support aggregate operator SUM'],
    ['SELECT Id FROM Lead LIMIT 5 OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000'],
    ['SELECT FIELDS(ALL) FROM Lead', 'MALFORMED_QUERY', 'The SOQL FIELDS function must have a LIMIT of at most 200'],
    ['SELECT Name n FROM Lead', 'MALFORMED_QUERY', 'only aggregate expressions use field aliasing'],
    ['SELECT COUNT(Id) FROM Lead GROUP BY ROLLUP(Rating)', 'MALFORMED_QUERY', "unexpected token: 'ROLLUP'"],
    ['SELECT COUNT(Id) FROM Lead GROUP BY CUBE(Rating)', 'MALFORMED_QUERY', "unexpected token: 'CUBE'"],
    ['SELECT Id FROM Lead USING SCOPE team', 'MALFORMED_QUERY', "unexpected token: 'team'"],
    ['SELECT Id FROM Lead WITH SECURITY_ENFORCED', 'MALFORMED_QUERY', "unexpected token: 'WITH'"],
    ['SELECT Id FROM Lead WHERE CALENDAR_YEAR() = 1', 'MALFORMED_QUERY', 'Invalid Aggregate Expression or function'],
    ['SELECT FORMAT(AnnualRevenue) FROM Lead', 'MALFORMED_QUERY', 'Invalid Aggregate Expression'],
    ['SELECT Id FROM LeadStatus USING SCOPE mine', 'INVALID_QUERY_SCOPE', 'not supported for LeadStatus'],
    ['SELECT Id FROM Lead FOR UPDATE', 'MALFORMED_QUERY', "unexpected token: 'UPDATE'"],
    ['SELECT Id FROM Lead UPDATE TRACKING', 'MALFORMED_QUERY', "unexpected token: 'UPDATE'"],
    ['SELECT Id FROM Lead LIMIT 1 UPDATE VIEWSTAT', 'MALFORMED_QUERY', "unexpected token: 'UPDATE'"],
    ['SELECT Id, (SELECT Id FROM Tasks FOR UPDATE) FROM Lead', 'MALFORMED_QUERY', "unexpected token: 'UPDATE'"],
    [
      'SELECT Id FROM Lead WHERE Id IN (SELECT WhoId FROM Task UPDATE TRACKING)',
      'MALFORMED_QUERY',
      "unexpected token: 'UPDATE'",
    ],
    ['', 'MALFORMED_QUERY', 'A query string has to be specified'],
    [
      `SELECT Id FROM Lead WHERE Name = '${'x'.repeat(100_000)}'`,
      'MALFORMED_QUERY',
      'SOQL statement cannot be longer than 100000 characters.',
    ],
  ])('%s', (soql, code, message) => {
    const refusal = small.refusal(soql);
    expect(refusal.code).toBe(code);
    expect(refusal.message).toContain(message);
  });

  it('answers SQL smuggled into names and values with an error or nothing, and loses no table', () => {
    const smuggled = `'; drop table "Lead"; --`;
    const outcomes = [
      `SELECT Id FROM Lead WHERE Name = '\\${smuggled}'`,
      `SELECT Id FROM Lead WHERE Name LIKE '\\${smuggled}%'`,
      `SELECT "Id" FROM Lead`,
      `SELECT Id FROM "Lead"`,
      `SELECT Id FROM Lead ORDER BY 1; drop table Lead`,
    ].map(outcomeOf);
    expect(outcomes.filter((outcome) => outcome !== 0 && outcome !== 'MALFORMED_QUERY')).toEqual([]);
    expect(small.size('SELECT Id FROM Lead')).toBe(1);
  });

  it('meets any text with an answer or an error of Salesforce', () => {
    const words = `SELECT FROM WHERE Id Name Lead Owner.Name COUNT(Id) HAVING ( ) , = != IN NOT AND OR LIKE
      'x' '%' null 5 -1.5 TODAY LAST_N_DAYS:99999999999 2026-13-45 LIMIT OFFSET FIELDS(ALL) TYPEOF INCLUDES " ? ?1 ; -- é`;
    const word = fc.constantFrom(...words.split(/\s+/), 'GROUP BY', 'ORDER BY', '(SELECT Id FROM Tasks)');
    const text = fc.oneof(
      fc.array(word, { maxLength: 14 }).map((words) => words.join(' ')),
      fc.array(word, { maxLength: 8 }).map((words) => `SELECT Id FROM Lead WHERE ${words.join(' ')}`),
      fc.array(word, { maxLength: 5 }).map((words) => `SELECT ${words.join(', ')} FROM Lead`),
    );
    fc.assert(
      fc.property(text, (soql) => {
        expect(outcomeOf(soql)).toBeDefined();
      }),
      { numRuns: 2000 },
    );
  });
});
