import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CrmRecord, Store } from '../../../../src/app/ports.ts';
import { runSync } from '../../../../src/app/sync/run-sync.ts';
import { updateRow } from '../../../support/org-people.ts';
import { AgreedOrg, agreementText, silent } from '../agreed-org.ts';

const minute = 60_000;
const system = { allOrNone: true, autoAssign: false, apiVersion: 68 } as const;

/** Stages by a field whose history the org does not track, by activities in a window, and one that is not lost. */
const text = agreementText()
  .replace('within: 30 days', 'within: 2 days')
  .replace(
    'rhythm: { expires: 90 days }',
    `  - { id: kept, title: Kept, back: false, when: { all: [ { employees: { atLeast: 90 } }, { calls: { atLeast: 1 } } ] } }
process:
  handOff: { stage: mql, requires: owner, recycled: { all: [ { quiet: { between: [1, 400] } } ] } }`,
  )
  .replace('stages:', '  quiet: { daysSince: activity }\nstages:');

class Crash extends Error {}

/** Dies at the n-th call of a port. */
function dying<Port extends object>(port: Port, count: { left: number }): Port {
  return new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value === 'object' && value !== null) return dying(value, count);
      if (typeof value !== 'function') return value;
      return (...given: readonly unknown[]) => {
        if (count.left-- === 0) throw new Crash('killed');
        return (value as (...values: readonly unknown[]) => unknown).apply(target, [...given]);
      };
    },
  });
}

type Step =
  | { readonly kind: 'resize'; readonly lead: number; readonly size: number }
  | { readonly kind: 'call'; readonly lead: number }
  | { readonly kind: 'own'; readonly lead: number; readonly owner: number }
  | { readonly kind: 'convert'; readonly lead: number }
  | { readonly kind: 'merge'; readonly lead: number }
  | { readonly kind: 'wait'; readonly minutes: number }
  | { readonly kind: 'sync' }
  | { readonly kind: 'crash'; readonly calls: number };

type Change = Extract<Step, { lead: number }>;

const lead = fc.integer({ min: 0, max: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('resize' as const), lead, size: fc.constantFrom(5, 60, 100) }),
  fc.record({ kind: fc.constant('call' as const), lead }),
  fc.record({ kind: fc.constant('own' as const), lead, owner: fc.nat(2) }),
  fc.record({ kind: fc.constant('convert' as const), lead }),
  fc.record({ kind: fc.constant('merge' as const), lead }),
  fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(1, 30, 1500, 3000) }),
  fc.constant({ kind: 'sync' as const }),
  fc.record({ kind: fc.constant('crash' as const), calls: fc.integer({ min: 0, max: 60 }) }),
);

describe('a random history', () => {
  let org: AgreedOrg;
  let stores = 0;
  let owners: readonly string[] = [];
  beforeAll(async () => {
    org = await AgreedOrg.start();
    owners = [org.people.ana.userId, org.people.vera.userId, org.addQueue('Inbound')];
    await org.push(text);
    await org.sign();
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const rows = (leads: readonly string[]): readonly CrmRecord[] =>
    org.query(
      'SELECT Stage__c, Since__c, Why__c, Valid_Until__c, Last_Events__c, Receipt__c FROM Accord_Lead_State__c ' +
        `WHERE Lead_Id__c IN ('${leads.join("','")}') ORDER BY Lead_Id__c`,
    );
  const handOffs = (leads: readonly string[]): readonly CrmRecord[] =>
    org.query(
      'SELECT Key__c, Status__c, Opened_At__c, Decided_At__c FROM Accord_Handoff__c ' +
        `WHERE Lead_Id__c IN ('${leads.join("','")}') ORDER BY Key__c`,
    );

  /** Changes a lead that is still open; one that was converted or merged takes no part any more. */
  const change = (each: Change, leads: readonly string[]): void => {
    const { org: data } = org.running;
    const open = (id: string | undefined): boolean =>
      org.query(`SELECT Id FROM Lead WHERE Id = '${id}' AND IsConverted = false`).length > 0;
    const [Id = '', heir = ''] = [leads[each.lead], leads[(each.lead + 1) % leads.length]];
    if (!open(Id)) return;
    if (each.kind === 'call') org.add('Task', { WhoId: Id, Subject: 'x', Status: 'Completed', TaskSubtype: 'Call' });
    else if (each.kind === 'resize') updateRow(data, data.system(), 'Lead', { Id, NumberOfEmployees: each.size });
    else if (each.kind === 'own') updateRow(data, data.system(), 'Lead', { Id, OwnerId: owners[each.owner] });
    else if (each.kind === 'convert') {
      const conversion = { convertedStatus: 'Closed - Converted', doNotCreateOpportunity: true };
      data.convertLead(data.system(), { leadId: Id, ownerId: org.people.ana.userId, ...conversion }, system);
    } else if (open(heir))
      data.mergeRecords(data.system(), { objectName: 'Lead', master: { Id: heir }, mergedIds: [Id] }, system);
  };

  const take = async (each: Step, leads: readonly string[], store: Store): Promise<void> => {
    if (each.kind === 'wait') org.orgClock.advance(each.minutes * minute);
    else if (each.kind === 'sync') await org.sync(store);
    else if (each.kind !== 'crash') change(each, leads);
    else {
      const count = { left: each.calls };
      const crm = dying(await org.crm(org.people.service), count);
      const ports = { crm, store: dying(store, count), clock: org.clock, progress: silent };
      await runSync(ports).catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error;
      });
    }
    org.orgClock.advance(1000);
  };

  it('leads to rows that neither a new reading nor a new store changes, wherever the service died on the way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
        const store = await org.openStore(`random-${stores++}.sqlite`);
        const leads = [5, 60, 100].map((NumberOfEmployees) => org.addLead({ NumberOfEmployees }));
        await org.sync(store);
        for (const each of steps) await take(each, leads, store);
        await org.sync(store);
        const after = [rows(leads), handOffs(leads)];
        expect(await org.sync(store, { full: true })).toMatchObject({ changed: 0, written: 0 });
        const fresh = await org.openStore(`random-${stores++}.sqlite`);
        expect(await org.sync(fresh)).toMatchObject({ failed: 0 });
        expect([rows(leads).map(stageOf), handOffs(leads)]).toEqual([(after[0] ?? []).map(stageOf), after[1]]);
        await Promise.all([store.close(), fresh.close()]);
      }),
      { numRuns: 10, endOnFailure: true },
    );
  }, 120_000);
});

const stageOf = ({ Stage__c, Since__c }: CrmRecord) => ({ Stage__c, Since__c });
