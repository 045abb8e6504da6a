import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { openBetween } from '../../../app/calendar/count-open-time.ts';
import { getCalendar, readCalendars } from '../../../app/calendar/read-calendars.ts';
import { AccordCommand } from '../../../cli/accord-command.ts';
import { countingFlags } from '../../../cli/calendar-flags.ts';
import { parseWallTime } from '../../../cli/parse-wall-time.ts';
import { readAgreement } from '../../../cli/read-agreement.ts';
import { spanText } from '../../../cli/span-text.ts';
import { toWallTime, wallText, type WallTime } from '../../../cli/wall-time.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.calendar.elapsed');

export type CalendarElapsedResult = {
  readonly calendar: string;
  readonly timeZone: string;
  readonly from: WallTime;
  readonly to: WallTime;
  readonly openMilliseconds: number;
};

export default class CalendarElapsed extends AccordCommand<CalendarElapsedResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    ...countingFlags,
    from: Flags.string({ required: true, summary: messages.getMessage('flags.from.summary') }),
    to: Flags.string({ summary: messages.getMessage('flags.to.summary') }),
  };

  public async run(): Promise<CalendarElapsedResult> {
    const { flags } = await this.parse(CalendarElapsed);
    const file = flags.file === undefined ? undefined : await readAgreement(flags.file);
    await using services = await this.connect(flags);
    const calendar = getCalendar(await readCalendars(services, file), flags.calendar);
    const { timeZone } = calendar;
    const from = parseWallTime(flags.from, '--from', timeZone);
    const to = flags.to === undefined ? services.clock.now() : parseWallTime(flags.to, '--to', timeZone);
    const openMilliseconds = openBetween(calendar, from, to);
    const [begin, end] = [from, to].map((at) => wallText(at, timeZone));
    this.log(messages.getMessage('info.elapsed', [spanText(openMilliseconds), begin, end, timeZone]));
    const [fromTime, toTime] = [toWallTime(from, timeZone), toWallTime(to, timeZone)];
    return { calendar: calendar.name, timeZone, from: fromTime, to: toTime, openMilliseconds };
  }
}
