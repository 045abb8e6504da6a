import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CrmRecord, Store } from '../../../../src/app/ports.ts';
import type { SyncSummary } from '../../../../src/app/sync/sync-summary.ts';
import { findRules } from '../../../../src/app/sync/rules-in-force.ts';
import { updateRow } from '../../../support/org-people.ts';
import { AgreedOrg, agreementText } from '../agreed-org.ts';

const minute = 60_000;
const system = { allOrNone: true, autoAssign: false, apiVersion: 68 } as const;

/** Stages by a field whose history the org tracks, by activities and signals in windows, and by where a lead has been. */
const text = (variant: number): string =>
  agreementText()
    .replace('within: 30 days', 'within: 2 days')
    .replace(
      'stages:',
      `  status: { field: Lead.Status }
  visits: { count: signal, within: 3 days }
  waiting: { daysInStage: true }
stages:`,
    )
    .replace(
      '{ employees: { atLeast: 50 } }',
      variant === 1 ? '{ calls: { atLeast: 1 } }' : '{ status: { is: Working - Contacted } }',
    )
    .replace(
      'rhythm: { expires: 90 days }',
      `  - { id: kept, title: Kept, back: false, when: { all: [ { visits: { atLeast: 1 } }, { calls: { atLeast: 1 } } ] } }
  - { id: recycled, title: Recycled, side: true, when: { all: [ { status: { is: Closed - Not Converted } } ] } }
process:
  handOff: { stage: ${variant === 2 ? 'kept' : 'mql'}, requires: owner, recycled: { all: [ { waiting: { atLeast: ${variant + 2} } } ] } }
rhythm: { expires: 6 days }`,
    );

const [fresh, working, closed] = ['Open - Not Contacted', 'Working - Contacted', 'Closed - Not Converted'];

type Step =
  | { readonly kind: 'status'; readonly lead: number; readonly status: string | undefined }
  | { readonly kind: 'own'; readonly lead: number; readonly owner: number }
  | { readonly kind: 'call'; readonly lead: number }
  | { readonly kind: 'signal'; readonly lead: number }
  | { readonly kind: 'convert'; readonly lead: number }
  | { readonly kind: 'wait'; readonly minutes: number }
  | { readonly kind: 'sync' }
  | { readonly kind: 'amend' };

const lead = fc.integer({ min: 0, max: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('status' as const),
      lead,
      status: fc.constantFrom(working, working, working, fresh, closed),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('own' as const), lead, owner: fc.nat(2) }) },
  {
    weight: 4,
    arbitrary: fc.oneof(
      fc.record({ kind: fc.constant('call' as const), lead }),
      fc.record({ kind: fc.constant('signal' as const), lead }),
    ),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('convert' as const), lead }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(1, 1500, 3000, 3000, 10_000) }),
  },
  { weight: 4, arbitrary: fc.constant({ kind: 'sync' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'amend' as const }) },
);

/** An org that is synced all along or only at the end, with its leads of this history. */
class Side {
  readonly org: AgreedOrg;
  readonly #isLate: boolean;
  readonly #owners: readonly string[];
  #store!: Store;
  #leads: readonly string[] = [];
  #converted = new Set<string>();
  #variant = 0;
  #count = 0;

  constructor(org: AgreedOrg, isLate: boolean) {
    this.org = org;
    this.#isLate = isLate;
    this.#owners = [org.people.ana.userId, org.people.vera.userId, org.addQueue('Inbound')];
  }

  async begin(): Promise<void> {
    this.#store = await this.org.openStore(`history-${this.#count++}.sqlite`);
    await this.#amend();
    this.#leads = this.#owners.map((OwnerId) => this.org.addLead({ OwnerId, Status: fresh }));
    this.#converted = new Set();
    this.org.orgClock.advance(1000);
    await this.#sync();
  }

