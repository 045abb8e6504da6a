import { describe, expect, it } from 'vitest';
import { insertRow } from '../../../support/org-people.ts';
import { addUser, startTestOrg, type TestOrg } from '../wire/running-org.ts';

const MAIL = { emailAddresses: 'ada@engine.example', emailSubject: 'Hello', emailBody: 'How are you?' };
const PATH = '/services/data/v60.0/actions/standard/emailSimple';

type Result = {
  readonly isSuccess: boolean;
  readonly errors: readonly { statusCode: string; message: string }[] | null;
};
type Outbox = { readonly mails: readonly Record<string, unknown>[] };

async function send(
  org: TestOrg,
  inputs: readonly object[],
  path = PATH,
  headers = {},
): Promise<{ status: number; results: Result[] }> {
  const { status, body } = await org.send('POST', path, { inputs }, headers);
  return { status, results: body as Result[] };
}

const mailsOf = async (org: TestOrg): Promise<Outbox['mails']> =>
  ((await org.send('GET', '/services/embedded/outbox')).body as Outbox).mails;

const codesOf = (results: readonly Result[]): unknown[] =>
  results.map(({ errors }) => errors?.[0]?.statusCode ?? 'sent');

const query = async (org: TestOrg, soql: string): Promise<Record<string, unknown>[]> =>
  (await org.connection.query<Record<string, unknown>>(soql)).records;

