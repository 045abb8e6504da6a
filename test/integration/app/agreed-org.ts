import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pushAgreement } from '../../../src/app/agreement/push-agreement.ts';
import { readAgreementFile } from '../../../src/app/agreement/read-agreement-file.ts';
import { readJudgedVersions } from '../../../src/app/agreement/judged-versions.ts';
import { signAgreement } from '../../../src/app/agreement/sign-agreement.ts';
import type { Clock, Crm, CrmRecord, Progress, Store } from '../../../src/app/ports.ts';
import { savePreview } from '../../../src/app/preview/save-preview.ts';
import { runSync } from '../../../src/app/sync/run-sync.ts';
import type { SyncOptions, SyncSummary } from '../../../src/app/sync/sync-summary.ts';
import { connect } from '../../../src/crm/connect.ts';
import { OrgClock } from '../../../src/embedded-org/data/org-clock.ts';
import type { UserContext } from '../../../src/embedded-org/data/types.ts';
import { type RunningOrg, startOrg } from '../../../src/embedded-org/start-org.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { deployPackage } from '../../support/deploy-package.ts';
import { addPerson, insertRow } from '../../support/org-people.ts';
import { DEPLOY, packageXml, xml, zipOf } from '../../support/test-org.ts';

const signers = `
parties: { marketing: { signers: [carl@northwind.example] }, sales: { signers: [VERA@northwind.example] } }`;

/** An agreement over a field, activities and campaign responses. */
export const agreementText = (name = 'Northwind', employees = 50): string => `accord: 1
name: ${name}
timeZone: UTC${signers}
highestMode: enforce
facts:
  employees: { field: Lead.NumberOfEmployees }
  calls: { count: activity, where: { type: call }, within: 30 days }
  responses: { count: response }
stages:
  - { id: inquiry, title: Inquiry }
  - id: engaged
    title: Engaged
    when: { any: [ { calls: { atLeast: 1 } }, { responses: { atLeast: 1 } } ] }
  - id: mql
    title: Marketing qualified lead
    when: { all: [ { employees: { atLeast: ${employees} } } ] }
rhythm: { expires: 90 days }
`;

export const silent: Progress = { start: () => {}, advance: () => {}, finish: () => {} };

/** An org with the package, its people and a clock that only the test moves, beside a store. */
export class AgreedOrg implements AsyncDisposable {
  readonly running: RunningOrg;
  readonly orgClock: OrgClock;
  readonly clock: Clock;
  readonly folder: string;
  readonly people: Readonly<Record<'vera' | 'carl' | 'ana' | 'service', UserContext>>;

  private constructor(running: RunningOrg, orgClock: OrgClock) {
    this.running = running;
    this.orgClock = orgClock;
    this.clock = { now: () => orgClock.now() };
    this.folder = mkdtempSync(join(tmpdir(), 'accord-app-'));
    this.#assign(this.admin.userId, ['Accord_Admin', 'Accord_Admin_Org']);
    const person = (name: string, ...permissionSets: string[]): UserContext =>
      addPerson(running.org, name, { permissionSets: permissionSets.flatMap((each) => [each, `${each}_Org`]) });
    this.people = {
      vera: person('Vera', 'Accord_Manager', 'Accord_Signer_Sales'),
      carl: person('Carl', 'Accord_Marketing', 'Accord_Signer_Marketing'),
      ana: person('Ana', 'Accord_Rep'),
      service: person('Service', 'Accord_Service'),
    };
  }

  static async start(): Promise<AgreedOrg> {
    const clock = new OrgClock();
    clock.freezeAt(Date.UTC(2026, 5, 15, 12));
    const running = await startOrg({ port: 0, clock });
    await deployPackage(running.org);
    return new AgreedOrg(running, clock);
  }

  /** The org as a user; the administrator without a name. */
  crm(user: UserContext = this.admin): Promise<Crm> {
    const accessToken = this.running.sessions.create(user.userId);
    return connect({ instanceUrl: this.running.instanceUrl, accessToken }, { firstPause: 5, clock: this.clock });
  }

