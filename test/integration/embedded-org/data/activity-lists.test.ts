import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestOrg } from '../wire/running-org.ts';
import type { OutputRow, UserContext } from '../../../../src/embedded-org/data/types.ts';
import { SmallOrg } from './small-org.ts';

let small: SmallOrg;
beforeEach(() => {
  small = new SmallOrg();
});
afterEach(() => small.close());

const one = (objectName: string, row: object): string => small.insert(objectName, [{ ...row }])[0] ?? '';
const task = (row: object): string => one('Task', { Subject: 'Call', ...row });
const meeting = (day: string, row: object): string =>
  one('Event', { Subject: 'Demo', StartDateTime: `${day}T09:00:00Z`, DurationInMinutes: 30, ...row });

/** The subjects of a list of one record, in the order of the answer. */
function subjects(list: string, parent: string, user = small.admin): unknown[] {
  const order = list === 'OpenActivities' ? 'ASC' : 'DESC';
  const inner = `SELECT Subject FROM ${list} ORDER BY ActivityDate ${order} NULLS LAST, LastModifiedDate DESC LIMIT 500`;
  const object = small.org.core.schema.byPrefix(parent.slice(0, 3))?.name;
  const [row] = small.rows(`SELECT (${inner}) FROM ${object} WHERE Id = '${parent}'`, user);
  const found = row?.[list] as { records: readonly OutputRow[] } | null | undefined;
  return (found?.records ?? []).map((each) => each['Subject']);
}

