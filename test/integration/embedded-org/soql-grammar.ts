import * as fc from 'fast-check';

// Queries over Contact as SOQL's grammar makes them, with fields and values of the right types.

const TEXTS = [
  'LastName',
  'FirstName',
  'Account.Name',
  'Owner.Name',
  'CreatedBy.Profile.Name',
  'c.Email',
  'a.Industry',
];
const DATES = ['CreatedDate', 'LastModifiedDate', 'Account.CreatedDate'];
const PERIODS = ['TODAY', 'THIS_WEEK', 'LAST_90_DAYS', 'NEXT_N_MONTHS:3', 'N_YEARS_AGO:2', 'LAST_FISCAL_QUARTER'];

const oneOf = (words: string): fc.Arbitrary<string> => fc.constantFrom(...words.split(' '));
const text = fc.constantFrom(...TEXTS);
const literal = fc
  .string({ maxLength: 6 })
  .map((each) => `'${each.replace(/['\\]/g, '\\$&').replace(/[\r\n]/g, ' ')}'`);
const list = (item: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.array(item, { minLength: 1, maxLength: 4 }).map((items) => items.join(', '));
const words = (...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((found) => found.filter((each) => each !== '').join(' '));
const maybe = (part: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(fc.constant(''), part);
const after = (word: string, part: fc.Arbitrary<string>): fc.Arbitrary<string> => part.map((each) => `${word} ${each}`);

const leaf = fc.oneof(
  words(text, oneOf('= != < >= LIKE'), literal),
  words(
    text,
    fc.constantFrom('IN', 'NOT IN'),
    list(fc.oneof(literal, fc.constant('null'))).map((items) => `(${items})`),
  ),
  words(text, oneOf('= !='), fc.constant('null')),
  words(fc.constant('Account.NumberOfEmployees'), oneOf('= < > !='), fc.integer().map(String)),
  words(fc.constantFrom(...DATES), oneOf('= < >= !='), fc.constantFrom(...PERIODS, '2024-02-29T10:00:00Z')),
  words(oneOf('CALENDAR_YEAR(CreatedDate) DAY_IN_WEEK(CreatedDate)'), oneOf('= >'), fc.nat(3000).map(String)),
  words(fc.constant('IsDeleted ='), oneOf('true FALSE')),
);

const { condition } = fc.letrec<{ condition: string; part: string }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 4 },
    leaf,
    tie('condition').map((each) => `(${each})`),
  ),
  condition: fc.oneof(
    { maxDepth: 4 },
    leaf,
    tie('part').map((each) => `NOT ${each}`),
    fc.array(tie('part'), { minLength: 2, maxLength: 4 }).map((parts) => parts.join(' AND ')),
    fc.array(tie('part'), { minLength: 2, maxLength: 4 }).map((parts) => parts.join(' OR ')),
  ),
}));

const semiJoin = fc
  .tuple(
    fc.constantFrom(['Id', 'SELECT ContactId FROM CampaignMember'], ['AccountId', 'SELECT AccountId FROM Opportunity']),
    fc.constantFrom('IN', 'NOT IN'),
    maybe(fc.constantFrom('WHERE CreatedDate > TODAY OR Id != null', 'WHERE CreatedBy.LastName = null')),
  )
  .map(([[field, inner], operator, filter]) => `${field} ${operator} (${inner} ${filter})`);

const where = fc.oneof(
  condition,
  semiJoin,
  fc.tuple(semiJoin, condition).map(([join, part]) => `${join} AND (${part})`),
);
const order = list(words(text, maybe(oneOf('ASC DESC')), maybe(fc.constantFrom('NULLS FIRST', 'NULLS LAST'))));
const limits = words(maybe(after('LIMIT', fc.nat(300).map(String))), maybe(after('OFFSET', fc.nat(2000).map(String))));
const children = fc.constantFrom(
  '(SELECT Id, Subject FROM Tasks ORDER BY Subject LIMIT 3)',
  "(SELECT Campaign.Name, Campaign.Owner.Name FROM CampaignMembers WHERE Status != 'Sent' OR LeadId = null)",
);
const FROM = 'FROM Contact c, c.Account a';

const records = words(
  fc.constant('SELECT'),
  fc.uniqueArray(fc.oneof(text, children), { minLength: 1, maxLength: 5 }).map((items) => items.join(', ')),
  fc.constant(FROM),
  maybe(after('WHERE', where)),
  maybe(after('ORDER BY', order)),
  limits,
);

const groups = fc
  .tuple(text, maybe(after('WHERE', where)), maybe(oneOf('COUNT(Id) MAX(CreatedDate)')), limits)
  .map(([field, filter, having, limit]) =>
    [
      `SELECT ${field} g, COUNT(Id) n ${FROM} ${filter} GROUP BY ${field}`,
      having === 'COUNT(Id)' ? `HAVING COUNT(Id) > 1 OR ${field} != null` : '',
      `ORDER BY ${field}`,
      limit,
    ].join(' '),
  );

/** A query that Salesforce answers. */
export const validQuery: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: records, weight: 3 },
  groups,
  words(fc.constant(`SELECT COUNT() ${FROM}`), maybe(after('WHERE', where)), maybe(fc.constant('LIMIT 7'))),
);

const STRAY =
  "SELECT FROM WHERE AND OR NOT ( ) , = IN 'x' null LIMIT GROUP BY TYPEOF END \\ ' : 5 2024-02-30 LAST_N_DAYS:";

/** A query with a word lost, doubled, swapped with its neighbour or put in from elsewhere. */
export const brokenQuery: fc.Arbitrary<string> = fc
  .tuple(validQuery, fc.array(fc.tuple(fc.nat(), fc.nat(3), oneOf(STRAY)), { minLength: 1, maxLength: 3 }))
  .map(([query, changes]) => {
    const parts = query.match(/'(?:\\.|[^'\\])*'|[\w.:-]+|\S/g) ?? [];
    for (const [place, kind, stray] of changes) {
      const at = place % parts.length;
      const [part = '', next = ''] = [parts[at], parts[at + 1]];
      const changed = [[], [part, part], [next, part], [part, stray]][kind] ?? [];
      parts.splice(at, kind === 2 ? 2 : 1, ...changed);
    }
    return parts.join(' ');
  });
