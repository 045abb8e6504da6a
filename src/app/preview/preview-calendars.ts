import type { Agreement } from '../../domain/agreement/schema.ts';
import { agreementCalendars, noOrgCalendars } from '../../domain/calendar/agreement-calendars.ts';
import type { Calendar } from '../../domain/calendar/calendar.ts';
import { readOrgCalendars } from '../calendar/read-org-calendars.ts';
import type { Crm } from '../ports.ts';

/** Calendars by name of the proposed version and of each one compared with, as plain data that crosses threads. */
export type PreviewCalendars = {
  readonly proposed: ReadonlyMap<string, Calendar>;
  readonly against: readonly ReadonlyMap<string, Calendar>[];
  /** What is missing, in sentences; promises in such a calendar are not looked at. */
  readonly problems: readonly string[];
};

/** Finds the calendars of the versions of a preview; undefined where none of them promises anything. */
export async function findPreviewCalendars(
  crm: Crm,
  proposed: Agreement,
  against: readonly Agreement[],
): Promise<PreviewCalendars | undefined> {
  const all = [proposed, ...against];
  if (all.every(({ promises = [] }) => promises.length === 0)) return undefined;
  const reads = all.some(({ calendars }) => calendars !== undefined);
  const { org, problems } = reads ? await readOrgCalendars(crm) : { org: noOrgCalendars, problems: [] };
  const made = all.map((agreement) => agreementCalendars(agreement, org));
  const [first, ...others] = made.map(({ calendars }) => calendars);
  const found = new Set([...made.flatMap((each) => each.problems), ...problems]);
  return { proposed: first ?? new Map(), against: others, problems: [...found] };
}
