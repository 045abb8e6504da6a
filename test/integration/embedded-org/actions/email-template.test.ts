import { describe, expect, it } from 'vitest';
import { insertRow } from '../../../support/org-people.ts';
import { startTestOrg, type TestOrg } from '../wire/running-org.ts';

const PATH = '/services/data/v60.0/actions/standard/emailSimple';

/** The codes of the answers, or `sent`. */
async function send(org: TestOrg, ...inputs: readonly object[]): Promise<unknown[]> {
  const { body } = await org.send('POST', PATH, { inputs });
  return (body as { errors: { statusCode: string }[] | null }[]).map(({ errors }) => errors?.[0]?.statusCode ?? 'sent');
}

const mails = async (org: TestOrg): Promise<unknown> =>
  ((await org.send('GET', '/services/embedded/outbox')).body as { mails: unknown }).mails;

const template = (org: TestOrg, Name: string, values: object): string =>
  insertRow(org.org, org.org.system(), 'EmailTemplate', {
    Name,
    DeveloperName: Name,
    Subject: 'News',
    IsActive: true,
    TemplateType: 'html',
    FolderId: org.org.core.organizationId,
    ...values,
  });

describe('an email template', () => {
  it('gives subject and body, if it is there', async () => {
    await using org = await startTestOrg();
    const input = { emailAddresses: 'ada@engine.example' };
    const emailTemplateId = template(org, 'Plain', { HtmlValue: '<p>Hi</p>' });
    expect(await send(org, { ...input, emailTemplateId }, { ...input, emailTemplateId: '00X000000000001' })).toEqual([
      'sent',
      'INVALID_ID_FIELD',
    ]);
    expect(await mails(org)).toMatchObject([{ subject: 'News', body: '<p>Hi</p>', isHtml: true }]);
  });

  it('is filled from the recipient, the related record, the sender and the organization', async () => {
    await using org = await startTestOrg();
    const system = org.org.system();
    const person = { FirstName: 'Ada', LastName: 'Bell & Co', Email: 'ada@engine.example' };
    const recipientId = insertRow(org.org, system, 'Lead', { ...person, Company: 'Engine' });
    const relatedRecordId = insertRow(org.org, system, 'Campaign', { Name: 'Spring' });
    const classic = template(org, 'Classic', {
      Subject: '{!Lead.LastName}: {!Campaign.Name}',
      HtmlValue: '<p>{!Lead.FirstName} {!Lead.LastName}{!Lead.Title}, {! User.Email } of {!Organization.Name}</p>',
    });
    const lightning = template(org, 'Lightning', {
      HtmlValue: '',
      Body: 'Hi {{{Recipient.FirstName}}}, {{{Sender.Email}}}',
    });
    const mail = { recipientId, relatedRecordId };
    expect(await send(org, { ...mail, emailTemplateId: classic }, { ...mail, emailTemplateId: lightning })).toEqual([
      'sent',
      'sent',
    ]);
    expect(await mails(org)).toMatchObject([
      {
        subject: 'Bell & Co: Spring',
        body: '<p>Ada Bell &amp; Co, admin@accord.example of Accord Embedded Org</p>',
        isHtml: true,
      },
      { body: 'Hi Ada, admin@accord.example', isHtml: false },
    ]);
  });

  it('is not sent with a gap: another object, an unknown field, a formula', async () => {
    await using org = await startTestOrg();
    const person = { LastName: 'Bell', Company: 'Engine', Email: 'ada@engine.example' };
    const recipientId = insertRow(org.org, org.org.system(), 'Lead', person);
    const texts = ['{!Contact.FirstName}', '{!Lead.Nope__c}', '{!IF(true, "a", "b")}', '{{{Recipient}}}', '{{#if a}}'];
    const ids = texts.map((HtmlValue, index) => template(org, `T${index}`, { HtmlValue }));
    const codes = await send(org, ...ids.map((emailTemplateId) => ({ recipientId, emailTemplateId })));
    expect(codes).toEqual(texts.map(() => 'INVALID_INPUT'));
    expect(await mails(org)).toEqual([]);
  });
});
