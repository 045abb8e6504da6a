import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Crm, PortError, type Store } from '../../../src/app/ports.ts';
import type { SyncSummary } from '../../../src/app/sync/sync-summary.ts';
import { watchSync } from '../../../src/app/sync/watch-sync.ts';
import { eventually } from '../../support/eventually.ts';
import { AgreedOrg, agreementText, silent } from './agreed-org.ts';

const system = { allOrNone: true, autoAssign: false, apiVersion: 68 } as const;

describe('watchSync', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    org.orgClock.run();
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const stageOf = async (lead: string): Promise<unknown> => org.stages()[lead];

  it('follows signatures, changes and new versions until it is stopped', async () => {
    const store = await org.openStore();
    const crm = await org.crm(org.people.service);
    const stop = new AbortController();
    const reports: SyncSummary[] = [];
    const watch = {
      intervalMs: 20,
      stop: stop.signal,
      report: (pass: SyncSummary) => reports.push(pass),
      warn: () => {},
    };
    const lead = org.addLead({ NumberOfEmployees: 60 });
    const watching = watchSync({ crm, store, clock: org.clock, progress: silent }, {}, watch);

    await org.push();
    await org.sign();
    await eventually(
      () => stageOf(lead),
      (stage) => stage === 'mql',
    );
    const { org: data } = org.running;
    data.update(data.system(), 'Lead', [{ Id: lead, NumberOfEmployees: 1 }], system);
    await eventually(
      () => stageOf(lead),
      (stage) => stage === 'inquiry',
    );
    org.add('Task', { WhoId: lead, Subject: 'x', Status: 'Completed', TaskSubtype: 'Call' });
    await eventually(
      () => stageOf(lead),
      (stage) => stage === 'engaged',
    );
    await org.push(agreementText('Northwind', 1));
    await org.sign();
    await eventually(
      () => stageOf(lead),
      (stage) => stage === 'mql',
    );

    stop.abort();
    const total = await watching;
    expect(total).toMatchObject({ agreement: { version: 2 }, failed: 0 });
    expect(total.written).toBe(reports.reduce((sum, pass) => sum + pass.written, 0));
    expect(reports[0]?.agreement).toBeNull();
    await store.close();
  });

  it('waits out what time can heal, and ends where only the user can help', async () => {
    const store = await org.openStore('healing.sqlite');
    const real = await org.crm(org.people.service);
    const faults = [new PortError('retryable', 'The line broke.'), new PortError('reauthorize', 'The session ended.')];
    const failing: Crm = {
      ...real,
      whoAmI: async () => {
        throw faults.shift() ?? new Error('There was no third call.');
      },
    };
    const warnings: string[] = [];
    const watch = {
      intervalMs: 1,
      stop: new AbortController().signal,
      report: () => {},
      warn: (text: string) => warnings.push(text),
    };
    const watching = watchSync({ crm: failing, store, clock: org.clock, progress: silent }, {}, watch);
    await expect(watching).rejects.toMatchObject({ code: 'reauthorize' });
    expect(warnings).toEqual(['The line broke.\nThe next try is in 0 s.']);
    await store.close();
  });

  /** Watches until a condition holds, with this pause between full reads. */
  const watchUntil = async (
    store: Store,
    options: { readonly readAllEveryMs?: number; readonly onFirst: () => void },
    holds: (passes: readonly SyncSummary[]) => boolean,
  ): Promise<SyncSummary> => {
    const stop = new AbortController();
    const passes: SyncSummary[] = [];
    const report = (pass: SyncSummary): void => {
      if (passes.push(pass) === 1) options.onFirst();
    };
    const { readAllEveryMs = 86_400_000 } = options;
    const watch = { intervalMs: 5, readAllEveryMs, stop: stop.signal, report, warn: () => {} };
    const crm = await org.crm(org.people.service);
    const watching = watchSync({ crm, store, clock: org.clock, progress: silent }, {}, watch);
    try {
      await Promise.race([watching, eventually(async () => passes.length > 0 && holds(passes), Boolean)]);
    } finally {
      stop.abort();
    }
    return watching;
  };

  it('finds by reading everything again from time to time what was deleted for good', async () => {
    const store = await org.openStore('erased.sqlite');
    const lead = org.addLead({ NumberOfEmployees: 60 });
    const erase = (): void => {
      org.running.org.core.db.prepare('delete from "Lead" where "Id" = ?').run(lead);
    };
    const total = await watchUntil(store, { readAllEveryMs: 50, onFirst: erase }, () => !(lead in org.stages()));
    expect(total.removed).toBe(1);
    expect(org.stages()).not.toHaveProperty(lead);
    await store.close();
  });

  it('reads everything in full only once while that is not due', async () => {
    const store = await org.openStore('once.sqlite');
    const kinds = new Set<string>();
    const resize = (): void => {
      const { org: data } = org.running;
      data.update(data.system(), 'Lead', [{ Id: lead, NumberOfEmployees: 0 }], system);
    };
    const lead = org.addLead({ NumberOfEmployees: 60 });
    await watchUntil(store, { onFirst: resize }, (passes) => {
      for (const { kind } of passes.slice(1)) kinds.add(kind);
      return passes.length > 1;
    });
    expect([...kinds]).toEqual(['incremental']);
    await store.close();
  });

  it('goes on when a field is hidden that it reads, and says so', async () => {
    const store = await org.openStore('hidden.sqlite');
    const lead = org.addLead({ NumberOfEmployees: 60 });
    const hide = (): void => {
      const { org: data } = org.running;
      for (const { Id } of org.query("SELECT Id FROM FieldPermissions WHERE Field = 'Lead.NumberOfEmployees'")) {
        data.update(
          data.system(),
          'FieldPermissions',
          [{ Id, PermissionsRead: false, PermissionsEdit: false }],
          system,
        );
      }
    };
    const total = await watchUntil(store, { onFirst: hide }, () => org.stages()[lead] === 'inquiry');
    expect(total.problems.join(' ')).toContain('Lead.NumberOfEmployees is not visible');
    await store.close();
  });
});
