import { beforeEach, expect, it } from 'vitest';
import type { UserContext } from '../../../../src/embedded-org/data/types.ts';
import { openTestOrg, packageXml, xml, zipOf, type TestOrg } from '../../../support/test-org.ts';

let test: TestOrg;
let [enterprise, small]: UserContext[] = [];
beforeEach(async () => {
  test = openTestOrg();
  enterprise = test.createUser('Enterprise');
  small = test.createUser('Small');
  const queue = test.create('Group', { Name: 'Leftovers', DeveloperName: 'Leftovers', Type: 'Queue' });
  test.create('QueueSobject', { QueueId: queue, SobjectType: 'Lead' });
  const files = {
    'package.xml': packageXml({ AssignmentRules: ['Lead'] }),
    'assignmentRules/Lead.assignmentRules': xml('AssignmentRules', RULE),
  };
  await test.install(await zipOf(files));
  return () => test.org.close();
});

const criterion = (field: string, operation: string, value: string) =>
  `<criteriaItems><field>Lead.${field}</field><operation>${operation}</operation><value>${value}</value></criteriaItems>`;
const RULE = `<assignmentRule><fullName>Standard</fullName><active>true</active>
  <ruleEntry><assignedTo>enterprise@northwind.example</assignedTo><assignedToType>User</assignedToType>
    <booleanFilter>1 AND (2 OR 3)</booleanFilter>
    ${criterion('NumberOfEmployees', 'greaterOrEqual', '1000')}${criterion('Country', 'equals', 'US,Canada')}${criterion('Rating', 'equals', 'Hot')}
  </ruleEntry>
  <ruleEntry><assignedTo>small@northwind.example</assignedTo><assignedToType>User</assignedToType>
    <formula>NumberOfEmployees &lt; 50</formula></ruleEntry>
  <ruleEntry><assignedTo>Leftovers</assignedTo><assignedToType>Queue</assignedToType></ruleEntry></assignmentRule>`;

const insertLead = (row: Record<string, unknown>, autoAssign: boolean | string = true) =>
  test.insert('Lead', { LastName: 'A', Company: 'Acme', ...row }, test.admin, { autoAssign });
const ownerOf = (id: string | undefined) => test.query(`SELECT OwnerId FROM Lead WHERE Id = '${id}'`)[0]?.['OwnerId'];

it('gives a lead to the first entry that matches', () => {
  expect(ownerOf(insertLead({ NumberOfEmployees: 5000, Country: 'canada' }).id)).toBe(enterprise?.userId);
  expect(ownerOf(insertLead({ NumberOfEmployees: 5000, Rating: 'Hot' }).id)).toBe(enterprise?.userId);
  expect(ownerOf(insertLead({ NumberOfEmployees: 10 }).id)).toBe(small?.userId);
  const queue = test.query("SELECT Id FROM Group WHERE Type = 'Queue'")[0]?.['Id'];
  expect(ownerOf(insertLead({}).id)).toBe(queue);
});

it('routes a lead again on update unless that is switched off', () => {
  const { id } = insertLead({ NumberOfEmployees: 10 }, false);
  expect(ownerOf(id)).toBe(test.admin.userId);
  test.update('Lead', { Id: id, Title: 'CEO' }, test.admin, { autoAssign: false });
  expect(ownerOf(id)).toBe(test.admin.userId);
  test.update('Lead', { Id: id, Title: 'CTO' }, test.admin, { autoAssign: true });
  expect(ownerOf(id)).toBe(small?.userId);
  expect(test.query("SELECT Field FROM LeadHistory WHERE Field = 'Owner'")).toHaveLength(2);
});

it('runs the rule whose id the caller names', () => {
  const rule = test.query('SELECT Id FROM AssignmentRule')[0]?.['Id'];
  expect(ownerOf(insertLead({ NumberOfEmployees: 10 }, String(rule)).id)).toBe(small?.userId);
});

it('refuses a rule that names a field, an operation or a user that is not there', async () => {
  const problemOf = async (rule: string) => {
    const outcome = await test.deploy({
      'package.xml': packageXml({ AssignmentRules: ['Lead'] }),
      'assignmentRules/Lead.assignmentRules': xml('AssignmentRules', rule),
    });
    return outcome.messages.find((each) => !each.success)?.problem;
  };
  expect(await problemOf(RULE.replace('Lead.Country', 'Lead.Nope__c'))).toContain(
    'no CustomField named Lead.Nope__c found',
  );
  expect(await problemOf(RULE.replace('greaterOrEqual', 'like'))).toContain("'like' is not a valid value");
  expect(await problemOf(RULE.replace('small@', 'nobody@'))).toContain('no User named nobody@northwind.example found');
});
