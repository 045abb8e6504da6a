import { beforeEach, describe, expect, it } from 'vitest';
import { openTestOrg, type TestOrg } from '../../../support/test-org.ts';

let test: TestOrg;
let leadId: string;
beforeEach(() => {
  test = openTestOrg();
  leadId = test.create('Lead', { FirstName: 'Ada', LastName: 'Bell', Company: 'Acme' });
  return () => test.org.close();
});

describe('campaigns', () => {
  it('start with the statuses Sent and Responded', () => {
    test.insert('Campaign', { Name: 'Webinar' }, test.admin);
    expect(test.query('SELECT Label, IsDefault, HasResponded FROM CampaignMemberStatus ORDER BY SortOrder')).toEqual([
      { Label: 'Sent', IsDefault: true, HasResponded: false },
      { Label: 'Responded', IsDefault: false, HasResponded: true },
    ]);
  });

  it('need the user flag Marketing User', () => {
    const rep = test.createUser('Rep', 'System Administrator');
    expect(test.insert('Campaign', { Name: 'Mine' }, rep).errors[0]?.statusCode).toBe(
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    );
    test.update('User', { Id: rep.userId, UserPermissionsMarketingUser: true });
    expect(test.insert('Campaign', { Name: 'Mine' }, test.org.user(rep.userId)).success).toBe(true);
  });

  it('hold a person once, with a status that says whether they responded and when first', () => {
    const campaign = test.create('Campaign', { Name: 'Webinar' });
    const member = test.create('CampaignMember', { CampaignId: campaign, LeadId: leadId });
    const read = () => test.query('SELECT Status, HasResponded, FirstRespondedDate FROM CampaignMember')[0];
    expect(read()).toEqual({ Status: 'Sent', HasResponded: false, FirstRespondedDate: null });
    expect(test.insert('CampaignMember', { CampaignId: campaign, LeadId: leadId }).errors[0]).toMatchObject({
      statusCode: 'DUPLICATE_VALUE',
      message: 'Already a campaign member.',
    });
    test.update('CampaignMember', { Id: member, Status: 'Responded' });
    expect(read()).toEqual({ Status: 'Responded', HasResponded: true, FirstRespondedDate: '2026-06-15' });
  });

  it('give a new member the default status of the campaign', () => {
    const campaign = test.create('Campaign', { Name: 'Webinar' });
    test.create('CampaignMemberStatus', { CampaignId: campaign, Label: 'Invited', IsDefault: true });
    test.create('CampaignMember', { CampaignId: campaign, LeadId: leadId, Status: 'Unheard of' });
    expect(test.query('SELECT Status FROM CampaignMember')).toEqual([{ Status: 'Invited' }]);
    expect(test.query('SELECT Label FROM CampaignMemberStatus WHERE IsDefault = true')).toEqual([{ Label: 'Invited' }]);
  });
});

describe('statuses of a campaign', () => {
  it('have each label once, in any case', () => {
    const [one, other] = [test.create('Campaign', { Name: 'One' }), test.create('Campaign', { Name: 'Other' })];
    const add = (CampaignId: string, Label: string) => test.insert('CampaignMemberStatus', { CampaignId, Label });
    expect(add(one, 'sent').errors).toMatchObject([{ statusCode: 'DUPLICATE_VALUE', fields: ['Label'] }]);
    const invited = add(one, 'Invited').id;
    expect(add(other, 'Invited').success).toBe(true);
    const put = (Label: string) => test.update('CampaignMemberStatus', { Id: invited, Label });
    expect(put('Sent').errors[0]?.statusCode).toBe('DUPLICATE_VALUE');
    expect(put('INVITED').success).toBe(true);
  });
});

