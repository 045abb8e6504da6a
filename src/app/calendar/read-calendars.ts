import { agreementCalendars } from '../../domain/calendar/agreement-calendars.ts';
import type { Calendar } from '../../domain/calendar/calendar.ts';
import { nearestName } from '../../domain/agreement/nearest-name.ts';
import type { Agreement } from '../../domain/agreement/schema.ts';
import { chooseInForce } from '../agreement/choose-in-force.ts';
import { readJudgedVersions } from '../agreement/judged-versions.ts';
import type { Clock, Crm } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { readOrgCalendars } from './read-org-calendars.ts';

export type KnownCalendar = {
  readonly calendar: Calendar;
  /** Whether the agreement names it, or the org alone. */
  readonly origin: 'agreement' | 'org';
  /** Usernames of those who work by it, whatever a promise says. */
  readonly users: readonly string[];
};

export type CalendarSource = { readonly name: string; readonly version: number | null };

export type KnownCalendars = {
  /** The agreement whose calendars these are; its version is null for a file. */
  readonly agreement: CalendarSource | undefined;
  /** By name. The data of an org does not tell which holidays its business hours have, so those of the org have none. */
  readonly calendars: ReadonlyMap<string, KnownCalendar>;
  /** What is missing or cannot be read, in sentences. */
  readonly problems: readonly string[];
};

/** Reads the calendars of an agreement, the one in force unless another is given, and the business hours of the org. */
export async function readCalendars(
  { crm, clock }: { readonly crm: Crm; readonly clock: Clock },
  file?: Agreement,
): Promise<KnownCalendars> {
  const found = file ? { agreement: file, version: null } : await findInForce(crm, clock.now());
  const { org, problems } = await readOrgCalendars(crm);
  const ofOrg = [...org.hours].map(([name, calendar]) => [name, { calendar, origin: 'org', users: [] }] as const);
  if (!found) return { agreement: undefined, calendars: new Map(ofOrg), problems };
  const { agreement, version } = found;
  const agreed = agreementCalendars(agreement, org);
  const named = agreement.calendars ?? {};
  const ofAgreement = [...agreed.calendars].map(
    ([name, calendar]) => [name, { calendar, origin: 'agreement', users: named[name]?.users ?? [] }] as const,
  );
  // A name of the agreement hides that of the org, also where something is wrong with it.
  const others = ofOrg.filter(([name]) => !Object.hasOwn(named, name));
  return {
    agreement: { name: agreement.name, version },
    calendars: new Map<string, KnownCalendar>([...ofAgreement, ...others]),
    problems: [...agreed.problems, ...problems],
  };
}

/** The calendar of that name; refuses with the nearest name, or with what is wrong with it. */
export function getCalendar({ calendars, problems }: KnownCalendars, name: string): Calendar {
  const known = calendars.get(name);
  if (known) return known.calendar;
  const why = problems.filter((problem) => problem.startsWith(`The calendar "${name}"`));
  const [problem, ...more] = why;
  if (problem !== undefined) throw new Refusal('calendar', problem, more);
  const nearest = nearestName(name, calendars.keys());
  const names = [...calendars.keys()].map((each) => `"${each}"`).join(', ');
  const hint = nearest === undefined ? `There is ${names || 'none'}.` : `Did you mean "${nearest}"?`;
  throw new Refusal('calendar', `There is no calendar "${name}". ${hint}`);
}

async function findInForce(
  crm: Crm,
  now: number,
): Promise<{ readonly agreement: Agreement; readonly version: number } | undefined> {
  const { inForce } = chooseInForce(await readJudgedVersions(crm), now);
  return inForce?.agreement && { agreement: inForce.agreement, version: inForce.record.version };
}