  /** What the org holds of the leads, and what a new reading would change. */
  async end(): Promise<{ readonly found: unknown; readonly again: SyncSummary }> {
    await this.#amend();
    await this.org.sync(this.#store);
    const found = {
      states: this.#leads.map((id) => this.#stateOf(id)),
      handOffs: this.#leads.map((id) => this.#handOffsOf(id)),
    };
    const again = await this.org.sync(this.#store, { full: true });
    await this.#store.close();
    return { found, again };
  }

  async take(each: Step): Promise<void> {
    if (each.kind === 'wait') this.org.orgClock.advance(each.minutes * minute);
    else if (each.kind === 'sync') await this.#sync();
    else if (each.kind === 'amend') await this.#amend();
    else await this.#change(each, this.#leads[each.lead] ?? '');
    this.org.orgClock.advance(1000);
  }

  async #change(each: Extract<Step, { lead: number }>, id: string): Promise<void> {
    const { org: data } = this.org.running;
    const at = this.org.clock.now();
    if (each.kind === 'signal') {
      const attributes = { type: 'page', name: null, path: '/' };
      await this.#store.signals.add([{ id: `${id}${at}`, leadId: id, at, attributes }]);
      await this.#store.schedule.hasten([id], 0);
    }
    if (this.#converted.has(id) || each.kind === 'signal') return;
    if (each.kind === 'call') {
      const owner = this.org.query(`SELECT OwnerId FROM Lead WHERE Id = '${id}'`)[0]?.['OwnerId'];
      const OwnerId = String(owner).startsWith('005') ? owner : this.org.people.ana.userId;
      this.org.add('Task', { WhoId: id, OwnerId, Subject: 'x', Status: 'Completed', TaskSubtype: 'Call' });
    } else if (each.kind === 'convert') {
      this.#converted.add(id);
      const ownerId = this.org.people.ana.userId;
      const conversion = { leadId: id, convertedStatus: 'Closed - Converted', doNotCreateOpportunity: true, ownerId };
      const { errors } = data.convertLead(data.system(), conversion, system);
      if (errors.length > 0) throw new Error(JSON.stringify(errors));
    } else {
      const row = each.kind === 'own' ? { OwnerId: this.#owners[each.owner] } : { Status: each.status };
      const refused = updateRow(data, data.system(), 'Lead', { Id: id, ...row });
      if (refused !== undefined) throw new Error(refused);
    }
  }

  async #amend(): Promise<void> {
    this.#variant = (this.#variant + 1) % 3;
    await this.org.push(text(this.#variant));
    await this.org.sign();
    await this.#sync();
  }

  /** A version that nobody writes the begin of has none: that is done also by the side that reads nothing. */
  async #sync(): Promise<void> {
    const crm = await this.org.crm(this.org.people.service);
    if (!this.#isLate) await this.org.sync(this.#store);
    else await findRules(crm, this.org.clock.now(), { serviceUserId: this.org.people.service.userId, settle: true });
  }

  /** A converted lead is left as it was judged before; who had not been judged then has no row. */
  #stateOf(id: string): CrmRecord | undefined {
    if (this.#converted.has(id)) return undefined;
    return this.org.query(`SELECT Stage__c, Since__c, Why__c FROM Accord_Lead_State__c WHERE Lead_Id__c = '${id}'`)[0];
  }

  #handOffsOf(id: string): readonly CrmRecord[] {
    return this.org
      .query(
        'SELECT Key__c, Stage__c, Status__c, Opened_At__c, Waiting_Since__c, Decided_At__c, Accepted_At__c, ' +
          `Agreement_Version__c FROM Accord_Handoff__c WHERE Lead_Id__c = '${id}' ORDER BY Key__c`,
      )
      .map((row) => ({ ...row, Key__c: String(row['Key__c']).split(':')[1] ?? '' }));
  }
}

describe('one sync at the end of a history', () => {
  let sides: readonly Side[] = [];
  beforeAll(async () => {
    sides = [new Side(await AgreedOrg.start(), false), new Side(await AgreedOrg.start(), true)];
  });
  afterAll(async () => {
    for (const { org } of sides) await org[Symbol.asyncDispose]();
  });

  it('writes what any number of syncs on the way do, over amendments, expiry, owners and conversions', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 24 }), async (steps) => {
        const ends: unknown[] = [];
        for (const side of sides) {
          await side.begin();
          for (const each of steps) await side.take(each);
          const { found, again } = await side.end();
          expect(again).toMatchObject({ changed: 0, written: 0 });
          ends.push(found);
        }
        expect(ends[1]).toEqual(ends[0]);
      }),
      { numRuns: 5, endOnFailure: true },
    );
  }, 240_000);
});