describe('activities', () => {
  it('move LastActivityDate and SystemModstamp of their person when closed, not LastModifiedDate', () => {
    const task = test.create('Task', { WhoId: leadId, Subject: 'Call', ActivityDate: '2026-06-10' });
    const read = () => test.query('SELECT LastActivityDate, SystemModstamp, LastModifiedDate FROM Lead')[0];
    expect(read()).toMatchObject({ LastActivityDate: null });
    test.clock.advance(60_000);
    test.update('Task', { Id: task, Status: 'Completed' });
    expect(read()).toEqual({
      LastActivityDate: '2026-06-10',
      SystemModstamp: '2026-06-15T12:01:00.000+0000',
      LastModifiedDate: '2026-06-15T12:00:00.000+0000',
    });
    expect(test.query('SELECT IsClosed, CompletedDateTime FROM Task')).toEqual([
      { IsClosed: true, CompletedDateTime: '2026-06-15T12:01:00.000+0000' },
    ]);
  });

  it('are archived a year after they ended, where only queryAll sees them', () => {
    const create = (day: string, more: object) =>
      test.create('Task', { WhoId: leadId, Subject: day, ActivityDate: day, ...more });
    create('2025-06-01', { Status: 'Completed' });
    create('2025-06-02', { Status: 'Not Started' });
    create('2025-06-20', { Status: 'Completed' });
    test.create('Event', {
      WhoId: leadId,
      Subject: 'Demo',
      StartDateTime: '2025-01-01T09:00:00Z',
      DurationInMinutes: 5,
    });
    const subjects = (includeDeleted: boolean) =>
      ['Task', 'Event'].flatMap((name) =>
        test.org
          .query(test.admin, `SELECT Subject, IsArchived FROM ${name}`, { includeDeleted, apiVersion: 68 })
          .page(0, 10)
          .map((row) => `${String(row['Subject'])} ${String(row['IsArchived'])}`),
      );
    expect(subjects(false)).toEqual(['2025-06-02 false', '2025-06-20 false']);
    expect(subjects(true)).toEqual(['2025-06-01 true', '2025-06-02 false', '2025-06-20 false', 'Demo true']);
    expect(test.query('SELECT (SELECT Id FROM Tasks) FROM Lead')[0]?.['Tasks']).toMatchObject({ totalSize: 2 });
    expect(test.query('SELECT LastActivityDate FROM Lead')).toEqual([{ LastActivityDate: '2025-06-20' }]);
  });

  it('of a lead concern no other record, those of a contact may', () => {
    const matter = test.create('Account', { Name: 'Acme' });
    const contact = test.create('Contact', { LastName: 'Bell' });
    for (const [name, more] of [
      ['Task', { Subject: 'Call' }],
      ['Event', { StartDateTime: '2026-06-20T09:00:00Z', DurationInMinutes: 30 }],
    ] as const) {
      const refused = [{ statusCode: 'FIELD_INTEGRITY_EXCEPTION', fields: ['WhatId'] }];
      expect(test.insert(name, { ...more, WhoId: leadId, WhatId: matter }).errors).toMatchObject(refused);
      const id = test.create(name, { ...more, WhoId: leadId });
      expect(test.update(name, { Id: id, WhatId: matter }).errors).toMatchObject(refused);
      expect(test.update(name, { Id: id, WhoId: contact, WhatId: matter }).success).toBe(true);
    }
  });

  it('count only up to today', () => {
    test.create('Task', { WhoId: leadId, Subject: 'Call', Status: 'Completed', ActivityDate: '2026-12-24' });
    expect(test.query('SELECT LastActivityDate FROM Lead')).toEqual([{ LastActivityDate: null }]);
  });

  it('work out the end of an event from its duration', () => {
    test.create('Event', {
      WhoId: leadId,
      Subject: 'Demo',
      StartDateTime: '2026-06-20T09:00:00Z',
      DurationInMinutes: 30,
    });
    expect(test.query('SELECT EndDateTime, ActivityDate FROM Event')).toEqual([
      { EndDateTime: '2026-06-20T09:30:00.000+0000', ActivityDate: '2026-06-20' },
    ]);
    expect(test.insert('Event', { Subject: 'When?' }).errors[0]?.statusCode).toBe('REQUIRED_FIELD_MISSING');
  });
});

describe('history', () => {
  it('records the creation, a change of a tracked field, and an owner by name and by id', () => {
    const rep = test.createUser('Rep');
    test.update('Lead', { Id: leadId, Status: 'Working - Contacted', Title: 'CEO', OwnerId: rep.userId });
    const rows = test.query('SELECT Field, OldValue, NewValue, LeadId FROM LeadHistory ORDER BY Id');
    const system = test.org.system();
    expect(rows).toEqual([
      { Field: 'created', OldValue: null, NewValue: null, LeadId: leadId },
      { Field: 'Status', OldValue: 'Open - Not Contacted', NewValue: 'Working - Contacted', LeadId: leadId },
      { Field: 'Owner', OldValue: system.name, NewValue: 'Rep', LeadId: leadId },
      { Field: 'Owner', OldValue: system.userId, NewValue: rep.userId, LeadId: leadId },
    ]);
  });
});

describe('opportunities', () => {
  it('take the probability of their stage, and whether it is won', () => {
    const id = test.create('Opportunity', { Name: 'Big', StageName: 'Prospecting', CloseDate: '2026-12-31' });
    test.update('Opportunity', { Id: id, StageName: 'Closed Won' });
    expect(test.query('SELECT Probability, IsWon, IsClosed FROM Opportunity')).toEqual([
      { Probability: 100, IsWon: true, IsClosed: true },
    ]);
  });

  it('tell their fiscal period, and whether something is to be done about them', () => {
    const id = test.create('Opportunity', { Name: 'Big', StageName: 'Prospecting', CloseDate: '2026-11-30' });
    const read = () => test.query('SELECT Fiscal, HasOpenActivity, HasOverdueTask FROM Opportunity')[0];
    expect(read()).toEqual({ Fiscal: '2026 4', HasOpenActivity: false, HasOverdueTask: false });
    const meeting = { WhatId: id, Subject: 'Demo', StartDateTime: '2026-06-15T13:00:00Z', DurationInMinutes: 30 };
    test.create('Event', meeting);
    expect(read()).toMatchObject({ HasOpenActivity: true, HasOverdueTask: false });
    test.clock.advance(2 * 60 * 60_000);
    expect(read()).toMatchObject({ HasOpenActivity: false });
    const task = test.create('Task', { WhatId: id, Subject: 'Call', ActivityDate: '2026-06-14' });
    expect(read()).toMatchObject({ HasOpenActivity: true, HasOverdueTask: true });
    test.update('Task', { Id: task, Status: 'Completed' });
    expect(read()).toMatchObject({ HasOpenActivity: false, HasOverdueTask: false });
  });
});
