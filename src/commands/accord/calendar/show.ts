import { Args } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { getCalendar, readCalendars, type KnownCalendars } from '../../../app/calendar/read-calendars.ts';
import { showWeeks, type CalendarWeek, type DayShown } from '../../../app/calendar/show-weeks.ts';
import { AccordCommand } from '../../../cli/accord-command.ts';
import { calendarFlags } from '../../../cli/calendar-flags.ts';
import { parseWallTime } from '../../../cli/parse-wall-time.ts';
import { readAgreement } from '../../../cli/read-agreement.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.calendar.show');

export type CalendarShowResult = {
  /** The agreement whose calendars these are; its version is null for a file. */
  readonly agreement: { readonly name: string; readonly version: number | null } | null;
  readonly calendars: readonly CalendarWeek[];
  readonly problems: readonly string[];
};

export default class CalendarShow extends AccordCommand<CalendarShowResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly args = {
    name: Args.string({ description: messages.getMessage('args.name.summary') }),
  };
  public static override readonly flags = {
    ...calendarFlags,
    week: Flags.string({ summary: messages.getMessage('flags.week.summary') }),
  };

  public async run(): Promise<CalendarShowResult> {
    const { args, flags } = await this.parse(CalendarShow);
    const file = flags.file === undefined ? undefined : await readAgreement(flags.file);
    const week = flags.week === undefined ? undefined : dateOf(flags.week);
    await using services = await this.connect(flags);
    const known = await readCalendars(services, file);
    if (args.name !== undefined) getCalendar(known, args.name);
    const shown = showWeeks(known, { name: args.name, week, now: services.clock.now() });
    this.#print(known, shown);
    return { agreement: known.agreement ?? null, calendars: shown, problems: known.problems };
  }

  #print({ agreement, problems }: KnownCalendars, calendars: readonly CalendarWeek[]): void {
    if (!agreement) this.log(messages.getMessage('info.none'));
    else if (agreement.version === null) this.log(messages.getMessage('info.file', [agreement.name]));
    else this.log(messages.getMessage('info.agreement', [agreement.name, agreement.version]));
    this.logLines(problems.map((problem) => `! ${problem}`));
    for (const { name, timeZone, origin, users, days } of calendars) {
      const notes = [timeZone, ...(origin === 'org' ? [messages.getMessage('info.org')] : [])];
      if (users.length > 0) notes.push(messages.getMessage('info.users', [users.join(', ')]));
      this.logLines(['', `${name} (${notes.join('; ')})`, ...days.map(dayLine)]);
    }
  }
}

/** Any time of the day will do: a date is all that is asked for. */
function dateOf(text: string): string {
  parseWallTime(text, '--week', 'UTC');
  return text.slice(0, 10);
}

function dayLine({ weekday, date, open, holidays, clockChanges }: DayShown): string {
  const hours = open.map(({ onTheWall }) => onTheWall).join(', ');
  const notes = [
    ...holidays,
    ...clockChanges.map(({ from, to }) => messages.getMessage('info.clocks', [from, to])),
  ].join('; ');
  return `  ${weekday} ${date}  ${hours || messages.getMessage('info.closed')}${notes && `  (${notes})`}`;
}
