import { beforeEach, describe, expect, it } from 'vitest';
import type { LeadConversion, UserContext } from '../../../../src/embedded-org/data/types.ts';
import { openTestOrg, type TestOrg } from '../../../support/test-org.ts';

const DML = { allOrNone: false, autoAssign: false, apiVersion: 68 };
const CONVERTED = 'Closed - Converted';

let test: TestOrg;
let leadId: string;
beforeEach(() => {
  test = openTestOrg();
  leadId = test.create('Lead', {
    FirstName: 'Ada',
    LastName: 'Bell',
    Company: 'Acme',
    City: 'Oslo',
    Email: 'ada@acme.example',
    LeadSource: 'Web',
    NumberOfEmployees: 70,
    HasOptedOutOfEmail: true,
    OwnerId: test.admin.userId,
  });
  return () => test.org.close();
});

const convert = (conversion: Partial<LeadConversion> = {}, user: UserContext = test.admin) =>
  test.org.convertLead(user, { leadId, convertedStatus: CONVERTED, ...conversion }, DML);
const refusal = (conversion: Partial<LeadConversion>) => convert(conversion).errors[0]?.statusCode;

describe('lead conversion', () => {
  it('is the only way to a converted lead', () => {
    const lead = { LastName: 'Bell', Company: 'Acme' };
    expect(test.insert('Lead', { ...lead, IsConverted: true, Status: CONVERTED }).errors).toMatchObject([
      { statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['IsConverted'] },
    ]);
    expect(test.insert('Lead', { ...lead, IsConverted: false }).success).toBe(true);
    for (const written of [{ IsConverted: true }, { ConvertedDate: '2026-06-15' }, { ConvertedAccountId: null }]) {
      expect(test.update('Lead', { Id: leadId, ...written }).errors).toMatchObject([
        { statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: Object.keys(written) },
      ]);
    }
    expect(test.query('SELECT Id FROM Lead WHERE IsConverted = true')).toEqual([]);
  });

  it('makes an account, a contact and an opportunity of the lead', () => {
    const { success, accountId, contactId, opportunityId } = convert();
    expect(success).toBe(true);
    expect(test.query('SELECT Id, Name, BillingCity, AccountSource, NumberOfEmployees FROM Account')).toEqual([
      { Id: accountId, Name: 'Acme', BillingCity: 'Oslo', AccountSource: 'Web', NumberOfEmployees: 70 },
    ]);
    expect(test.query('SELECT Id, Name, AccountId, Email, HasOptedOutOfEmail, MailingCity FROM Contact')).toEqual([
      {
        Id: contactId,
        Name: 'Ada Bell',
        AccountId: accountId,
        Email: 'ada@acme.example',
        HasOptedOutOfEmail: true,
        MailingCity: 'Oslo',
      },
    ]);
    expect(test.query('SELECT Id, Name, StageName, CloseDate, AccountId, OwnerId FROM Opportunity')).toEqual([
      {
        Id: opportunityId,
        Name: 'Acme',
        StageName: 'Prospecting',
        CloseDate: '2026-06-30',
        AccountId: accountId,
        OwnerId: test.admin.userId,
      },
    ]);
    expect(test.query('SELECT ContactId, IsPrimary FROM OpportunityContactRole')).toEqual([
      { ContactId: contactId, IsPrimary: true },
    ]);
    expect(
      test.query(
        'SELECT Status, IsConverted, ConvertedDate, ConvertedAccountId, ConvertedContactId, ConvertedOpportunityId FROM Lead',
      ),
    ).toEqual([
      {
        Status: CONVERTED,
        IsConverted: true,
        ConvertedDate: '2026-06-15',
        ConvertedAccountId: accountId,
        ConvertedContactId: contactId,
        ConvertedOpportunityId: opportunityId,
      },
    ]);
    expect(test.query("SELECT OldValue, NewValue FROM LeadHistory WHERE Field = 'leadConverted'")).toEqual([
      { OldValue: null, NewValue: null },
    ]);
  });

  it('moves activities to the contact and the opportunity, and gives memberships the contact', () => {
    const task = test.create('Task', {
      WhoId: leadId,
      Subject: 'Call',
      Status: 'Completed',
      ActivityDate: '2026-06-10',
    });
    const campaign = test.create('Campaign', { Name: 'Webinar' });
    test.create('CampaignMember', { CampaignId: campaign, LeadId: leadId, Status: 'Responded' });
    const { accountId, contactId, opportunityId } = convert();
    expect(test.query('SELECT Id, WhoId, WhatId, AccountId FROM Task')).toEqual([
      { Id: task, WhoId: contactId, WhatId: opportunityId, AccountId: accountId },
    ]);
    expect(test.query('SELECT LeadId, ContactId, Status, Type FROM CampaignMember')).toEqual([
      { LeadId: leadId, ContactId: contactId, Status: 'Responded', Type: 'Contact' },
    ]);
    expect(test.query('SELECT LastActivityDate FROM Contact')).toEqual([{ LastActivityDate: '2026-06-10' }]);
    expect(test.query('SELECT CampaignId FROM Opportunity')).toEqual([{ CampaignId: campaign }]);
  });

  it('fills only empty fields of existing records, and makes no opportunity if none is wanted', () => {
    const accountId = test.create('Account', { Name: 'Acme Inc', BillingCity: 'Bergen' });
    const contactId = test.create('Contact', { LastName: 'Bell', AccountId: accountId, LeadSource: 'Other' });
    expect(convert({ accountId, contactId, doNotCreateOpportunity: true })).toMatchObject({
      success: true,
      accountId,
      contactId,
      opportunityId: undefined,
    });
    expect(test.query('SELECT Name, BillingCity, NumberOfEmployees FROM Account')).toEqual([
      { Name: 'Acme Inc', BillingCity: 'Bergen', NumberOfEmployees: 70 },
    ]);
    expect(test.query('SELECT FirstName, LeadSource FROM Contact')).toEqual([
      { FirstName: 'Ada', LeadSource: 'Other' },
    ]);
    expect(test.query('SELECT Id FROM Opportunity')).toEqual([]);
  });

  it('refuses wrong input and leaves nothing behind', () => {
    const accountId = test.create('Account', { Name: 'Elsewhere' });
    const contactId = test.create('Contact', { LastName: 'Other' });
    expect(refusal({ convertedStatus: 'Open - Not Contacted' })).toBe('INVALID_STATUS');
    expect(refusal({ convertedStatus: '' })).toBe('REQUIRED_FIELD_MISSING');
    expect(refusal({ contactId })).toBe('REQUIRED_FIELD_MISSING');
    expect(refusal({ accountId, contactId })).toBe('INVALID_CROSS_REFERENCE_KEY');
    expect(refusal({ leadId: '00QAc0000000099' })).toBe('INVALID_CROSS_REFERENCE_KEY');
    expect(test.query('SELECT Id FROM Account')).toHaveLength(1);
    convert();
    expect(refusal({})).toBe('CANNOT_UPDATE_CONVERTED_LEAD');
  });

  it('needs a user as owner where a queue owns the lead', () => {
    const queue = test.create('Group', { Name: 'Inbound', Type: 'Queue' });
    test.create('QueueSobject', { QueueId: queue, SobjectType: 'Lead' });
    test.update('Lead', { Id: leadId, OwnerId: queue });
    expect(convert().errors[0]?.message).toContain('can only be owned by users');
    const rep = test.createUser('Rep');
    const { contactId } = convert({ ownerId: rep.userId });
    expect(test.query('SELECT Id, OwnerId FROM Contact')).toEqual([{ Id: contactId, OwnerId: rep.userId }]);
  });

  it('takes the permission Convert Leads', () => {
    const integration = test.createUser('Robot', 'Minimum Access - API Only Integrations');
    expect(() => convert({}, integration)).toThrow(/not supported|insufficient access/);
  });

  it('makes the lead read-only, also for activities and memberships', () => {
    convert();
    expect(test.insert('Task', { WhoId: leadId, Subject: 'Call' }, test.admin).errors[0]?.statusCode).toBe(
      'CANNOT_UPDATE_CONVERTED_LEAD',
    );
    expect(test.update('Lead', { Id: leadId, Company: 'New' }, test.admin).errors[0]?.statusCode).toBe(
      'CANNOT_UPDATE_CONVERTED_LEAD',
    );
  });
});
