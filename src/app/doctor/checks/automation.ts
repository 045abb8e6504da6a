import { type Check, named } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { lookAt } from '../look.ts';
import { fieldOf } from './text-field.ts';

type Source = {
  readonly what: string;
  readonly object: string;
  readonly name: string;
  readonly where: string;
  readonly tooling?: true;
};

/** Where Salesforce keeps what runs when a lead is saved. Not every user and edition may read all of them. */
const sources: readonly Source[] = [
  {
    what: 'Flows and processes',
    object: 'FlowDefinitionView',
    name: 'ApiName',
    where: "IsActive = true AND TriggerObjectOrEvent.QualifiedApiName = 'Lead'",
  },
  { what: 'Workflow rules', object: 'WorkflowRule', name: 'Name', where: "TableEnumOrId = 'Lead'", tooling: true },
  {
    what: 'Validation rules',
    object: 'ValidationRule',
    name: 'ValidationName',
    where: "EntityDefinition.QualifiedApiName = 'Lead' AND Active = true",
    tooling: true,
  },
  {
    what: 'Apex triggers',
    object: 'ApexTrigger',
    name: 'Name',
    where: "TableEnumOrId = 'Lead' AND Status = 'Active' AND (UsageBeforeUpdate = true OR UsageAfterUpdate = true)",
  },
  {
    what: 'Assignment rules',
    object: 'AssignmentRule',
    name: 'Name',
    where: "SobjectType = 'Lead' AND Active = true",
  },
];

/** Finds what runs when the service updates a lead. */
export const checkAutomation: Check = async ({ crm }) => {
  const found: string[] = [];
  const hidden: string[] = [];
  for (const { what, object, name, where, tooling } of sources) {
    const soql = `SELECT ${name} FROM ${object} WHERE ${where}`;
    const look = await lookAt(() => crm.query(soql, { tooling: tooling ?? false }));
    if (!look.seen) hidden.push(`${what}: ${look.why}`);
    else if (look.value.length > 0) found.push(`${what}: ${named(look.value.map((row) => fieldOf(row, name)))}`);
  }
  return [...(found.length > 0 ? [acting(found)] : []), ...(hidden.length > 0 ? [notSeen(hidden)] : [])];
};

const acting = (evidence: readonly string[]): Finding => ({
  id: 'lead-automation',
  severity: 'warns',
  title: 'Automation runs when a lead is updated, also when the service writes the stage to it.',
  evidence,
  fixedBy: 'administrator',
  how:
    'Let each of them leave alone an update that changes only Accord_Stage__c, Accord_Next_Due__c or Accord_Promise__c, ' +
    'or sync without --lead-fields. The service itself never fires assignment rules.',
});

const notSeen = (evidence: readonly string[]): Finding => ({
  id: 'lead-automation-unseen',
  severity: 'info',
  title: 'Some automation on leads could not be looked at.',
  evidence,
  fixedBy: 'administrator',
  how: 'Look at Setup → Object Manager → Lead → Triggers, Validation Rules, and at Setup → Flows, Workflow Rules.',
});
