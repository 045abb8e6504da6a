import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CrmRecord, PortError } from '../../../../src/app/ports.ts';
import type { UserContext } from '../../../../src/embedded-org/data/types.ts';
import { addPerson, updateRow } from '../../../support/org-people.ts';
import { DEPLOY, packageXml, xml, zipOf } from '../../../support/test-org.ts';
import { AgreedOrg, agreementText } from '../agreed-org.ts';
import { examine, type ExamineOptions, idsOf } from './examined-org.ts';

describe('doctor', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    for (const Status of ['Open - Not Contacted', 'Working - Contacted']) {
      for (const NumberOfEmployees of [3, 60])
        org.addLead({ Status, NumberOfEmployees, Email: `${Status[0]}${NumberOfEmployees}@x.example` });
    }
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const found = async (options?: ExamineOptions): Promise<readonly string[]> => idsOf(await examine(org, options));
  const finding = async (id: string, options?: ExamineOptions) =>
    (await examine(org, options)).findings.find((each) => each.id === id);
  const update = (object: string, row: Record<string, unknown>): void =>
    expect(updateRow(org.running.org, org.running.org.system(), object, row)).toBeUndefined();
  const remove = (id: string): void => {
    const system = org.running.org.system();
    org.running.org.remove(system, [id], { allOrNone: true, autoAssign: false, apiVersion: 68 });
  };
  const deploy = async (files: Readonly<Record<string, string>>): Promise<void> => {
    const { success, messages } = await org.running.org.deploy(org.admin, await zipOf(files), DEPLOY);
    if (!success) throw new Error(JSON.stringify(messages));
  };
  const idOf = (soql: string): string => String(org.query(soql)[0]?.['Id']);

  it('says of every finding who puts it right and how, and puts those that block enforcement first', async () => {
    const lead = org.addLead({ OwnerId: org.addQueue('Q0') });
    const { findings, apiCalls, org: examined } = await examine(org);
    remove(lead);
    const ranks = findings.map((each) => ['blocks-enforce', 'warns', 'info'].indexOf(each.severity));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    expect(ranks[0]).toBe(0);
    for (const each of findings) {
      expect(each.fixedBy).not.toBe('');
      expect(each.how.length).toBeGreaterThan(15);
      expect(each.evidence.length).toBeGreaterThan(0);
      expect(JSON.stringify(each)).not.toMatch(/ana@|Lovelace/);
    }
    expect(examined).toMatchObject({ kind: 'production', edition: 'Developer Edition' });
    expect(apiCalls).toBeLessThan(60);
  });

  it('asks what the agreement leaves open, before anything about the org', async () => {
    const open = await finding('process-open-questions');
    expect(open?.evidence).toContain('At which stage does marketing hand a lead over? (process.handOff)');
    const text = agreementText()
      .replace(
        'rhythm: { expires: 90 days }',
        'rhythm: { expires: 90 days, review: monthly }\noutcome: { success: converted }',
      )
      .replace('parties: {', 'parties: { arbiter: ceo@northwind.example,')
      .concat(
        'process: { owners: { mql: sales }, handOff: { stage: mql }, reasons: [ { id: small, title: Too small } ] }\n',
      );
    const unended = await finding('process-open-questions', { text });
    expect(unended?.evidence).toEqual([
      expect.stringContaining('What becomes of a hand-off when sales closes the lead without converting it?'),
    ]);
    const ended = text
      .replace('facts:', 'facts:\n  status: { field: Lead.Status }')
      .replace(
        'handOff: { stage: mql',
        'handOff: { stage: mql, rejected: { all: [ { status: { is: Closed - Not Converted } } ] }',
      );
    expect(await found({ text: ended })).not.toContain('process-open-questions');
  });

  it('takes who asks for the service where it cannot see who is', async () => {
    const blind: ExamineOptions['answering'] = (crm) => ({
      query: (soql, options) =>
        soql.includes('FROM PermissionSetAssignment')
          ? Promise.reject(
              new PortError('missing', "sObject type 'PermissionSetAssignment' is not supported. (INVALID_TYPE)"),
            )
          : crm.query(soql, options),
      describe: (object) => (object === 'PermissionSetAssignment' ? Promise.resolve(undefined) : crm.describe(object)),
    });
    const ids = await found({ as: org.people.service, answering: blind });
    expect(ids).toEqual(
      expect.arrayContaining([
        'service-user-unseen',
        'activity-capture-unseen',
        'rights-holders-unseen',
        'signers-unseen',
      ]),
    );
    expect(ids.filter((id) => id === 'service-user-missing' || id === 'service-hidden-fields')).toEqual([]);
  });

  it('names leads of users who have left until somebody takes them', async () => {
    const leaver = addPerson(org.running.org, 'Leaver').userId;
    const lead = org.addLead({ OwnerId: leaver });
    update('User', { Id: leaver, IsActive: false });
    expect(await finding('leads-of-inactive-users')).toMatchObject({
      severity: 'blocks-enforce',
      evidence: ['1 of 5 open leads (20.0 %)'],
    });
    update('Lead', { Id: lead, OwnerId: org.people.ana.userId });
    expect(await found()).not.toContain('leads-of-inactive-users');
    remove(lead);
  });

  it('names leads of queues; below five in a hundred they only warn', async () => {
    const queue = org.addQueue('Inbound');
    const lead = org.addLead({ OwnerId: queue });
    expect(await finding('leads-of-queues')).toMatchObject({ severity: 'blocks-enforce' });
    const many = Array.from({ length: 20 }, () => org.addLead());
    expect(await finding('leads-of-queues')).toMatchObject({ severity: 'warns' });
    update('Lead', { Id: lead, OwnerId: org.people.ana.userId });
    expect(await found()).not.toContain('leads-of-queues');
    for (const each of [...many, lead]) remove(each);
  });

  it('names statuses that no lead has, and those that nobody can choose any more', async () => {
    expect((await finding('statuses-unused'))?.evidence).toEqual(['Closed - Converted, Closed - Not Converted']);
    const lead = org.addLead({ Status: 'Closed - Not Converted' });
    expect((await finding('statuses-unused'))?.evidence).toEqual(['Closed - Converted']);
    expect(await found()).not.toContain('statuses-inactive-in-use');
    update('Lead', { Id: lead, Status: 'Nurtured in 2019' });
    expect((await finding('statuses-inactive-in-use'))?.evidence).toEqual(['Nurtured in 2019: 1 lead']);
    remove(lead);
  });

  const withFact = (fact: string, when: string): string =>
    agreementText()
      .replace('facts:', `facts:\n  extra: ${fact}`)
      .replace('all: [ { employees', `all: [ ${when}, { employees`);

  it('names values in use that the agreement does not name', async () => {
    const text = withFact('{ field: Lead.LeadSource }', '{ extra: { in: [Web] } }');
    const lead = org.addLead({ LeadSource: 'Partner' });
    expect((await finding('values-not-agreed:LeadSource', { text }))?.evidence).toEqual(['Partner: 1 lead']);
    update('Lead', { Id: lead, LeadSource: 'Web' });
    expect(await found({ text })).not.toContain('values-not-agreed:LeadSource');
    remove(lead);
  });

  it('names facts whose field is blank everywhere, also where a form fills in a word for blank', async () => {
    const text = withFact('{ field: Lead.Industry, blank: [Select] }', '{ extra: { is: Banking } }');
    expect(await found({ text })).toContain('fact-always-blank:Industry');
    const lead = org.addLead({ Industry: 'Select' });
    expect(await found({ text })).toContain('fact-always-blank:Industry');
    update('Lead', { Id: lead, Industry: 'Banking' });
    expect(await found({ text })).not.toContain('fact-always-blank:Industry');
    remove(lead);
  });

  it('names facts whose field tells no lead from another', async () => {
    const text = withFact('{ field: Lead.Company }', '{ extra: { is: Engines } }');
    expect(await found({ text })).toContain('fact-always-same:Company');
    const lead = org.addLead({ Company: 'Compilers' });
    expect(await found({ text })).not.toContain('fact-always-same:Company');
    remove(lead);
  });

  it('names two facts of one field', async () => {
    const twice = withFact('{ field: Lead.NumberOfEmployees }', '{ extra: { atMost: 900 } }');
    expect((await finding('facts-duplicate:extra', { text: twice }))?.evidence).toEqual([
      'extra, employees read Lead.NumberOfEmployees',
    ]);
    expect((await found()).filter((id) => id.startsWith('facts-duplicate'))).toEqual([]);
  });

  it('names fields without a history until the org tracks them', async () => {
    expect((await finding('field-history-off'))?.evidence).toEqual(['NumberOfEmployees']);
    const { schema } = org.running.org.core;
    const lead = schema.find('Lead')!;
    const tracked = lead.fields.map((each) =>
      each.name === 'NumberOfEmployees' ? { ...each, trackHistory: true } : each,
    );
    schema.define({ ...lead, enableHistory: true, fields: tracked });
    expect(await found()).not.toContain('field-history-off');
    schema.define(lead);
  });

  it('names the automation that runs on leads, and says what it could not look at', async () => {
    const hidden = await finding('lead-automation-unseen');
    expect(hidden?.evidence).toEqual([
      "Flows and processes: sObject type 'FlowDefinitionView' is not supported. (INVALID_TYPE)",
      "Workflow rules: sObject type 'WorkflowRule' is not supported. (INVALID_TYPE)",
      "Validation rules: sObject type 'ValidationRule' is not supported. (INVALID_TYPE)",
      "Apex triggers: sObject type 'ApexTrigger' is not supported. (INVALID_TYPE)",
    ]);
    expect(await found()).not.toContain('lead-automation');
    const rule = (active: boolean): Readonly<Record<string, string>> => ({
      'package.xml': packageXml({ AssignmentRules: ['Lead'] }),
      'assignmentRules/Lead.assignmentRules': xml(
        'AssignmentRules',
        `<assignmentRule><fullName>Routing</fullName><active>${active}</active><ruleEntry>` +
          '<assignedTo>ana@northwind.example</assignedTo><assignedToType>User</assignedToType>' +
          '<formula>NumberOfEmployees &gt; 99999</formula></ruleEntry></assignmentRule>',
      ),
    });
    await deploy(rule(true));
    expect((await finding('lead-automation'))?.evidence).toEqual(['Assignment rules: Routing']);
    await deploy(rule(false));
    expect(await found()).not.toContain('lead-automation');
  });

  it('names flows, triggers and rules where the org shows them', async () => {
    const rows: Readonly<Record<string, readonly CrmRecord[]>> = {
      FlowDefinitionView: [{ ApiName: 'Route_Leads' }],
      ValidationRule: [{ ValidationName: 'Needs_Phone' }],
      WorkflowRule: [],
      ApexTrigger: [{ Name: 'LeadTrigger' }],
    };
    const report = await examine(org, {
      answering: (crm) => ({
        query: (soql, options) => {
          const [object, answer] = Object.entries(rows).find(([name]) => soql.includes(`FROM ${name} `)) ?? [];
          const tooling = object === 'ValidationRule' || object === 'WorkflowRule';
          if (answer && options?.tooling !== tooling) throw new PortError('missing', `${object} is not there`);
          return answer ? Promise.resolve(answer) : crm.query(soql, options);
        },
      }),
    });
    expect(report.findings.find((each) => each.id === 'lead-automation')?.evidence).toEqual([
      'Flows and processes: Route_Leads',
      'Validation rules: Needs_Phone',
      'Apex triggers: LeadTrigger',
    ]);
    expect(idsOf(report)).not.toContain('lead-automation-unseen');
  });

  const giveSet = (row: Record<string, unknown>, user: UserContext): string => {
    const set = org.add('PermissionSet', { Label: String(row['Name']), ...row });
    return org.add('PermissionSetAssignment', { AssigneeId: user.userId, PermissionSetId: set });
  };

  it('blocks enforcement while captured mail leaves no record', async () => {
    const held = giveSet({ Name: 'StandardEinsteinActivityCapture' }, org.people.ana);
    expect(await found()).toContain('activity-hidden');
    const mail = org.add('Task', { Subject: 'Mail', TaskSubtype: 'Email', Status: 'Completed' });
    expect(await found()).toEqual(expect.not.arrayContaining(['activity-hidden']));
    expect(await found()).toContain('activity-capture');
    remove(held);
    expect(await found()).not.toContain('activity-capture');
    remove(mail);
  });

  it('counts who may set audit fields or change all data, and names a service that can', async () => {
    const before = await finding('modify-all-holders');
    expect(before?.evidence).toEqual(['Modify All Data: 1 active user']);
    expect(await found()).not.toContain('audit-field-holders');
    const audit = giveSet({ Name: 'Migration', PermissionsCreateAuditFields: true }, org.people.ana);
    expect((await finding('audit-field-holders'))?.evidence).toEqual([
      'Set Audit Fields upon Record Creation: 1 active user',
    ]);
    remove(audit);
    expect(await found()).not.toContain('audit-field-holders');
    const might = giveSet(
      { Name: 'Might', PermissionsViewAllData: true, PermissionsModifyAllData: true },
      org.people.service,
    );
    expect(await found()).toContain('service-modifies-all');
    expect((await finding('modify-all-holders'))?.evidence).toEqual(['Modify All Data: 2 active users']);
    remove(might);
    expect(await found()).not.toContain('service-modifies-all');
  });

  it('names calendars in which clocks would run while nobody works', async () => {
    const all = ['business-hours-around-the-clock', 'business-hours-zone', 'holidays-missing'];
    expect(await found()).toEqual(expect.arrayContaining(all));
    const Id = idOf('SELECT Id FROM BusinessHours WHERE IsDefault = true');
    update('BusinessHours', { Id, SundayStartTime: null, SundayEndTime: null, TimeZoneSidKey: 'UTC' });
    const holiday = org.add('Holiday', { Name: 'Christmas', IsAllDay: true, ActivityDate: '2026-12-25' });
    expect((await found()).filter((id) => all.includes(id))).toEqual([]);
    update('BusinessHours', { Id, IsActive: false });
    expect(await found()).toContain('business-hours-missing');
    update('BusinessHours', { Id, IsActive: true });
    remove(holiday);
    expect(await found()).toContain('holidays-missing');
  });

  it('names what is hidden from the service, seen by an administrator as by the service itself', async () => {
    const profileId = idOf("SELECT Id FROM Profile WHERE Name = 'Minimum Access - API Only Integrations'");
    const robot = addPerson(org.running.org, 'Robot', { profileId, permissionSets: ['Accord_Service'] });
    for (const as of [org.admin, robot]) {
      const hidden = await finding('service-hidden-fields', { as });
      expect(hidden?.severity).toBe('blocks-enforce');
      expect(hidden?.evidence[0]).toContain('Lead.NumberOfEmployees');
    }
    expect((await finding('service-hidden-fields'))?.how).toBe(
      'Assign a permission set that gives them: Accord_Service_Org.',
    );
    const PermissionSetId = idOf("SELECT Id FROM PermissionSet WHERE Name = 'Accord_Service_Org'");
    org.add('PermissionSetAssignment', { AssigneeId: robot.userId, PermissionSetId });
    for (const as of [org.admin, org.running.org.user(robot.userId)]) {
      expect((await found({ as })).filter((id) => id.startsWith('service-'))).toEqual([]);
    }
    const own = `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '${robot.userId}'`;
    remove(idOf(`${own} AND PermissionSet.Name = 'Accord_Service'`));
  });

  it.each(['Account.AnnualRevenue', 'Account', 'Lead.ConvertedContactId'])(
    'blocks enforce while %s, which a fact needs, is hidden from the service',
    async (name) => {
      const text = agreementText().replace('facts:', 'facts:\n  revenue: { field: Account.AnnualRevenue }');
      const hiding: ExamineOptions['answering'] = (crm) => ({
        describe: async (object) => {
          const described = object === name ? undefined : await crm.describe(object);
          return (
            described && { ...described, fields: described.fields.filter((each) => `${object}.${each.name}` !== name) }
          );
        },
      });
      const hidden = await finding('service-hidden-fields', { as: org.people.service, text, answering: hiding });
      expect(hidden?.severity).toBe('blocks-enforce');
      expect(hidden?.evidence[0]).toContain(name);
      expect(await found({ as: org.people.service, text })).not.toContain('service-hidden-fields');
    },
  );

  it('names a service that cannot see the records it has to write', async () => {
    const hiding: ExamineOptions['answering'] = (crm) => ({
      describe: (object) => (object === 'Accord_Lead_State__c' ? Promise.resolve(undefined) : crm.describe(object)),
    });
    expect(await found({ as: org.people.service })).not.toContain('service-cannot-write');
    expect(await found({ as: org.people.service, answering: hiding })).toContain('service-cannot-write');
  });

  it('says so when nobody may run the service', async () => {
    const held = org.query(
      "SELECT Id, PermissionSetId FROM PermissionSetAssignment WHERE PermissionSet.Name = 'Accord_Service'",
    );
    for (const each of held) remove(String(each['Id']));
    expect(await found()).toContain('service-user-missing');
    org.add('PermissionSetAssignment', {
      AssigneeId: org.people.service.userId,
      PermissionSetId: held[0]?.['PermissionSetId'],
    });
    expect(await found()).not.toContain('service-user-missing');
  });

  it('names leads that the org has and the service does not see, by counting as the service and by its rights', async () => {
    const { schema } = org.running.org.core;
    const lead = schema.find('Lead')!;
    const profileId = idOf("SELECT Id FROM Profile WHERE Name = 'Minimum Access - API Only Integrations'");
    const robot = addPerson(org.running.org, 'Blind', { profileId, permissionSets: ['Accord_Service'] });
    // Counting what the org has needs View Setup; reading leads is the other half's right.
    giveSet({ Name: 'Counts', PermissionsViewSetup: true, PermissionsViewRoles: true }, robot);
    const reads = org.add('PermissionSet', { Name: 'Reads', Label: 'Reads' });
    org.add('ObjectPermissions', { ParentId: reads, SobjectType: 'Lead', PermissionsRead: true });
    org.add('PermissionSetAssignment', { AssigneeId: robot.userId, PermissionSetId: reads });
    const told = async (as: UserContext) => (await finding('leads-hidden-from-service', { as }))?.evidence;
    const blind = (): UserContext => org.running.org.user(robot.userId);
    expect(await told(blind())).toBeUndefined();
    expect(await told(org.admin)).toBeUndefined();
    schema.define({ ...lead, sharingModel: 'Private' });
    expect(await told(blind())).toEqual(['the service sees 0 of about 4 leads']);
    expect(await told(org.admin)).toEqual([
      'leads are private, and blind@northwind.example has no View All Records on them',
    ]);
    const PermissionSetId = idOf("SELECT Id FROM PermissionSet WHERE Name = 'Accord_Service_Org'");
    org.add('PermissionSetAssignment', { AssigneeId: robot.userId, PermissionSetId });
    expect(await told(blind())).toBeUndefined();
    expect(await told(org.admin)).toBeUndefined();
    schema.define(lead);
    const own = `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '${robot.userId}'`;
    remove(idOf(`${own} AND PermissionSet.Name = 'Accord_Service'`));
  });

  it('names an org that is short of API calls, and a clock that is wrong', async () => {
    const used = (share: number): ExamineOptions => ({
      answering: (crm) => ({
        readLimits: async () => ({
          ...(await crm.readLimits()),
          byName: new Map([['DailyApiRequests', { max: 1000, remaining: Math.round(1000 * (1 - share)) }]]),
        }),
      }),
    });
    expect(await found(used(0.1))).not.toContain('api-headroom');
    expect(await finding('api-headroom', used(0.7))).toMatchObject({ severity: 'warns' });
    expect(await finding('api-headroom', used(0.9))).toMatchObject({ severity: 'blocks-enforce' });
    expect(await found()).not.toContain('clock-skew');
    const skewed = await finding('clock-skew', { answering: () => ({ clockOffset: () => -3_600_000 }) });
    expect(skewed?.title).toContain('3600 seconds ahead of');
  });

  it('counts leads that share an e-mail address until they are merged', async () => {
    expect(await found()).not.toContain('duplicate-leads');
    const twin = org.addLead({ Email: 'O60@x.example' });
    expect((await finding('duplicate-leads'))?.evidence).toEqual(['1 address, 1 lead too many']);
    remove(twin);
    expect(await found()).not.toContain('duplicate-leads');
  });

  it('names signers who are unknown, have left, or may not sign', async () => {
    const signedBy = (name: string): string => agreementText().replace('carl@northwind.example', name);
    const ids = async (text: string): Promise<readonly string[]> =>
      (await found({ text })).filter((id) => id.startsWith('signers'));
    expect(await ids(signedBy('Carl@Northwind.example'))).toEqual([]);
    expect(await ids(signedBy('nobody@northwind.example'))).toEqual(['signers-unknown:marketing']);
    expect(await ids(signedBy('ana@northwind.example'))).toEqual(['signers-without-permission:marketing']);
    expect(
      (await finding('signers-without-permission:marketing', { text: signedBy('ana@northwind.example') }))?.how,
    ).toContain('Accord_Signer_Marketing');
    update('User', { Id: org.people.carl.userId, IsActive: false });
    expect(await ids(agreementText())).toEqual(['signers-inactive:marketing']);
    update('User', { Id: org.people.carl.userId, IsActive: true });
    expect(await ids(agreementText())).toEqual([]);
  });
});
