import { SAMPLE_REPS } from './people.ts';
import { Random } from './random.ts';

/** One invented lead and what becomes of it; instants are epoch milliseconds. */
export type SampleLead = {
  readonly createdAt: number;
  readonly fields: Readonly<Record<string, string | number | boolean>>;
  /** The rep who gets it, and when; undefined stays in the queue. */
  readonly assigned: { readonly at: number; readonly rep: string } | undefined;
  readonly touches: readonly SampleTouch[];
  readonly statuses: readonly { readonly at: number; readonly status: string }[];
  readonly responses: readonly { readonly at: number; readonly campaign: number; readonly status: string }[];
};

export type SampleTouch = { readonly at: number; readonly kind: 'Call' | 'Email'; readonly subject: string };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FIRST = [
  'Emma',
  'Liam',
  'Olivia',
  'Noah',
  'Ava',
  'Elijah',
  'Sofia',
  'Mateo',
  'Aisha',
  'Wei',
  'Priya',
  'Hiro',
  'Ingrid',
  'Omar',
  'Zoë',
  'Lucas',
  'Maya',
  'Ivan',
  'Fatima',
  'Jonas',
  'Camila',
  'Kofi',
  'Elena',
  'Tomás',
  'Yuki',
  'Nadia',
] as const;
const LAST = [
  'Nguyen',
  'Garcia',
  'Smith',
  'Müller',
  'Rossi',
  'Kim',
  'Silva',
  'Johnson',
  'Haddad',
  'Kowalski',
  'Okoye',
  'Tanaka',
  'Brown',
  "O'Neill",
  'Dubois',
  'Andersson',
  'Patel',
  'Fernández',
  'Novak',
  'Chen',
  'Martin',
  'Larsen',
  'Ali',
  'Costa',
  'Fischer',
  'Walker',
] as const;
const NAMES = [
  'Blue Harbor',
  'Summit',
  'Cedar',
  'Ironbridge',
  'Brightwater',
  'Redwood',
  'Lakeside',
  'Pioneer',
  'Northgate',
  'Silverline',
  'Evergreen',
  'Granite',
  'Sunfield',
  'Maple',
  'Copperhill',
  'Westbrook',
  'Falcon',
  'Meridian',
  'Harvest',
  'Bluestone',
  'Oakridge',
  'Kestrel',
] as const;
const KINDS = [
  'Logistics',
  'Foods',
  'Health',
  'Robotics',
  'Partners',
  'Energy',
  'Textiles',
  'Software',
  'Interiors',
  'Marine',
  'Media',
  'Packaging',
  'Motors',
  'Analytics',
  'Supply',
] as const;
const TITLES = [
  'Operations Manager',
  'Head of Purchasing',
  'Chief Operating Officer',
  'Marketing Director',
  'IT Manager',
  'Founder',
  'Office Manager',
  'Analyst',
  'VP Operations',
  'Student',
] as const;
const INDUSTRIES = [
  'Manufacturing',
  'Technology',
  'Retail',
  'Healthcare',
  'Transportation',
  'Food & Beverage',
  'Energy',
  'Consulting',
] as const;
const COUNTRIES = [
  ['United States', 60],
  ['Canada', 12],
  ['United Kingdom', 10],
  ['Germany', 8],
  ['France', 5],
  ['Brazil', 5],
] as const;
const SOURCES = [
  ['Web', 45],
  ['Other', 8],
  ['Partner Referral', 12],
  ['Purchased List', 10],
  ['Phone Inquiry', 15],
] as const;
const FREEMAIL = ['gmail.com', 'yahoo.com', 'outlook.com'] as const;

/** Makes `count` leads spread over the `days` before `now`, more on weekdays, in order of creation. */
export function makeLeads(seed: number, count: number, days: number, now: number, campaigns: number): SampleLead[] {
  const random = new Random(seed);
  const instants = Array.from({ length: count }, () => workdayInstant(random, now - days * DAY, now - HOUR));
  // Each lead has a stream of its own: how many draws the instants took depends on which days are weekends.
  return instants
    .sort((a, b) => a - b)
    .map((createdAt, index) => makeLead(new Random(seed + index), createdAt, index, now, campaigns));
}

