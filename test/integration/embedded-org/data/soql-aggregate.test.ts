import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SmallOrg } from './small-org.ts';

let small: SmallOrg;

beforeAll(() => {
  small = new SmallOrg();
  small.insert('Lead', [
    { LastName: 'A', Company: 'One', Rating: 'Hot', NumberOfEmployees: 10 },
    { LastName: 'B', Company: 'one', Rating: 'Hot', NumberOfEmployees: 20 },
    { LastName: 'C', Company: 'Two', Rating: 'Cold', NumberOfEmployees: 60 },
    { LastName: 'D', Company: 'Three' },
  ]);
  small.clock.freezeAt(Date.parse('2026-04-01T03:00:00Z'));
  small.insert('Lead', [{ LastName: 'E', Company: 'Three', Rating: 'Cold' }]);
});
afterAll(() => small.close());

const values = (soql: string): Record<string, unknown>[] =>
  small.rows(soql).map(({ attributes, ...row }) => ({ ...row, type: attributes.type }));

describe('aggregates', () => {
  it('answer one row of AggregateResult, numbered where they have no alias', () => {
    expect(
      values('SELECT COUNT(Id), COUNT(Rating) rated, COUNT_DISTINCT(Company), SUM(NumberOfEmployees) FROM Lead'),
    ).toEqual([{ type: 'AggregateResult', expr0: 5, rated: 4, expr1: 3, expr2: 90 }]);
    expect(values('SELECT AVG(NumberOfEmployees) a, MIN(LastName) b, MAX(CreatedDate) c FROM Lead')).toEqual([
      { type: 'AggregateResult', a: 30, b: 'A', c: '2026-04-01T03:00:00.000+0000' },
    ]);
  });

  it('group by a field, empty ones too', () => {
    const soql = 'SELECT Rating, COUNT(Id) total FROM Lead GROUP BY Rating ORDER BY COUNT(Id) DESC, Rating';
    expect(values(soql).map((row) => [row['Rating'], row['total']])).toEqual([
      ['Hot', 2],
      ['Cold', 2],
      [null, 1],
    ]);
  });

  it('group text without regard to case', () => {
    expect(
      values('SELECT COUNT(Id) n FROM Lead GROUP BY Company ORDER BY COUNT(Id) DESC').map((row) => row['n']),
    ).toEqual([2, 2, 1]);
  });

  it('group, count and sort text without regard to case beyond ASCII', () => {
    const name = (LastName: string) => ({ LastName });
    small.insert('Contact', ['Évi', 'Zoe', 'éva', 'ÉVI', 'Adam', 'évi'].map(name));
    const names = (soql: string, key = 'LastName') => values(soql).map((row) => row[key]);
    const grouped = 'SELECT LastName name, COUNT(Id) n FROM Contact GROUP BY LastName';
    expect(values(`${grouped} ORDER BY LastName`).map((row) => row['n'])).toEqual([1, 1, 1, 3]);
    expect(values(`${grouped} HAVING LastName = 'éVI'`).map((row) => row['n'])).toEqual([3]);
    const folded = (list: unknown[]) => list.map((each) => String(each).toLowerCase());
    expect(folded(names(`${grouped} ORDER BY name DESC`, 'name'))).toEqual(['évi', 'éva', 'zoe', 'adam']);
    expect(names('SELECT COUNT_DISTINCT(LastName) n FROM Contact', 'n')).toEqual([4]);
    expect(names('SELECT MIN(LastName) a, MAX(LastName) z FROM Contact', 'a')).toEqual(['Adam']);
    const sorted = names('SELECT LastName FROM Contact ORDER BY LastName, CreatedDate, Id');
    expect(sorted).toEqual(['Adam', 'Zoe', 'éva', 'Évi', 'ÉVI', 'évi']);
  });

  it('keep the groups that HAVING asks for', () => {
    const soql =
      "SELECT Rating FROM Lead WHERE Rating != null GROUP BY Rating HAVING SUM(NumberOfEmployees) > 50 OR Rating = 'Warm'";
    expect(values(soql)).toEqual([{ type: 'AggregateResult', Rating: 'Cold' }]);
  });

  it('group by a parent field', () => {
    expect(values('SELECT Owner.Name, COUNT(Id) FROM Lead GROUP BY Owner.Name')).toEqual([
      { type: 'AggregateResult', Name: 'Automated Process', expr0: 5 },
    ]);
  });

  it('take date functions in UTC unless convertTimezone asks for the user zone', () => {
    const utc =
      'SELECT CALENDAR_MONTH(CreatedDate) m, COUNT(Id) n FROM Lead GROUP BY CALENDAR_MONTH(CreatedDate) ORDER BY CALENDAR_MONTH(CreatedDate)';
    expect(values(utc).map((row) => [row['m'], row['n']])).toEqual([
      [3, 4],
      [4, 1],
    ]);
    const local =
      'SELECT DAY_ONLY(convertTimezone(CreatedDate)) d, COUNT(Id) FROM Lead GROUP BY DAY_ONLY(convertTimezone(CreatedDate))';
    expect(values(local).map((row) => row['d'])).toEqual(['2026-03-18', '2026-03-31']);
  });
});
