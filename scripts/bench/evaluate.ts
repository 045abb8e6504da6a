import { Engine, type TopLevelCondition } from 'json-rules-engine';
import { checkAgreement } from '../../src/domain/agreement/check-agreement.ts';
import type { Timeline } from '../../src/domain/timeline/timeline.ts';
import { compileAgreement, type CompiledAgreement } from '../../src/domain/verdict/compile-agreement.ts';
import { decide, judge, newJudgement } from '../../src/domain/verdict/decide.ts';
import { toReceipt } from '../../src/domain/verdict/receipt.ts';
import type { BenchRow } from './bench-row.ts';
import { measureManyEvents } from './evaluate/many-events.ts';

const now = Date.parse('2026-06-01T00:00:00Z');
const dayMs = 86_400_000;

/** A definition of 12 criteria of every kind: numbers, text, lists, unknowns and counts in windows. */
const document = {
  accord: 1,
  name: 'Benchmark agreement',
  timeZone: 'America/New_York',
  parties: { marketing: { signers: ['cmo@example.com'] }, sales: { signers: ['vp@example.com'] } },
  highestMode: 'observe',
  facts: {
    employees: { field: 'Lead.NumberOfEmployees' },
    revenue: { field: 'Lead.AnnualRevenue', restricted: true },
    industry: { field: 'Lead.Industry' },
    country: { field: 'Lead.Country' },
    status: { field: 'Lead.Status' },
    rating: { field: 'Lead.Rating', blank: ['Select'] },
    title: { field: 'Lead.Title' },
    phone: { field: 'Lead.Phone' },
    optedOut: { field: 'Lead.HasOptedOutOfEmail' },
    emailDomain: { emailDomain: 'Lead.Email' },
    calls: { count: 'activity', where: { type: 'call' }, within: '30 days' },
    responses: { count: 'response', within: '60 days' },
  },
  stages: [
    { id: 'inquiry', title: 'Inquiry' },
    {
      id: 'mql',
      title: 'Marketing qualified lead',
      when: {
        all: [
          { employees: { atLeast: 50 } },
          { country: { in: ['US', 'Canada', 'Mexico'] } },
          { phone: { known: true } },
          { rating: { is: 'Hot' } },
          { any: [{ revenue: { above: 1_000_000 } }, { title: { contains: 'director' } }] },
          { any: [{ calls: { atLeast: 1 } }, { responses: { atLeast: 2 } }] },
          { atLeast: { n: 1, of: [{ industry: { is: 'Technology' } }, { status: { startsWith: 'work' } }] } },
        ],
        none: [{ emailDomain: { in: ['gmail.com', 'yahoo.com'] } }, { optedOut: { is: true } }],
      },
    },
  ],
};

/** Fewer would measure the start of the JavaScript engine. */
const fewestRounds = 500;

/** Evaluates a 12-criterion definition for at least `size` people, with json-rules-engine beside it on a sample. */
export async function run({ size }: { readonly size: number }): Promise<BenchRow[]> {
  const compiled = compile();
  const people = makePeople(1_000);
  const rounds = Math.max(fewestRounds, Math.round(size / people.length));
  const judgement = newJudgement(compiled);

  const judged = measure(people, rounds, (person) => judge(compiled, person, now, judgement));
  const decided = measure(people, rounds, (person) => decide(compiled, person, now, judgement));
  const header = { version: 1, hash: 'a'.repeat(64), decidedAt: now };
  const received = measure(people, rounds, (person) =>
    toReceipt(decide(compiled, person, now, judgement), compiled, header),
  );
  const other = await measureJsonRulesEngine(people);

  const row = (name: string, value: number, target: number): BenchRow => ({
    name,
    value: Math.round(value),
    unit: 'definitions/s',
    ratio: Math.round(value / other),
    against: 'json-rules-engine',
    target: `at least ${target.toLocaleString('en-US')} definitions/s`,
    ok: value >= target,
  });
  return [
    row('evaluate: 12 criteria, packed outcomes', judged, 1_000_000),
    row('evaluate: 12 criteria, every clause explained', decided, 1_000_000),
    row('evaluate: 12 criteria, explained, with the receipt for the CRM', received, 200_000),
    { name: 'evaluate: 12 criteria, json-rules-engine', value: Math.round(other), unit: 'definitions/s' },
    measureManyEvents(),
  ];
}

