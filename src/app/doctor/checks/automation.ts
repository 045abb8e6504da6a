import { type Check, named } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { lookAt } from '../look.ts';
import { fieldOf } from './text-field.ts';

type Source = { readonly what: string; readonly soql: string; readonly name: string; readonly tooling?: true };

/** Where Salesforce keeps what runs when a lead is saved. Not every user and edition may read all of them. */
const sources: readonly Source[] = [
  {
    what: 'Flows and processes',
    soql: "SELECT ApiName FROM FlowDefinitionView WHERE IsActive = true AND TriggerObjectOrEvent.QualifiedApiName = 'Lead'",
    name: 'ApiName',
  },
  {
    what: 'Workflow rules',
    soql: "SELECT Name FROM WorkflowRule WHERE TableEnumOrId = 'Lead'",
    name: 'Name',
    tooling: true,
  },
  {
    what: 'Validation rules',
    soql: "SELECT ValidationName FROM ValidationRule WHERE EntityDefinition.QualifiedApiName = 'Lead' AND Active = true",
    name: 'ValidationName',
    tooling: true,
  },
  {
    what: 'Apex triggers',
    soql:
      "SELECT Name FROM ApexTrigger WHERE TableEnumOrId = 'Lead' AND Status = 'Active' " +
      'AND (UsageBeforeUpdate = true OR UsageAfterUpdate = true)',
    name: 'Name',
  },
  {
    what: 'Assignment rules',
    soql: "SELECT Name FROM AssignmentRule WHERE SobjectType = 'Lead' AND Active = true",
    name: 'Name',
  },
];

/** Finds what runs when the service updates a lead. */
export const checkAutomation: Check = async ({ crm }) => {
  const found: string[] = [];
  const hidden: string[] = [];
  for (const { what, soql, name, tooling } of sources) {
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
