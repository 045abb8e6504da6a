import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readJudgedVersions } from '../../../../src/app/agreement/judged-versions.ts';
import type { Store } from '../../../../src/app/ports.ts';
import { chooseProposed } from '../../../../src/app/preview/choose-versions.ts';
import { previewAgreement } from '../../../../src/app/preview/preview-agreement.ts';
import { countHere } from '../../../../src/app/preview/slice-counter.ts';
import type { PreviewResult } from '../../../../src/domain/preview/preview-result.ts';
import type { SharedPreview } from '../../../../src/domain/preview/shared-preview.ts';
import { AgreedOrg, agreementText, silent } from '../agreed-org.ts';

const promising = (holidays: string): string => `${agreementText()}
process: { handOff: { stage: mql, requires: owner } }
calendars: { Desk: { from: Desk hours, holidays: [${holidays}] } }
promises:
  - { id: first-touch, by: sales, stops: [{ touch: [call] }, { touch: [meeting] }], within: 4 business hours, calendar: Desk }
  - { id: volume, by: marketing, count: hand-off, atLeast: 2 per month }
`;

const may = (day: number, time: string): string => `2026-05-${String(day).padStart(2, '0')}T${time}:00.000Z`;

describe('a preview of promises', () => {
  let org: AgreedOrg;
  let store: Store;
  beforeEach(async () => {
    org = await AgreedOrg.start();
    store = await org.openStore();
    const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
    const times = days.flatMap((day) => [
      [`${day}StartTime`, '09:00:00.000Z'],
      [`${day}EndTime`, '17:00:00.000Z'],
    ]);
    org.add('BusinessHours', {
      Name: 'Desk hours',
      TimeZoneSidKey: 'UTC',
      IsActive: true,
      ...Object.fromEntries(times),
    });
    org.add('Holiday', { Name: 'Whit Monday', ActivityDate: '2026-05-25', IsAllDay: true });
  });
  afterEach(async () => {
    await store.close();
    await org[Symbol.asyncDispose]();
  });

  /** A lead that came on Friday the 22nd at 16:00 and was called then, or whose meeting was entered when it was over. */
  const addLead = (calledAt?: string, meeting?: { readonly endedAt: string; readonly enteredAt: string }): void => {
    const now = org.orgClock.now();
    org.orgClock.freezeAt(Date.parse(may(22, '16:00')));
    const WhoId = org.addLead({ NumberOfEmployees: 100 });
    const OwnerId = org.people.ana.userId;
    if (calledAt !== undefined) {
      org.orgClock.freezeAt(Date.parse(calledAt));
      org.add('Task', { WhoId, OwnerId, Subject: 'Call', TaskSubtype: 'Call', Status: 'Completed' });
    }
    if (meeting) {
      org.orgClock.freezeAt(Date.parse(meeting.enteredAt));
      const EndDateTime = meeting.endedAt;
      const StartDateTime = new Date(Date.parse(EndDateTime) - 1_800_000).toISOString();
      org.add('Event', { WhoId, OwnerId, Subject: 'Meeting', StartDateTime, EndDateTime });
    }
    org.orgClock.freezeAt(now);
  };

  const preview = async (): Promise<PreviewResult> => {
    const crm = await org.crm(org.people.service);
    const proposed = chooseProposed(await readJudgedVersions(crm), 1);
    const to = org.clock.now();
    const ports = { crm, store, clock: org.clock, progress: silent, counter: countHere(store) };
    const range = { from: Date.parse('2026-05-01T00:00:00Z'), to, stop: new AbortController().signal };
    return previewAgreement(ports, { proposed, against: [], ...range });
  };

  it('counts by the hours and holidays of the org, and proves nothing by what was entered late', async () => {
    // Over Whit Monday the fourth business hour ends on Tuesday the 26th at noon.
    addLead(may(26, '11:59'));
    addLead(may(26, '12:01'));
    addLead();
    addLead(undefined, { endedAt: may(26, '10:00'), enteredAt: may(29, '10:00') });
    await org.push(promising('Whit Monday'));
    await org.sync(store);
    const { promises, findings } = await preview();
    expect(promises).toEqual({
      timed: [
        {
          promise: 'first-touch',
          title: 'First touch',
          proposed: { started: 4, kept: { count: 1, of: 3 }, missed: 2, unproven: 1, running: 0, ended: 0 },
        },
      ],
      volumes: [
        {
          promise: 'volume',
          title: 'Volume',
          target: { proposed: 2 },
          periods: [
            { period: '2026-05', whole: true, count: { current: 0, proposed: 4 } },
            { period: '2026-06', whole: false, count: { current: 0, proposed: 0 } },
          ],
        },
      ],
    });
    expect(findings[0]).toContain('Promises are judged by the activity that was read');
    const [saved] = org.query('SELECT Result__c FROM Accord_Preview__c');
    expect((JSON.parse(String(saved?.['Result__c'])) as SharedPreview).promises?.timed).toEqual(promises?.timed);
  });

  it('says which holiday or calendar the org does not have', async () => {
    addLead();
    await org.push(promising('Whit Mondays'));
    await org.sync(store);
    expect((await preview()).findings).toContain(
      'The calendar "Desk" closes on "Whit Mondays", and the org has no such holiday. Did you mean "Whit Monday"?',
    );
  });
});