function compile(): CompiledAgreement {
  const check = checkAgreement(document);
  if (!check.ok) throw new Error(`The benchmark's agreement is wrong: ${JSON.stringify(check.problems)}`);
  return compileAgreement(check.agreement);
}

/** Calls a second, the best of five equal parts: other processes of the machine only ever make a part slower. */
function measure(people: readonly Timeline[], rounds: number, work: (person: Timeline) => unknown): number {
  const part = Math.max(1, Math.round(rounds / 5));
  const rates = Array.from({ length: 5 }, () => {
    const start = performance.now();
    for (let round = 0; round < part; round++) for (const person of people) work(person);
    return (people.length * part * 1_000) / (performance.now() - start);
  });
  return Math.max(...rates);
}

/** People who differ in every fact, by a fixed generator so that runs compare. */
function makePeople(count: number): readonly Timeline[] {
  let state = 42;
  const pick = <T>(...options: readonly T[]): T => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return options[Math.floor((state / 2 ** 32) * options.length)] as T;
  };
  return Array.from({ length: count }, (_, index) => ({
    personId: `00Q${String(index).padStart(15, '0')}`,
    object: 'Lead',
    fields: {
      NumberOfEmployees: pick(null, 5, 40, 60, 500, 5_000),
      AnnualRevenue: pick(null, 100_000, 900_000, 2_000_000),
      Industry: pick(null, 'Technology', 'Education', 'Retail'),
      Country: pick('US', 'us', 'Canada', 'Germany', null),
      Status: pick('Open', 'Working', 'Qualified'),
      Rating: pick('Hot', 'Warm', 'Select', null),
      Title: pick('Sales Director', 'CEO', 'Buyer', null),
      Phone: pick('+1 555 0100', null),
      HasOptedOutOfEmail: pick(true, false, false),
      Email: `person${index}@${pick('gmail.com', 'northwind.example', 'fabrikam.example')}`,
    },
    events: Array.from({ length: pick(0, 0, 1, 2, 4) }, (_none, at) => ({
      kind: pick('activity', 'response'),
      recordId: `00T${String(index * 10 + at).padStart(15, '0')}`,
      at: now - pick(1, 5, 20, 45, 90) * dayMs,
      attributes: { type: pick('Call', 'Email', 'Meeting') },
    })),
  }));
}

/** The same definition as far as the other engine can say it: two-valued, with the counts computed beforehand. */
async function measureJsonRulesEngine(people: readonly Timeline[]): Promise<number> {
  const engine = new Engine([{ conditions: otherConditions, event: { type: 'mql' } }], { allowUndefinedFacts: true });
  engine.addOperator<string, string>('contains-text', (value, part) => value?.toLowerCase().includes(part) ?? false);
  const rates: number[] = [];
  for (let part = 0; part < 5; part++) {
    const start = performance.now();
    for (const person of people) await engine.run(otherFacts(person));
    rates.push((people.length * 1_000) / (performance.now() - start));
  }
  return Math.max(...rates);
}

const otherConditions: TopLevelCondition = {
  all: [
    { fact: 'NumberOfEmployees', operator: 'greaterThanInclusive', value: 50 },
    { fact: 'Country', operator: 'in', value: ['US', 'Canada', 'Mexico'] },
    { fact: 'Phone', operator: 'notEqual', value: null },
    { fact: 'Rating', operator: 'equal', value: 'Hot' },
    { fact: 'domain', operator: 'notIn', value: ['gmail.com', 'yahoo.com'] },
    { fact: 'HasOptedOutOfEmail', operator: 'equal', value: false },
    {
      any: [
        { fact: 'AnnualRevenue', operator: 'greaterThan', value: 1_000_000 },
        { fact: 'Title', operator: 'contains-text', value: 'director' },
      ],
    },
    {
      any: [
        { fact: 'calls', operator: 'greaterThanInclusive', value: 1 },
        { fact: 'responses', operator: 'greaterThanInclusive', value: 2 },
      ],
    },
    {
      any: [
        { fact: 'Industry', operator: 'equal', value: 'Technology' },
        { fact: 'Status', operator: 'equal', value: 'Working' },
      ],
    },
  ],
};

function otherFacts({ fields, events }: Timeline): Record<string, unknown> {
  const count = (kind: string, days: number): number =>
    events.filter((event) => event.kind === kind && event.at > now - days * dayMs).length;
  const domain = String(fields['Email']).split('@')[1];
  return { ...fields, domain, calls: count('activity', 30), responses: count('response', 60) };
}
