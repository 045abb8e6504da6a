import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgreedOrg, agreementText } from '../integration/app/agreed-org.ts';
import { resultOf, runAs } from '../support/command-line.ts';
import type { Finished } from '../support/run-accord.ts';

const calendars = `calendars:
  Sales US: { timeZone: America/New_York, week: { mon-fri: [09:00-17:00] }, holidays: [Thanksgiving, 12-25] }
`;

describe('accord calendar', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    org.add('Holiday', { Name: 'Thanksgiving', ActivityDate: '2026-11-26', IsAllDay: true });
    writeFileSync(join(org.folder, 'team.yaml'), agreementText() + calendars);
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const inFile = ['--file', 'team.yaml'];
  const calendar = (...args: string[]): Promise<Finished> => runAs(org, ['calendar', ...args], 'ana');

  it('shows the hours of a week with its holidays and the changes of the clocks', async () => {
    const week = await calendar('show', 'Sales US', '--week', '2026-11-26', ...inFile);
    expect(week.stdout).toContain('Sales US (America/New_York)');
    expect(week.stdout).toContain('  Mon 2026-11-23  09:00-17:00\n');
    expect(week.stdout).toContain('  Thu 2026-11-26  closed  (Thanksgiving)\n');
    const all = resultOf('accord-calendar-show', await calendar('show', '--week', '2026-11-01', '--json', ...inFile));
    expect(all).toMatchObject({
      agreement: { name: 'Northwind', version: null },
      calendars: [{ name: 'Sales US', days: { length: 7, 6: { clockChanges: [{ from: '02:00', to: '01:00' }] } } }, {}],
    });
  });

  it('says when something is due and how much time has passed, in the zone of the calendar', async () => {
    const friday = ['--calendar', 'Sales US', '--from', '2026-11-20T16:30', ...inFile];
    const due = await calendar('add', '2 business hours', ...friday);
    expect(due.stdout).toBe(
      '2 business hours from Fri 20 Nov 2026, 16:30 → Mon 23 Nov 2026, 10:30, America/New_York (2026-11-23T15:30:00.000Z)\n',
    );
    expect(resultOf('accord-calendar-add', await calendar('add', '1 business day', ...friday, '--json'))).toMatchObject(
      {
        due: { at: '2026-11-23T22:00:00.000Z', local: '2026-11-23T17:00:00.000-05:00' },
      },
    );
    const until = ['elapsed', ...friday, '--to', '2026-11-27T10:15'];
    expect((await calendar(...until)).stdout).toContain('25 h 45 min open from Fri 20 Nov 2026, 16:30 to Fri 27 Nov');
    expect(resultOf('accord-calendar-elapsed', await calendar(...until, '--json'))).toMatchObject({
      openMilliseconds: 25.75 * 3_600_000,
    });
  });

  it('ends with code 2 and what to do about a name, a time or an amount that is none', async () => {
    const wrong: readonly (readonly [readonly string[], string])[] = [
      [['show', 'Sales UX'], 'Did you mean "Sales US"?'],
      [['show', '--week', 'soon'], '--week takes a time'],
      [['add', 'soon', '--calendar', 'Sales US'], '"soon" is no amount of time.'],
      [['elapsed', '--from', '2026-03-08T02:30', '--calendar', 'Sales US'], 'skip that time'],
    ];
    for (const [args, text] of wrong) {
      const done = await calendar(...args, ...inFile);
      expect(done.code).toBe(2);
      expect(done.stderr.replaceAll(/\s+/g, ' ')).toContain(text);
      expect(done.stderr).toContain('sf accord calendar show');
    }
  });
});