  get admin(): UserContext {
    const admin = this.running.org.findUserByUsername('admin@accord.example');
    if (!admin) throw new Error('The org has no administrator.');
    return admin;
  }

  openStore(name = 'store.sqlite'): Promise<Store> {
    return openStore(join(this.folder, name), { clock: this.clock });
  }

  #assign(AssigneeId: string, names: readonly string[]): void {
    for (const name of names) {
      const [set] = this.query(`SELECT Id FROM PermissionSet WHERE Name = '${name}'`);
      this.add('PermissionSetAssignment', { AssigneeId, PermissionSetId: set?.['Id'] });
    }
  }

  /** Adds a field that the administrator may read and write. */
  async deployField(object: string, content: string): Promise<void> {
    const name = /<fullName>(\w+)</.exec(content)?.[1] ?? '';
    const shown = name.replace(/__c$/, '');
    const files = {
      'package.xml': packageXml({ CustomField: [`${object}.${name}`], PermissionSet: [`See_${shown}`] }),
      [`objects/${object}.object`]: xml('CustomObject', `<fields>${content}</fields>`),
      [`permissionsets/See_${shown}.permissionset`]: xml(
        'PermissionSet',
        `<label>See ${name}</label><fieldPermissions><editable>true</editable><field>${object}.${name}</field>` +
          '<readable>true</readable></fieldPermissions>',
      ),
    };
    const { success, messages } = await this.running.org.deploy(this.admin, await zipOf(files), DEPLOY);
    if (!success) throw new Error(JSON.stringify(messages.filter((each) => !each.success)));
    this.#assign(this.admin.userId, [`See_${shown}`]);
  }

  async push(text = agreementText()): Promise<void> {
    await pushAgreement(await this.crm(), readAgreementFile(Buffer.from(text), 'test.yaml'));
  }

  /** Has the service write a preview of what is proposed, as its signers must have opened one. */
  async preview(): Promise<void> {
    const crm = await this.crm(this.people.service);
    const at = new Date(this.clock.now()).toISOString();
    for (const { record, hash } of await readJudgedVersions(crm)) {
      if (record.status !== 'Proposed' || hash === undefined) continue;
      const figures = { against: undefined, from: at, to: at, summary: 'Nobody changes.', result: {} };
      await savePreview(crm, { agreementId: record.id, hash, ...figures });
    }
  }

  async sign(): Promise<void> {
    await this.preview();
    await signAgreement(await this.crm(this.people.carl), { party: 'marketing' });
    await signAgreement(await this.crm(this.people.vera), { party: 'sales' });
  }

  async sync(store: Store, options: SyncOptions = {}): Promise<SyncSummary> {
    const crm = await this.crm(this.people.service);
    return runSync({ crm, store, clock: this.clock, progress: silent }, options);
  }

  addLead(fields: Record<string, unknown> = {}): string {
    const row = { LastName: 'Lovelace', Company: 'Engines', OwnerId: this.people.ana.userId, ...fields };
    return this.add('Lead', row);
  }

  /** Adds a queue that may own leads. */
  addQueue(name: string): string {
    const queue = this.add('Group', { Name: name, DeveloperName: name, Type: 'Queue' });
    this.add('QueueSobject', { QueueId: queue, SobjectType: 'Lead' });
    return queue;
  }

  add(object: string, row: Record<string, unknown>): string {
    return insertRow(this.running.org, this.running.org.system(), object, row);
  }

  query(soql: string, includeDeleted = false): readonly CrmRecord[] {
    const { org } = this.running;
    const result = org.query(org.system(), soql, { includeDeleted, apiVersion: 68 });
    return result.page(0, 2_000).map(withoutAttributes);
  }

  /** What the org holds of the leads: lead id → stage. */
  stages(): Readonly<Record<string, unknown>> {
    const rows = this.query('SELECT Lead_Id__c, Stage__c FROM Accord_Lead_State__c ORDER BY Lead_Id__c');
    return Object.fromEntries(rows.map((row) => [String(row['Lead_Id__c']), row['Stage__c']]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.running.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const withoutAttributes = (row: Readonly<Record<string, unknown>>): CrmRecord =>
  Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'attributes')) as CrmRecord;