describe('the activities of a record', () => {
  it('are history when closed or past, and open otherwise', () => {
    const lead = one('Lead', { LastName: 'Bell', Company: 'Acme' });
    task({ WhoId: lead, Subject: 'Done', Status: 'Completed', ActivityDate: '2026-03-10' });
    task({ WhoId: lead, Subject: 'Done before', Status: 'Completed', ActivityDate: '2026-03-01' });
    task({ WhoId: lead, Subject: 'Due', ActivityDate: '2026-03-20' });
    task({ WhoId: lead, Subject: 'Overdue', ActivityDate: '2026-03-02' });
    task({ WhoId: lead, Subject: 'Some day' });
    meeting('2026-03-17', { WhoId: lead, Subject: 'Held' });
    meeting('2026-03-19', { WhoId: lead, Subject: 'Coming' });
    one('Event', { WhoId: lead, Subject: 'Fair', IsAllDayEvent: true, ActivityDate: '2026-03-18' });
    task({ WhoId: lead, Subject: 'Archived', Status: 'Completed', ActivityDate: '2024-03-10' });
    small.org.remove(small.admin, [task({ WhoId: lead, Subject: 'Deleted' })], {
      allOrNone: true,
      autoAssign: false,
      apiVersion: 68,
    });
    expect(subjects('ActivityHistories', lead)).toEqual(['Held', 'Done', 'Done before']);
    expect(subjects('OpenActivities', lead)).toEqual(['Overdue', 'Fair', 'Coming', 'Due', 'Some day']);
    small.clock.advance(2 * 24 * 60 * 60 * 1000);
    expect(subjects('OpenActivities', lead)).toEqual(['Overdue', 'Due', 'Some day']);
  });

  it.each([
    ['whole day', { IsAllDayEvent: true, ActivityDate: '2026-03-18' }],
    ['whole day by its times', { IsAllDayEvent: true, StartDateTime: '2026-03-18T00:00:00Z', DurationInMinutes: 1440 }],
  ])('are history on the day after a %s, by the time zone of the reader', (_, times) => {
    const lead = one('Lead', { LastName: 'Bell', Company: 'Acme' });
    one('Event', { WhoId: lead, Subject: 'Fair', ...times });
    const reader = (name: string, TimeZoneSidKey: string) => small.addUser(name, 'Standard User', { TimeZoneSidKey });
    const [west, east] = [reader('West', 'America/Los_Angeles'), reader('East', 'Asia/Tokyo')];
    const seenBy = (user: UserContext) => [
      subjects('OpenActivities', lead, user),
      subjects('ActivityHistories', lead, user),
    ];
    const coming = [['Fair'], []];
    const past = [[], ['Fair']];
    const at = (time: string): unknown[] => {
      small.clock.freezeAt(Date.parse(time));
      return [seenBy(west), seenBy(east)];
    };
    expect(at('2026-03-18T14:59:00Z')).toEqual([coming, coming]);
    expect(at('2026-03-18T15:00:00Z')).toEqual([coming, past]);
    expect(at('2026-03-19T06:59:00Z')).toEqual([coming, past]);
    expect(at('2026-03-19T07:00:00Z')).toEqual([past, past]);
  });

  it('are those of a person, a campaign, an opportunity, and of all that belongs to an account', () => {
    const account = one('Account', { Name: 'Acme' });
    const contact = one('Contact', { LastName: 'Bell', AccountId: account });
    const deal = one('Opportunity', {
      Name: 'Big',
      AccountId: account,
      StageName: 'Prospecting',
      CloseDate: '2026-12-31',
    });
    const campaign = one('Campaign', { Name: 'Fair' });
    task({ WhatId: account, Subject: 'Account', ActivityDate: '2026-04-01' });
    task({ WhoId: contact, Subject: 'Contact', ActivityDate: '2026-04-02' });
    task({ WhatId: deal, Subject: 'Deal', ActivityDate: '2026-04-03' });
    task({ WhatId: campaign, Subject: 'Campaign', ActivityDate: '2026-04-04' });
    expect(subjects('OpenActivities', account)).toEqual(['Account', 'Contact', 'Deal']);
    expect(subjects('OpenActivities', contact)).toEqual(['Contact']);
    expect(subjects('OpenActivities', deal)).toEqual(['Deal']);
    expect(subjects('OpenActivities', campaign)).toEqual(['Campaign']);
  });

  it('tell tasks from events, and follow who and what they concern', () => {
    const contact = one('Contact', { LastName: 'Bell' });
    const campaign = one('Campaign', { Name: 'Fair' });
    const call = { TaskSubtype: 'Call', CallType: 'Outbound', CallDurationInSeconds: 90, Type: 'Call' };
    const id = task({ WhoId: contact, WhatId: campaign, Status: 'Completed', Priority: 'High', ...call });
    const mail = one('EmailMessage', { ActivityId: id, Subject: 'Hi' });
    const event = meeting('2026-03-17', { WhoId: contact, Location: 'Oslo' });
    const fields =
      'Id, IsTask, IsClosed, Status, IsHighPriority, ActivityType, ActivitySubtype, CallDurationInSeconds, Location, ' +
      'DurationInMinutes, AlternateDetailId, CompletedDateTime, Who.Name, Who.Type, What.Name, Owner.Name';
    const [row] = small.rows(`SELECT (SELECT ${fields} FROM ActivityHistories ORDER BY IsTask DESC) FROM Contact`);
    expect(row?.['ActivityHistories']).toMatchObject({
      records: [
        {
          Id: id,
          IsTask: true,
          IsClosed: true,
          Status: 'Completed',
          IsHighPriority: true,
          ActivityType: 'Call',
          ActivitySubtype: 'Call',
          CallDurationInSeconds: 90,
          Location: null,
          AlternateDetailId: mail,
          CompletedDateTime: '2026-03-18T12:00:00.000+0000',
          Who: { Name: 'Bell', Type: 'Contact' },
          What: { Name: 'Fair' },
        },
        { Id: event, IsTask: false, Status: null, ActivitySubtype: 'Event', Location: 'Oslo', DurationInMinutes: 30 },
      ],
    });
  });

  it('go to the contact when their lead is converted', () => {
    const lead = one('Lead', { LastName: 'Bell', Company: 'Acme', OwnerId: small.admin.userId });
    task({ WhoId: lead, Subject: 'Done', Status: 'Completed' });
    const conversion = { leadId: lead, convertedStatus: 'Closed - Converted', doNotCreateOpportunity: true };
    const result = small.org.convertLead(small.admin, conversion, {
      allOrNone: true,
      autoAssign: false,
      apiVersion: 68,
    });
    expect(subjects('ActivityHistories', String(result.contactId))).toEqual(['Done']);
    expect(subjects('ActivityHistories', String(result.accountId))).toEqual(['Done']);
    expect(subjects('ActivityHistories', lead)).toEqual([]);
  });
});

