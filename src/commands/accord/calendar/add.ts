import { Args } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { dueAfter } from '../../../app/calendar/count-open-time.ts';
import { getCalendar, readCalendars } from '../../../app/calendar/read-calendars.ts';
import { AccordCommand } from '../../../cli/accord-command.ts';
import { countingFlags } from '../../../cli/calendar-flags.ts';
import { parseWallTime } from '../../../cli/parse-wall-time.ts';
import { readAgreement } from '../../../cli/read-agreement.ts';
import { toWallTime, wallText, type WallTime } from '../../../cli/wall-time.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.calendar.add');

export type CalendarAddResult = {
  readonly calendar: string;
  readonly timeZone: string;
  readonly amount: string;
  readonly from: WallTime;
  readonly due: WallTime;
};

export default class CalendarAdd extends AccordCommand<CalendarAddResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly args = {
    amount: Args.string({ required: true, description: messages.getMessage('args.amount.summary') }),
  };
  public static override readonly flags = {
    ...countingFlags,
    from: Flags.string({ summary: messages.getMessage('flags.from.summary') }),
  };

  public async run(): Promise<CalendarAddResult> {
    const { args, flags } = await this.parse(CalendarAdd);
    const file = flags.file === undefined ? undefined : await readAgreement(flags.file);
    await using services = await this.connect(flags);
    const calendar = getCalendar(await readCalendars(services, file), flags.calendar);
    const { timeZone } = calendar;
    const from = flags.from === undefined ? services.clock.now() : parseWallTime(flags.from, '--from', timeZone);
    const amount = args.amount.trim();
    const due = dueAfter(calendar, amount, from);
    const [begin, end] = [from, due].map((at) => wallText(at, timeZone));
    this.log(messages.getMessage('info.due', [amount, begin, end, timeZone, new Date(due).toISOString()]));
    const [fromTime, dueTime] = [toWallTime(from, timeZone), toWallTime(due, timeZone)];
    return { calendar: calendar.name, timeZone, amount, from: fromTime, due: dueTime };
  }
}
