import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importAgreement } from '../../../../src/app/migration/import-agreement.ts';
import { type ScoreFacts, toScoreFacts } from '../../../../src/app/migration/score-facts.ts';
import { readScoreTable } from '../../../../src/app/migration/score-table.ts';

const factsOf = async (csv: string): Promise<ScoreFacts> =>
  toScoreFacts(await readScoreTable(Buffer.from(csv)), undefined);

describe('score tables', () => {
  it('of HubSpot become a score for each group with its limit, and one for the whole', async () => {
    const { facts, total, leftOut } = await factsOf(
      'Group,Property name,Operator,Value,Points,Limit\n' +
        'Fit,Job title,contains,Director,+15,40\n' +
        'Fit,Number of employees,is greater than or equal to,50,20,40\n' +
        'Fit,Country/Region,is any of,Germany; Austria,10,40\n' +
        'Fit,Email domain,is any of,gmail.com;yahoo.com,-20,40\n' +
        'Engagement,Page view,,/pricing*,5,30\n' +
        'Engagement,Page view,at least,3,10,30\n',
    );
    expect(leftOut).toEqual([]);
    expect(total).toBe('score');
    expect(facts).toEqual({
      title: { field: 'Lead.Title' },
      numberOfEmployees: { field: 'Lead.NumberOfEmployees' },
      country: { field: 'Lead.Country' },
      emailDomain: { emailDomain: 'Lead.Email' },
      pageViews: { count: 'signal', where: { type: 'page', path: '/pricing*' } },
      pageViews2: { count: 'signal', where: { type: 'page' } },
      fitScore: {
        title: 'Fit score',
        score: [
          { when: { title: { contains: 'Director' } }, points: 15 },
          { when: { numberOfEmployees: { atLeast: 50 } }, points: 20 },
          { when: { country: { in: ['Germany', 'Austria'] } }, points: 10 },
          { when: { emailDomain: { in: ['gmail.com', 'yahoo.com'] } }, points: -20 },
        ],
        cap: 40,
      },
      engagementScore: {
        title: 'Engagement score',
        score: [
          { each: 'pageViews', points: 5 },
          { when: { pageViews2: { atLeast: 3 } }, points: 10 },
        ],
        cap: 30,
      },
      score: {
        title: 'Score',
        score: [
          { each: 'fitScore', points: 1 },
          { each: 'engagementScore', points: 1 },
        ],
      },
    });
  });

  it('of Account Engagement give their points for each activity', async () => {
    const { facts, total } = await factsOf(
      'Scoring Rule;Score;Max\nForm Submission;50;100\nVisitor Page View;+1 point;\nForm Error;−5;\nFile Access;3 pts;\n',
    );
    expect(total).toBe('score');
    expect(facts['score']).toEqual({
      title: 'Score',
      score: [
        { each: 'formSubmissions', points: 50, max: 100 },
        { each: 'pageViews', points: 1 },
        { each: 'formErrors', points: -5 },
        { each: 'downloads', points: 3 },
      ],
    });
    expect(facts['formSubmissions']).toEqual({ count: 'signal', where: { type: 'track', name: 'Form Submitted' } });
  });

  it.each([
    ['Industry,is,Banking', { industry: { is: 'Banking' } }],
    ['Industry,is not equal to,Banking', { industry: { isNot: 'Banking' } }],
    ['Industry,is none of,Banking|Retail', { industry: { notIn: ['Banking', 'Retail'] } }],
    ['Industry,does not contain,Bank', { none: [{ industry: { contains: 'Bank' } }] }],
    ['Industry,is known,', { industry: { known: true } }],
    ['Industry,is blank,', { industry: { known: false } }],
    ['Industry,,', { industry: { known: true } }],
    ['Annual revenue,>,"1,000,000"', { annualRevenue: { above: 1_000_000 } }],
    ['Annual revenue,is between,10 and 20', { annualRevenue: { between: [10, 20] } }],
    ['Employees,is,50', { numberOfEmployees: { is: 50 } }],
    ['Do not call,is,Yes', { doNotCall: { is: true } }],
    ['Team_Size__c,>=,5', { teamSize: { atLeast: 5 } }],
  ])('read %s', async (line, when) => {
    const { facts, leftOut } = await factsOf(`Property,Operator,Value,Points\n${line},10\n`);
    expect(leftOut).toEqual([]);
    expect(facts['score']).toMatchObject({ score: [{ when, points: 10 }] });
  });

  it.each([
    ['contains,/pricing', { contains: '/pricing' }],
    ['contains,/pricing*', '*/pricing*'],
    ['starts with,/docs/', { startsWith: '/docs/' }],
    ['ends with,/thanks', { endsWith: '/thanks' }],
    ['matches,/docs/*', '/docs/*'],
    ['is,/pricing', '/pricing'],
    ['is any of,/a;/b', ['/a', '/b']],
  ])('count the pages that a line means: %s', async (line, path) => {
    const { facts, leftOut } = await factsOf(`Property,Operator,Value,Points\nPage view,${line},5\n`);
    expect(leftOut).toEqual([]);
    expect(facts['pageViews']).toEqual({ count: 'signal', where: { type: 'page', path } });
  });

  it('leave out a line whose pages cannot be told', async () => {
    const { leftOut } = await factsOf('Property,Operator,Value,Points\nPage view,does not contain,/jobs,5\n');
    expect(leftOut).toMatchObject([
      { line: 2, reason: 'The operator "does not contain" does not say which pages count.' },
    ]);
  });

  it('keep the limit of a line for that line, and that of a group for the group', async () => {
    const { facts } = await factsOf(
      'Group,Activity,Points,Limit\nWeb,Page view,5,20\nWeb,Form submission,10,\nWeb,Email open,1,3\n',
    );
    expect(facts['score']).toEqual({
      title: 'Web score',
      score: [
        { each: 'pageViews', points: 5, max: 20 },
        { each: 'formSubmissions', points: 10 },
        { each: 'emailOpens', points: 1, max: 3 },
      ],
    });
    const both = await factsOf(
      'Group,Activity,Points,Limit,Group limit\nWeb,Page view,5,20,50\nWeb,Email open,1,20,50\n',
    );
    expect(both.facts['score']).toMatchObject({ score: [{ max: 20 }, { max: 20 }], cap: 50 });
  });

  it.each([
    [
      'Astrological sign,is,Leo,10',
      '"Astrological sign" is neither a field of the lead nor an activity that is known.',
    ],
    ['Industry,resembles,Banking,10', 'The operator "resembles" is not known.'],
    ['Employees,at least,many,10', '"many" does not fit the operator "at least".'],
    ['Industry,is,Banking,lots', '"lots" is not a number of points.'],
    ['Industry,is,Banking,0', 'It gives no points.'],
    [',is,Banking,10', 'It names no property and no activity.'],
  ])('leave %s out and say why', async (line, reason) => {
    const { facts, total, leftOut } = await factsOf(`Property,Operator,Value,Points\nCity,is,Bonn,1\n${line}\n`);
    expect(leftOut).toMatchObject([{ line: 3, reason }]);
    expect(Object.keys(facts)).toEqual(['city', 'score']);
    expect(total).toBe('score');
  });

  it('without a column of points, or of what is scored, are refused by their header', async () => {
    await expect(factsOf('Property,Value\n')).rejects.toThrow('No column is called Points or Score');
    await expect(factsOf('Points\n')).rejects.toThrow('No column is called Property, Criteria or Activity');
    await expect(factsOf('')).rejects.toThrow('The file is empty.');
  });

  it('make a valid agreement whatever they hold, and lose no line', async () => {
    const any = fc.string({ maxLength: 12 });
    const oneOf = (...known: readonly string[]): fc.Arbitrary<string> =>
      fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: any });
    const row = fc.tuple(
      oneOf(
        'Industry',
        'Employees',
        'Page view',
        'Form Submission',
        'condition__c',
        'all__c',
        'Score__c',
        'Do not call',
      ),
      oneOf('is', 'is not', 'contains', 'does not contain', '>', 'between', 'is known', 'at least', ''),
      oneOf('5', '1 - 3', '/a*', 'Banking; Retail', ';', '-1', 'yes', '', 'a\nb'),
      oneOf('5', '-10', '+1 point', '1,000'),
      oneOf('', 'Fit', 'score', 'Ümlaut & Co'),
      oneOf('', '10', '-5', '0'),
    );
    const quoted = (text: string): string => `"${text.replaceAll('"', '""').replaceAll('\0', '')}"`;
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 12 }), async (rows) => {
        const lines = rows.map((cells) => cells.map(quoted).join(','));
        const csv = ['Property,Operator,Value,Points,Group,Cap', ...lines].join('\n');
        const scores = { name: 'fuzz.csv', bytes: Buffer.from(csv) };
        const { summary } = await importAgreement(undefined, { threshold: 100, scores });
        expect(summary.taken + summary.leftOut.length).toBe(rows.length);
        expect(summary.stages).toEqual(summary.taken > 0 ? ['inquiry', 'mql'] : ['inquiry']);
      }),
      { numRuns: 300 },
    );
  });
});
