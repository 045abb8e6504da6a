import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAgreement } from '../../../../src/domain/agreement/check-agreement.ts';
import type { Problem } from '../../../../src/domain/agreement/problem.ts';
import type { Agreement } from '../../../../src/domain/agreement/schema.ts';
import { agreement } from '../agreement-builder.ts';

const problemsOf = (document: unknown): readonly Problem[] => {
  const check = checkAgreement(document);
  return check.ok ? check.warnings : check.problems;
};

/** The valid agreement with one part replaced, whatever its type. */
const changed = (changes: Record<string, unknown>): unknown => ({ ...agreement(), ...changes });

const withWhen = (when: unknown): unknown =>
  changed({
    stages: [
      { id: 'inquiry', title: 'Inquiry' },
      { id: 'mql', title: 'MQL', when },
    ],
  });

const when = ['stages', 1, 'when'] as const;

type Keyed = { [key: string | number]: unknown };

describe('checkAgreement', () => {
  it('returns a valid agreement as it was written', () => {
    expect(checkAgreement(agreement())).toEqual({ ok: true, agreement: agreement(), warnings: [] });
  });

  it('accepts every kind of fact, comparison and group', () => {
    const document = agreement({
      facts: {
        country: { field: 'Lead.Country', blank: ['Select'], title: 'Land' },
        calls: { count: 'activity', where: { type: ['call', 'meeting'], status: 'Done' }, within: '14 days' },
        responses: { count: 'response' },
        domain: { emailDomain: 'Lead.Email' },
        idle: { daysSince: 'activity' },
        age: { daysSince: 'Lead.CreatedDate' },
      },
      when: {
        all: [{ country: { isNot: 'US', known: true } }, { calls: { above: 1, below: 9 } }],
        any: [{ atLeast: { n: 1, of: [{ responses: { is: 1 } }, { idle: { atMost: 3 } }] } }, { age: { in: [1, 2] } }],
        none: [{ domain: { contains: 'mail' } }, { domain: { startsWith: 'g' } }, { country: { notIn: ['DE'] } }],
      },
    });
    expect(problemsOf(document)).toEqual([]);
  });

  it('names a missing section', () => {
    const { stages: _stages, ...document } = agreement();
    expect(problemsOf(document)).toEqual([
      { severity: 'error', path: ['stages'], message: '"stages" is missing.', code: 'missing' },
    ]);
  });

  it.each([null, [], 'text', 5])('refuses %j, which is no document', (document) => {
    expect(problemsOf(document)).toMatchObject([{ path: [], code: 'wrong-type' }]);
  });

  it('names the nearest key for an unknown one, and does not also miss the key that was misspelt', () => {
    const { highestMode: _mode, ...document } = agreement();
    expect(problemsOf({ ...document, highestmode: 'observe' })).toEqual([
      {
        severity: 'error',
        path: ['highestmode'],
        message: 'Unknown key "highestmode".',
        code: 'unknown-key',
        suggestion: 'highestMode',
      },
    ]);
  });

  it.each([
    ['in a fact', changed({ facts: { employees: { feild: 'Lead.X' } } }), ['facts', 'employees', 'feild'], 'field'],
    [
      'in a filter',
      changed({ facts: { employees: { count: 'activity', where: { tpye: 'call' } } } }),
      ['facts', 'employees', 'where', 'tpye'],
      'type',
    ],
    [
      'in a party',
      changed({ parties: { ...agreement().parties, sales: { signer: ['x'] } } }),
      ['parties', 'sales', 'signer'],
      'signers',
    ],
    ['in the rhythm', changed({ rhythm: { expire: '90 days' } }), ['rhythm', 'expire'], 'expires'],
    ['in a stage', changed({ stages: [{ id: 'a', titel: 'A' }] }), ['stages', 0, 'titel'], 'title'],
    ['in a definition', withWhen({ al: [{ employees: { is: 1 } }] }), [...when, 'al'], 'all'],
    [
      'in a comparison',
      withWhen({ any: [{ all: [{ employees: { atLeats: 1 } }] }] }),
      [...when, 'any', 0, 'all', 0, 'employees', 'atLeats'],
      'atLeast',
    ],
    [
      'in a count of conditions',
      withWhen({ atLeast: { N: 1, of: [{ employees: { is: 1 } }] } }),
      [...when, 'atLeast', 'N'],
      'n',
    ],
  ])('names the nearest key %s', (_where, document, path, suggestion) => {
    expect(problemsOf(document)).toMatchObject([{ path, code: 'unknown-key', suggestion }]);
  });

  it('tells the type that is wanted and the one that is there', () => {
    expect(problemsOf(withWhen({ all: [{ employees: { atLeast: 'fifty' } }] }))).toEqual([
      {
        severity: 'error',
        path: [...when, 'all', 0, 'employees', 'atLeast'],
        message: '"atLeast" must be a number, not text.',
        code: 'wrong-type',
      },
    ]);
  });

  it.each([
    ['a mode', changed({ highestMode: 'enforced' }), ['highestMode'], 'enforce'],
    [
      'a kind of event',
      changed({ facts: { employees: { count: 'activities' } } }),
      ['facts', 'employees', 'count'],
      'activity',
    ],
  ])('names the nearest value for %s', (_what, document, path, suggestion) => {
    expect(problemsOf(document)).toMatchObject([{ path, code: 'wrong-value', suggestion }]);
  });

  it.each([
    ['a time zone', changed({ timeZone: 'New York' }), ['timeZone'], /IANA/],
    ['a span', changed({ rhythm: { expires: '3 months' } }), ['rhythm', 'expires'], /36 hours/],
    [
      'a field path',
      changed({ facts: { employees: { field: 'NumberOfEmployees' } } }),
      ['facts', 'employees', 'field'],
      /Lead\./,
    ],
    ['a stage id', changed({ stages: [{ id: 'MQL!', title: 'MQL' }] }), ['stages', 0, 'id'], /lower case/],
    [
      'a fact name',
      changed({ facts: { 'Employee count': { field: 'Lead.X' } } }),
      ['facts', 'Employee count'],
      /camelCase/,
    ],
    ['an empty list', withWhen({ all: [] }), [...when, 'all'], /empty list/],
    ['an empty definition', withWhen({}), when, /all, any, none/],
    ['an empty comparison', withWhen({ all: [{ employees: {} }] }), [...when, 'all', 0, 'employees'], /compared/],
    [
      'two facts in one criterion',
      withWhen({ all: [{ employees: { is: 1 }, other: { is: 1 } }] }),
      [...when, 'all', 0],
      /one fact/,
    ],
    [
      'a null',
      withWhen({ all: [{ employees: { is: null } }] }),
      [...when, 'all', 0, 'employees', 'is'],
      /true or false/,
    ],
  ])('says how to write %s', (_what, document, path, message) => {
    expect(problemsOf(document)).toMatchObject([{ path, message: expect.stringMatching(message) as string }]);
  });

  it('sends a fact that stands beside the groups into a list', () => {
    const [problem] = problemsOf(withWhen({ employees: { atLeast: 50 } }));
    expect(problem?.message).toBe('"employees" is a fact: put it into a list, such as all: [{ employees: … }].');
  });

  it('says which kinds of fact there are when a fact says none', () => {
    expect(problemsOf(changed({ facts: { employees: {} } }))).toMatchObject([
      { message: expect.stringMatching(/^A fact needs one of field, count, .*score\.$/) as string, code: 'missing' },
    ]);
  });

  it('names the nearest fact for an unknown one', () => {
    const document = agreement({ when: { none: [{ any: [{ employes: { atLeast: 5 } }] }] } });
    expect(problemsOf(document)).toMatchObject([
      { severity: 'warning', path: ['facts', 'employees'], code: 'unused-fact' },
      {
        severity: 'error',
        path: [...when, 'none', 0, 'any', 0, 'employes'],
        code: 'unknown-fact',
        suggestion: 'employees',
      },
    ]);
  });

  it('does not take a name that every object has for a fact', () => {
    const document = agreement({ when: { all: [{ constructor: { known: true } }] as never } });
    expect(problemsOf(document)).toContainEqual(expect.objectContaining({ code: 'unknown-fact' }));
  });

  it('lets an unused fact pass with a warning', () => {
    const facts = { employees: { field: 'Lead.NumberOfEmployees' }, city: { field: 'Lead.City' } };
    expect(checkAgreement(agreement({ facts }))).toMatchObject({
      ok: true,
      warnings: [{ severity: 'warning', path: ['facts', 'city'], code: 'unused-fact' }],
    });
  });

  it('refuses a filter on what events of a kind do not have, since its fact would always count zero', () => {
    const facts: Agreement['facts'] = {
      employees: { count: 'activity', where: { campaign: 'Webinar' } },
      responses: { count: 'response', where: { campaign: 'Webinar', type: 'Email' } },
    };
    expect(problemsOf(agreement({ facts }))).toContainEqual(
      expect.objectContaining({ severity: 'error', path: ['facts', 'employees', 'where', 'campaign'] }),
    );
    expect(problemsOf(agreement({ facts })).filter(({ path }) => path[1] === 'responses' && path.length > 2)).toEqual(
      [],
    );
  });

  it('warns of events that one fact restricts and another shows', () => {
    const facts: Agreement['facts'] = {
      employees: { count: 'activity', where: { type: 'call' }, restricted: true },
      recent: { count: 'activity', within: '30 days' },
      mails: { count: 'activity', where: { type: 'email' } },
    };
    const check = checkAgreement(agreement({ facts }));
    const warnings = check.ok ? check.warnings.filter(({ code }) => code === 'wrong-value') : [];
    expect(warnings.map(({ path }) => path)).toEqual([['facts', 'recent']]);
  });

  it('refuses a field that one fact restricts and another shows', () => {
    const facts = {
      employees: { field: 'Lead.Email', restricted: true },
      domain: { emailDomain: 'Lead.Email' },
      hidden: { emailDomain: 'Lead.Email', restricted: true },
    };
    const problems = problemsOf(agreement({ facts })).filter((problem) => problem.severity === 'error');
    expect(problems).toMatchObject([{ path: ['facts', 'domain'], code: 'wrong-value' }]);
  });

  it.each(['id', 'title'] as const)('refuses two stages with one %s', (key) => {
    const stages = agreement().stages;
    const twin = { id: 'sal', title: 'Sales accepted lead', when: stages[1]?.when, [key]: stages[1]?.[key] };
    expect(problemsOf(changed({ stages: [...stages, twin] }))).toMatchObject([
      { path: ['stages', 2, key], code: 'duplicate' },
    ]);
  });

  it('refuses a definition of the first stage, where everybody starts', () => {
    const [first, second] = agreement().stages;
    const document = changed({ stages: [{ ...first, when: second?.when }, second] });
    expect(problemsOf(document)).toMatchObject([{ path: ['stages', 0, 'when'], code: 'wrong-value' }]);
  });

  it('refuses a later stage without a definition, which would take everybody', () => {
    const document = changed({ stages: [...agreement().stages, { id: 'sal', title: 'SAL' }] });
    expect(problemsOf(document)).toMatchObject([{ path: ['stages', 2, 'when'], code: 'missing' }]);
  });

  it.each([
    ['text of a count', { count: 'activity' as const }, { contains: 'call' }, 'contains'],
    ['a count with text', { count: 'activity' as const }, { in: ['one', 2] }, 'in'],
    ['an order of text', { emailDomain: 'Lead.Email' }, { atLeast: 5 }, 'atLeast'],
    ['a domain with a number', { emailDomain: 'Lead.Email' }, { is: 5 }, 'is'],
  ])('refuses to compare %s', (_what, fact, comparison, key) => {
    const document = agreement({ facts: { employees: fact }, when: { all: [{ employees: comparison }] } });
    expect(problemsOf(document)).toMatchObject([
      { path: [...when, 'all', 0, 'employees', key], code: 'wrong-comparison' },
    ]);
  });

  it.each([
    { atLeast: 5, atMost: 4 },
    { above: 5, atMost: 5 },
    { above: 3, below: 3 },
  ])('refuses the empty range %j', (range) => {
    expect(problemsOf(withWhen({ all: [{ employees: range }] }))).toMatchObject([{ code: 'never-met' }]);
  });

  it('accepts a range of one number', () => {
    expect(problemsOf(withWhen({ all: [{ employees: { atLeast: 5, atMost: 5 } }] }))).toEqual([]);
  });

  it('refuses to want more conditions than there are, however deep', () => {
    const document = withWhen({ none: [{ atLeast: { n: 2, of: [{ employees: { is: 1 } }] } }] });
    expect(problemsOf(document)).toMatchObject([{ path: [...when, 'none', 0, 'atLeast', 'n'], code: 'never-met' }]);
  });

  it('refuses one person as the only signer of both parties, in whatever case', () => {
    const parties = { marketing: { signers: ['Ceo@x.example'] }, sales: { signers: ['ceo@X.example'] } };
    expect(problemsOf(changed({ parties }))).toMatchObject([{ path: ['parties'], code: 'wrong-value' }]);
  });

  it('has a problem, and no failure, with any document whose part is replaced by something else', () => {
    const paths = [
      ['name'],
      ['facts'],
      ['facts', 'employees'],
      ['stages'],
      ['stages', 1],
      [...when],
      [...when, 'all', 0],
      ['parties', 'sales'],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        const document: unknown = structuredClone(agreement());
        const parent = path.slice(0, -1).reduce((each, key) => each[key] as Keyed, document as Keyed);
        parent[path.at(-1) ?? ''] = value;
        const check = checkAgreement(document);
        const problems = check.ok ? [] : check.problems;
        expect(check.ok || problems.length > 0).toBe(true);
        for (const problem of problems) expect(problem.message).toMatch(/^[A-Z"].*\.$/s);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses a document that does not fit the record', () => {
    const long = Array.from({ length: 1_200 }, () => ({ employees: { atLeast: 1_000_000 } }));
    expect(problemsOf(withWhen({ all: long }))).toMatchObject([{ path: [], code: 'too-long' }]);
  });

  it('refuses a document that refers to itself, as YAML anchors can', () => {
    const condition: Record<string, unknown> = {};
    condition['all'] = [condition];
    expect(problemsOf(withWhen(condition))).toMatchObject([{ path: [], code: 'too-deep' }]);
  });
});