describe('emailSimple', () => {
  it('sends with unmodified jsforce, into the outbox and onto no network', async () => {
    await using org = await startTestOrg();
    const answer = await org.connection.requestPost('/actions/standard/emailSimple', {
      inputs: [
        {
          recipientAddresses: ['ada@engine.example', 'bob@engine.example'],
          ccAddresses: 'eve@engine.example',
          emailSubject: 'Hello',
          emailBody: '<b>Hi</b>\nthere',
          sendRichBody: true,
          useLineBreaks: true,
        },
      ],
    });
    expect(answer).toEqual([
      {
        actionName: 'emailSimple',
        errors: null,
        invocationId: null,
        isSuccess: true,
        outcome: null,
        outputValues: null,
        sortOrder: -1,
        version: 1,
      },
    ]);
    expect(await mailsOf(org)).toMatchObject([
      {
        from: 'admin@accord.example',
        to: ['ada@engine.example', 'bob@engine.example'],
        cc: ['eve@engine.example'],
        bcc: [],
        subject: 'Hello',
        body: '<b>Hi</b><br>there',
        isHtml: true,
        emailMessageId: null,
      },
    ]);
    expect(await query(org, 'SELECT Id FROM EmailMessage')).toEqual([]);
  });

  it('answers each input by itself: 200 for all, 400 for none, 207 for some', async () => {
    await using org = await startTestOrg();
    const bad = { ...MAIL, emailAddresses: 'nobody' };
    const all = await send(org, [MAIL, MAIL]);
    const none = await send(org, [bad]);
    const some = await send(org, [bad, MAIL, { ...MAIL, emailSubject: '' }]);
    expect([all.status, none.status, some.status]).toEqual([200, 400, 207]);
    expect(codesOf(some.results)).toEqual(['INVALID_EMAIL_ADDRESS', 'sent', 'MISSING_ARGUMENT']);
    expect(await mailsOf(org)).toHaveLength(3);
  });

  it('has the inputs and the number of recipients of the API version', async () => {
    await using org = await startTestOrg();
    const six = Array.from({ length: 6 }, (_, i) => `p${i}@engine.example`);
    const inputs = [{ ...MAIL, emailAddresses: six.join(',') }];
    const at = (version: number) => `/services/data/v${version}.0/actions/standard/emailSimple`;
    expect(codesOf((await send(org, inputs, at(63))).results)).toEqual(['LIMIT_EXCEEDED']);
    expect(codesOf((await send(org, inputs, at(64))).results)).toEqual(['sent']);
    expect(codesOf((await send(org, inputs, at(65))).results)).toEqual(['INVALID_API_INPUT']);
    expect(codesOf((await send(org, [{ ...MAIL, ccRecipientAddressList: 'a@b.example' }], at(61))).results)).toEqual([
      'INVALID_API_INPUT',
    ]);
    const { body } = await org.send('GET', at(65));
    const names = (body as { inputs: { name: string }[] }).inputs.map(({ name }) => name);
    expect(names).toContain('recipientAddresses');
    expect(names).not.toContain('emailAddresses');
  });

  it('logs on recipient and record what it is asked to log', async () => {
    await using org = await startTestOrg();
    const system = org.org.system();
    const contact = insertRow(org.org, system, 'Contact', { LastName: 'Lovelace', Email: 'ada@engine.example' });
    const campaign = insertRow(org.org, system, 'Campaign', { Name: 'Spring' });
    const { results } = await send(org, [
      { emailSubject: 'Hello', emailBody: 'Hi', recipientId: contact, relatedRecordId: campaign, logEmailOnSend: true },
    ]);
    expect(codesOf(results)).toEqual(['sent']);
    const [message] = await query(
      org,
      'SELECT Id, Subject, TextBody, ToAddress, Status, Incoming, RelatedToId, ActivityId, CreatedById FROM EmailMessage',
    );
    expect(message).toMatchObject({
      Subject: 'Hello',
      TextBody: 'Hi',
      ToAddress: 'ada@engine.example',
      Status: '3',
      Incoming: false,
      RelatedToId: campaign,
    });
    const [task] = await query(org, 'SELECT Id, Subject, WhoId, WhatId, Status, TaskSubtype, OwnerId FROM Task');
    expect(task).toMatchObject({
      Id: message?.['ActivityId'],
      Subject: 'Email: Hello',
      WhoId: contact,
      WhatId: campaign,
      Status: 'Completed',
      TaskSubtype: 'Email',
      OwnerId: message?.['CreatedById'],
    });
    const relations = await query(
      org,
      'SELECT RelationType, RelationId FROM EmailMessageRelation ORDER BY RelationType',
    );
    expect(relations).toMatchObject([
      { RelationType: 'ToAddress', RelationId: contact },
      { RelationType: 'FromAddress' },
    ]);
    expect(await mailsOf(org)).toMatchObject([{ emailMessageId: message?.['Id'] }]);
  });

  it('sends no mail that is to be logged on a lead together with another record, as no activity may be', async () => {
    await using org = await startTestOrg();
    const system = org.org.system();
    const recipientId = insertRow(org.org, system, 'Lead', { LastName: 'L', Company: 'E', Email: 'l@engine.example' });
    const relatedRecordId = insertRow(org.org, system, 'Campaign', { Name: 'Spring' });
    const mail = { emailSubject: 'Hello', emailBody: 'Hi', recipientId, relatedRecordId, logEmailOnSend: true };
    expect(codesOf((await send(org, [mail])).results)).toEqual(['FIELD_INTEGRITY_EXCEPTION']);
    expect(await mailsOf(org)).toEqual([]);
  });

  it('logs on a lead alone, found from it and its memberships, which are what ties the mail to a campaign', async () => {
    await using org = await startTestOrg();
    const system = org.org.system();
    const lead = insertRow(org.org, system, 'Lead', { LastName: 'L', Company: 'E', Email: 'l@engine.example' });
    const campaign = insertRow(org.org, system, 'Campaign', { Name: 'Spring' });
    insertRow(org.org, system, 'CampaignMember', { CampaignId: campaign, LeadId: lead });
    const mail = { emailSubject: 'Hello', emailBody: 'Hi', recipientId: lead };
    const { results } = await send(org, [
      { ...mail, logEmailOnSend: true },
      { ...mail, relatedRecordId: campaign },
    ]);
    expect(codesOf(results)).toEqual(['sent', 'sent']);
    const [message, ...others] = await query(org, 'SELECT ActivityId, RelatedToId FROM EmailMessage');
    expect([message, others]).toMatchObject([{ RelatedToId: null }, []]);
    const activity = await query(
      org,
      `SELECT WhoId, WhatId, IsClosed FROM Task WHERE Id = '${String(message?.['ActivityId'])}' AND WhoId IN
       (SELECT LeadId FROM CampaignMember WHERE CampaignId = '${campaign}')`,
    );
    expect(activity).toMatchObject([{ WhoId: lead, WhatId: null, IsClosed: true }]);
    const sentTo = `SELECT EmailMessageId FROM EmailMessageRelation WHERE RelationId = '${lead}' AND RelationType = 'ToAddress'`;
    expect(await query(org, sentTo)).toHaveLength(1);
  });

  it('counts external addresses to the day limit that the kind of mail has, and refuses beyond it', async () => {
    await using org = await startTestOrg();
    const lead = insertRow(org.org, org.org.system(), 'Lead', {
      LastName: 'Lovelace',
      Company: 'Engine',
      Email: 'ada@engine.example',
    });
    await org.send('POST', '/services/embedded/limits', { SingleEmail: { max: 2 }, DailyWorkflowEmails: { max: 3 } });
    const logged = { emailSubject: 'Hello', emailBody: 'Hi', recipientId: lead, logEmailOnSend: true };
    const internal = { ...MAIL, emailAddresses: 'admin@accord.example' };
    const { results } = await send(org, [
      logged,
      logged,
      logged,
      MAIL,
      internal,
      { ...MAIL, emailAddresses: 'a@b.example,c@d.example,e@f.example' },
    ]);
    expect(codesOf(results)).toEqual(['sent', 'sent', 'SINGLE_EMAIL_LIMIT_EXCEEDED', 'sent', 'sent', 'LIMIT_EXCEEDED']);
    expect((await org.send('GET', 'limits')).body).toMatchObject({
      SingleEmail: { Remaining: 0 },
      DailyWorkflowEmails: { Remaining: 2 },
    });
    expect(await query(org, 'SELECT Id FROM EmailMessage')).toHaveLength(2);
  });

  it('refuses a sender whose address is not verified, until it is', async () => {
    await using org = await startTestOrg();
    await org.send('POST', '/services/embedded/senders', { unverify: ['Admin@accord.example'] });
    expect(codesOf((await send(org, [MAIL])).results)).toEqual(['UNVERIFIED_SENDER_ADDRESS']);
    await org.send('POST', '/services/embedded/senders', { verify: ['admin@accord.example'] });
    expect(codesOf((await send(org, [MAIL])).results)).toEqual(['sent']);
    expect(await mailsOf(org)).toHaveLength(1);
  });

  it('sends from an organization-wide address that everybody may use, and from no other', async () => {
    await using org = await startTestOrg();
    const system = org.org.system();
    insertRow(org.org, system, 'OrgWideEmailAddress', {
      Address: 'news@northwind.example',
      DisplayName: 'News',
      IsAllowAllProfiles: true,
    });
    insertRow(org.org, system, 'OrgWideEmailAddress', { Address: 'closed@northwind.example', DisplayName: 'Closed' });
    const from = (senderAddress?: string) => ({
      ...MAIL,
      senderType: 'OrgWideEmailAddress',
      ...(senderAddress === undefined ? {} : { senderAddress }),
    });
    const { results } = await send(org, [
      from('news@northwind.example'),
      from('closed@northwind.example'),
      from('gone@northwind.example'),
      from(),
      { ...MAIL, senderType: 'DefaultWorkflowUser' },
      { ...MAIL, senderType: 'Anybody' },
    ]);
    expect(codesOf(results)).toEqual([
      'sent',
      'INVALID_INPUT',
      'INVALID_INPUT',
      'MISSING_ARGUMENT',
      'INVALID_INPUT',
      'INVALID_INPUT',
    ]);
    expect(await mailsOf(org)).toMatchObject([{ from: 'news@northwind.example', fromName: 'News' }]);
  });

  it('sends nothing to a person whom the sender may not see, nor to one without an address', async () => {
    await using org = await startTestOrg();
    const system = org.org.system();
    const silent = insertRow(org.org, system, 'Lead', { LastName: 'Silent', Company: 'Engine' });
    const integration = addUser(org, 'service@northwind.example', 'Minimum Access - API Only Integrations');
    const mail = { emailSubject: 'Hello', emailBody: 'Hi' };
    const { results } = await send(org, [
      { ...mail, recipientId: silent },
      { ...mail, recipientId: '00Q000000000001' },
      { ...mail, recipientId: org.org.core.organizationId },
      mail,
    ]);
    expect(codesOf(results)).toEqual(['INVALID_ID_FIELD', 'INVALID_ID_FIELD', 'INVALID_ID_FIELD', 'MISSING_ARGUMENT']);
    const token = org.sessions.create(integration);
    const refused = await send(org, [MAIL], PATH, { authorization: `Bearer ${token}` });
    expect(codesOf(refused.results)).toEqual(['INSUFFICIENT_ACCESS']);
    expect(await mailsOf(org)).toEqual([]);
  });

  it('is no part of a composite request, which might have to take it back', async () => {
    await using org = await startTestOrg();
    const mail = { method: 'POST', url: PATH, referenceId: 'mail', body: { inputs: [MAIL] } };
    expect(await org.send('POST', 'composite', { compositeRequest: [mail] })).toMatchObject({
      body: { compositeResponse: [{ httpStatusCode: 400, body: [{ errorCode: 'INVALID_INPUT' }] }] },
    });
    expect(await mailsOf(org)).toEqual([]);
  });
});
