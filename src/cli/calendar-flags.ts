import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { connectionFlags } from './connection-flags.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@accord/plugin', 'accord.calendar');

/** Flags of the commands that look at calendars: the org, and the agreement that names them. */
export const calendarFlags = {
  ...connectionFlags,
  file: Flags.string({ char: 'f', summary: messages.getMessage('flags.file.summary') }),
};

/** Flags of the commands that count in one calendar. */
export const countingFlags = {
  ...calendarFlags,
  calendar: Flags.string({ char: 'c', required: true, summary: messages.getMessage('flags.calendar.summary') }),
};