describe('users without View All Data', () => {
  const ORDER = 'ORDER BY ActivityDate DESC NULLS LAST, LastModifiedDate DESC';
  const ask = (inner: string, outer = 'FROM Lead LIMIT 1'): string => `SELECT (SELECT Id FROM ${inner}) ${outer}`;

  it('sort, limit and do not filter the activities of one record', () => {
    const rep = small.addUser('Rep', 'Standard User');
    small.insert('Lead', [
      { LastName: 'A', Company: 'A' },
      { LastName: 'B', Company: 'B' },
    ]);
    const refused = [
      ask('ActivityHistories'),
      ask('ActivityHistories ORDER BY ActivityDate DESC LIMIT 10'),
      ask(`ActivityHistories ${ORDER}`),
      ask(`ActivityHistories ${ORDER} LIMIT 501`),
      ask(`ActivityHistories WHERE IsTask = true ${ORDER} LIMIT 10`),
      ask(`OpenActivities ${ORDER} LIMIT 10`),
      ask(`ActivityHistories ${ORDER} LIMIT 10`, 'FROM Lead'),
    ];
    for (const soql of refused) {
      expect(small.refusal(soql, rep)).toMatchObject({
        code: 'MALFORMED_QUERY',
        message: expect.stringMatching(/^There is an implementation restriction on (ActivityHistor|OpenActivit)ies\. /),
      });
      expect(small.rows(soql).length).toBeGreaterThan(0);
    }
    expect(small.rows(ask(`ActivityHistories ${ORDER} LIMIT 500`), rep)).toHaveLength(1);
  });

  it('ask for no activities of records that are a list themselves', () => {
    const rep = small.addUser('Rep', 'Standard User');
    const account = one('Account', { Name: 'Acme' });
    for (const LastName of ['Bell', 'Cook']) task({ WhoId: one('Contact', { LastName, AccountId: account }) });
    const inner = `(SELECT Subject FROM OpenActivities ORDER BY ActivityDate ASC, LastModifiedDate DESC LIMIT 5)`;
    const soql = `SELECT (SELECT ${inner} FROM Contacts) FROM Account WHERE Id = '${account}'`;
    expect(small.refusal(soql, rep).message).toContain('you must filter on a single record');
    expect(small.rows(soql)).toMatchObject([{ Contacts: { totalSize: 2 } }]);
  });

  it('see only activities that are shared with them', () => {
    const lead = small.org.core.schema.find('Lead')!;
    const account = small.org.core.schema.find('Account')!;
    for (const each of [lead, account]) small.org.core.schema.define({ ...each, sharingModel: 'Private' });
    const [rep, other] = [small.addUser('Rep', 'Standard User'), small.addUser('Other', 'Standard User')];
    const mine = one('Account', { Name: 'Acme', OwnerId: rep.userId });
    task({ WhatId: mine, Subject: 'Shared', OwnerId: other.userId });
    expect(subjects('OpenActivities', mine, rep)).toEqual(['Shared']);
    expect(subjects('OpenActivities', mine, other)).toEqual([]);
  });
});

it('jsforce reads activities through their record only, and describes them as lists', async () => {
  await using org = await startTestOrg();
  const { connection } = org;
  const { id } = await connection.sobject('Lead').create({ LastName: 'Bell', Company: 'Acme' });
  await connection.sobject('Task').create({ WhoId: String(id), Subject: 'Call' });
  const { records } = await connection.query('SELECT Name, (SELECT Subject FROM OpenActivities) FROM Lead');
  expect(records).toMatchObject([{ Name: 'Bell', OpenActivities: { totalSize: 1, records: [{ Subject: 'Call' }] } }]);
  await expect(connection.query('SELECT Id FROM OpenActivity')).rejects.toMatchObject({
    errorCode: 'INVALID_TYPE_FOR_OPERATION',
    message: 'entity type OpenActivity does not support query',
  });
  expect(await connection.sobject('ActivityHistory').describe()).toMatchObject({
    queryable: false,
    createable: false,
    keyPrefix: null,
  });
  const { childRelationships } = await connection.sobject('Account').describe();
  expect(childRelationships.filter((each) => each.childSObject === 'OpenActivity')).toMatchObject([
    { field: 'AccountId', relationshipName: 'OpenActivities' },
  ]);
});
