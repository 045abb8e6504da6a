import type { Receipt, ReceiptClause } from '../../../../src/domain/verdict/decision.ts';
import { deployPackage } from '../../../support/deploy-package.ts';
import { addUser, startTestOrg, type Answer, type TestOrg } from '../wire/running-org.ts';

type Send = (method: string, path: string, body?: unknown) => Promise<Answer>;

export type PackagedOrg = TestOrg & {
  readonly leadId: string;
  readonly stateId: string;
  /** Sends as a rep with the package's permission sets, who may not see a lead's annual revenue. */
  readonly asRep: Send;
  /** Sends as a user without any permission set of the package. */
  readonly asOutsider: Send;
  readonly asAdmin: Send;
};

const MQL = { id: 'mql', title: 'Marketing qualified lead' };

const EMPLOYEES: ReceiptClause = {
  id: 'mql.all.1',
  sentence: 'Has at least 50 employees',
  outcome: 'met',
  source: { kind: 'field', field: 'Lead.NumberOfEmployees' },
  group: 'all',
};

const RECEIPT: Receipt = {
  v: 1,
  agreement: { name: 'Northwind', version: 1, hash: 'a'.repeat(64) },
  stage: MQL,
  decidedAt: '2026-01-02T03:04:05Z',
  definitions: [{ stage: MQL.id, title: MQL.title, outcome: 'met', clauses: [EMPLOYEES], withheld: 0 }],
};

const DML = { allOrNone: true, autoAssign: false, apiVersion: 68 } as const;

/** An org with the package, one lead of a rep and what the agreement says of it. */
export async function startPackagedOrg(): Promise<PackagedOrg> {
  const running = await startTestOrg();
  const { org, sessions } = running;
  await deployPackage(org);
  const repId = addUser(running, 'rep@northwind.example', hideRevenue(running));
  const outsiderId = addUser(running, 'outsider@northwind.example');
  for (const name of ['Accord_Rep', 'Accord_Rep_Org']) assign(running, repId, name);
  const leadId = insert(running, 'Lead', {
    FirstName: 'Ada',
    LastName: "O'Neil",
    Company: 'Engines <b>Ltd</b>',
    NumberOfEmployees: 120,
    AnnualRevenue: 7_654_321,
    OwnerId: repId,
  });
  const stateId = insert(running, 'Accord_Lead_State__c', {
    Lead__c: leadId,
    Lead_Id__c: leadId,
    Stage__c: 'mql',
    Stage_Title__c: 'Marketing qualified lead',
    Since__c: '2026-01-02T03:04:05Z',
    Receipt__c: JSON.stringify(RECEIPT),
    OwnerId: repId,
  });
  const as = (userId: string) => {
    const authorization = `Bearer ${sessions.create(userId)}`;
    return (method: string, path: string, body?: unknown) => running.send(method, path, body, { authorization });
  };
  return {
    ...running,
    leadId,
    stateId,
    asRep: as(repId),
    asOutsider: as(outsiderId),
    asAdmin: (method, path, body) => running.send(method, path, body),
  };
}

export function insert(running: TestOrg, objectName: string, row: Record<string, unknown>): string {
  const [result] = running.org.insert(running.org.system(), objectName, [row], DML);
  if (!result?.id) throw new Error(`No ${objectName}: ${JSON.stringify(result?.errors)}`);
  return result.id;
}

function hideRevenue({ org }: TestOrg): string {
  const profileId = org.cloneProfile('Standard User', 'Sales User');
  org.setProfileFieldAccess(profileId, 'Lead.AnnualRevenue', { read: false, edit: false });
  return 'Sales User';
}

function assign(running: TestOrg, userId: string, name: string): void {
  const soql = `SELECT Id FROM PermissionSet WHERE Name = '${name}'`;
  const [set] = running.org.query(running.org.system(), soql, { includeDeleted: false, apiVersion: 68 }).page(0, 1);
  insert(running, 'PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: set?.['Id'] });
}