function makeLead(random: Random, createdAt: number, index: number, now: number, campaigns: number): SampleLead {
  const past = <Item extends { at: number }>(items: readonly Item[]): Item[] => items.filter((each) => each.at < now);
  const employees = Math.max(1, Math.round(random.skewed(85, 1.4)));
  const fields = leadFields(random, index, employees);
  const wait = random.skewed(2, 1.2) * HOUR;
  const assigned =
    random.chance(0.95) && createdAt + wait < now ? { at: createdAt + wait, rep: random.pick(SAMPLE_REPS) } : undefined;
  const touches = assigned ? past(makeTouches(random, assigned.at)) : [];
  return {
    createdAt,
    fields,
    assigned,
    touches,
    statuses: past(makeStatuses(random, touches)),
    responses: past(makeResponses(random, createdAt, campaigns)),
  };
}

function leadFields(random: Random, index: number, employees: number): SampleLead['fields'] {
  const first = random.pick(FIRST);
  const last = random.pick(LAST);
  const company = `${random.pick(NAMES)} ${random.pick(KINDS)}`;
  const domain = random.chance(0.86) ? `${plain(company)}.example` : random.pick(FREEMAIL);
  const fields: Record<string, string | number | boolean> = {
    FirstName: first,
    LastName: last,
    Company: company,
    Title: random.pick(TITLES),
    LeadSource: random.weighted(SOURCES),
    Country: random.weighted(COUNTRIES),
    Industry: random.pick(INDUSTRIES),
  };
  if (random.chance(0.96)) fields['Email'] = `${plain(first)}.${plain(last)}${index}@${domain}`;
  if (random.chance(0.7))
    fields['Phone'] = `+1 555 ${String(random.between(1000000, 9999999)).replace(/(\d{3})/, '$1 ')}`;
  if (random.chance(0.87)) fields['NumberOfEmployees'] = employees;
  if (random.chance(0.68)) fields['AnnualRevenue'] = Math.round(employees * random.between(90, 260)) * 1000;
  if (random.chance(0.06)) fields['HasOptedOutOfEmail'] = true;
  return fields;
}

function makeTouches(random: Random, from: number): SampleTouch[] {
  const touches: SampleTouch[] = [];
  let at = from + random.skewed(5, 1.3) * HOUR;
  for (
    let left = random.weighted([
      [0, 15],
      [1, 30],
      [2, 25],
      [3, 18],
      [5, 12],
    ] as const);
    left > 0;
    left--
  ) {
    const kind = random.chance(0.6) ? 'Call' : 'Email';
    touches.push({ at, kind, subject: kind === 'Call' ? 'Call' : 'Email: Following up on your request' });
    at += random.skewed(2, 0.8) * DAY;
  }
  return touches;
}

function makeStatuses(random: Random, touches: readonly SampleTouch[]): { at: number; status: string }[] {
  const [first] = touches;
  const last = touches.at(-1);
  if (!first || !last) return [];
  const working = { at: first.at + 60_000, status: 'Working - Contacted' };
  const closed = { at: last.at + random.between(1, 6) * DAY, status: 'Closed - Not Converted' };
  return touches.length > 1 && random.chance(0.35) ? [working, closed] : [working];
}

function makeResponses(random: Random, createdAt: number, campaigns: number): SampleLead['responses'] {
  const count = random.weighted([
    [0, 45],
    [1, 30],
    [2, 17],
    [4, 8],
  ] as const);
  const chosen = new Set(Array.from({ length: count }, () => random.between(0, campaigns - 1)));
  return [...chosen].map((campaign) => ({
    at: createdAt + random.skewed(6, 1) * DAY,
    campaign,
    status: random.chance(0.6) ? 'Responded' : 'Sent',
  }));
}

/** A weekday instant between 07:00 and 23:00 UTC, seldom a weekend. */
function workdayInstant(random: Random, from: number, to: number): number {
  for (;;) {
    const instant = from + random.next() * (to - from);
    const date = new Date(instant);
    const weekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
    const night = date.getUTCHours() < 7 || date.getUTCHours() >= 23;
    if (!night && (!weekend || random.chance(0.2))) return Math.floor(instant / 1000) * 1000;
  }
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/[^A-Za-z]/g, '')
    .toLowerCase();
