import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readJudgedVersions } from '../../../../src/app/agreement/judged-versions.ts';
import { pushAgreement } from '../../../../src/app/agreement/push-agreement.ts';
import { readAgreementFile } from '../../../../src/app/agreement/read-agreement-file.ts';
import { chooseAgainst, chooseFile, chooseProposed } from '../../../../src/app/preview/choose-versions.ts';
import { planPreview, previewAgreement, type PreviewRequest } from '../../../../src/app/preview/preview-agreement.ts';
import { historiesIn } from '../../../../src/app/preview/count-slice.ts';
import { runSync } from '../../../../src/app/sync/run-sync.ts';
import { newMemory } from '../../../../src/app/sync/sync-situation.ts';
import { toSeconds } from '../../../../src/app/sync/lead-states.ts';
import { staysOf } from '../../../../src/domain/preview/stays.ts';
import { compileAgreement } from '../../../../src/domain/verdict/compile-agreement.ts';
import { countHere } from '../../../../src/app/preview/slice-counter.ts';
import { type Crm, type CrmRecord, PortError, type Store } from '../../../../src/app/ports.ts';
import type { SyncSummary } from '../../../../src/app/sync/sync-summary.ts';
import type { SharedPreview } from '../../../../src/domain/preview/shared-preview.ts';
import type { PreviewResult } from '../../../../src/domain/preview/preview-result.ts';
import type { UserContext } from '../../../../src/embedded-org/data/types.ts';
import { insertRow } from '../../../support/org-people.ts';
import { AgreedOrg, agreementText, silent } from '../agreed-org.ts';

const dayMs = 86_400_000;

describe('a preview from the store', () => {
  let org: AgreedOrg;
  let store: Store;

  beforeEach(async () => {
    org = await AgreedOrg.start();
    store = await org.openStore();
  });

  afterEach(async () => {
    await store.close();
    await org[Symbol.asyncDispose]();
  });

  const preview = async (
    against: 'current' | 'none' | number,
    changes: Partial<PreviewRequest> = {},
  ): Promise<PreviewResult> => {
    const crm = await org.crm(org.people.service);
    const versions = await readJudgedVersions(crm);
    const to = org.clock.now();
    const proposed = changes.proposed ?? chooseProposed(versions, 1);
    const asked = { from: to - 90 * dayMs, to, stop: new AbortController().signal, ...changes, proposed };
    const request = { ...asked, against: chooseAgainst(versions, against, proposed, asked.to) };
    const ports = { crm, store, clock: org.clock, progress: silent, counter: countHere(store) };
    return previewAgreement(ports, request);
  };

  /** The state rows as a replay of the store under version 1 gives them. */
  const replayed = async (): Promise<readonly CrmRecord[]> => {
    const crm = await org.crm(org.people.service);
    const proposed = chooseProposed(await readJudgedVersions(crm), 1);
    const to = org.clock.now();
    const ports = { crm, store, clock: org.clock };
    const task = await planPreview(ports, { proposed, against: [], from: to - 90 * dayMs, to });
    const versions = [{ compiled: compileAgreement(proposed.agreement), from: -Infinity }];
    const rows: CrmRecord[] = [];
    for await (const people of historiesIn(store, task.plan, to, { after: '', upTo: undefined })) {
      for (const person of people) {
        const last = staysOf(versions, person, to).at(-1);
        rows.push({
          Lead_Id__c: person.personId,
          Stage__c: last?.stage ?? null,
          Since__c: toSeconds(last?.from ?? 0).replace('Z', '+0000'),
        });
      }
    }
    return rows;
  };

  const ask = (user: UserContext, payload: unknown, type = 'preview'): string =>
    insertRow(org.running.org, user, 'Accord_Request__c', {
      Type__c: type,
      Payload__c: typeof payload === 'string' ? payload : JSON.stringify(payload),
      Key__c: `key ${Math.random()}`,
    });

  const request = (id: string): CrmRecord | undefined =>
    org.query(`SELECT Status__c, Result__c, Error__c FROM Accord_Request__c WHERE Id = '${id}'`)[0];

  const previews = (): readonly CrmRecord[] =>
    org.query(
      'SELECT Id, Document_Hash__c, Against_Hash__c, Summary__c, Result__c FROM Accord_Preview__c ORDER BY CreatedDate, Id',
    );

  const agreementId = (version: number): string =>
    String(org.query(`SELECT Id FROM Accord_Agreement__c WHERE Version__c = ${version}`)[0]?.['Id']);

  it('of the version in force equals what the service recorded', async () => {
    await org.push();
    await org.sign();
    const leads = [org.addLead({ NumberOfEmployees: 10 }), org.addLead({ NumberOfEmployees: 60 }), org.addLead()];
    await org.sync(store);
    org.orgClock.advance(3 * dayMs);
    org.add('Task', {
      WhoId: leads[0],
      Subject: 'Call',
      Type: 'Call',
      Status: 'Completed',
      OwnerId: org.people.ana.userId,
    });
    await org.sync(store);
    org.orgClock.advance(31 * dayMs);
    await org.sync(store);
    const result = await preview('none');
    const recorded = org.query('SELECT Lead_Id__c, Stage__c, Since__c FROM Accord_Lead_State__c ORDER BY Lead_Id__c');
    expect(await replayed()).toEqual(recorded);
    for (const { stage, present } of result.stages) {
      expect(present.proposed).toBe(recorded.filter((row) => row['Stage__c'] === stage).length);
    }
    expect(result.stages.find(({ stage }) => stage === 'engaged')).toMatchObject({
      entered: { proposed: 1 },
      left: { proposed: 1 },
    });
  });

  it('is written by a pass for each version that is proposed, also before any is in force', async () => {
    org.addLead({ NumberOfEmployees: 60 });
    await org.push();
    const first = await org.sync(store);
    expect(first.problems).not.toContain(expect.stringContaining('preview'));
    const [saved] = previews();
    expect(saved?.['Summary__c']).toBe('Under version 1: 1 reach Marketing qualified lead in 90 days.');
    await org.sign();
    await org.push(agreementText('Northwind', 100));
    await org.sync(store);
    const second = previews().at(-1);
    expect(second?.['Summary__c']).toBe('Under version 2: 1 → 0 reach Marketing qualified lead in 90 days; 1 dropped.');
    expect(second?.['Against_Hash__c']).toBe(saved?.['Document_Hash__c']);
    const result = JSON.parse(String(second?.['Result__c'])) as SharedPreview & { amendments: readonly string[] };
    expect(result.amendments).toEqual([expect.stringContaining('at least 50 → at least 100')]);
    expect(result.load).toEqual({
      owners: 1,
      perWeek: { current: 7 / 90, proposed: 0 },
      most: { current: 7 / 90, proposed: 0 },
    });
    expect(JSON.stringify(result)).not.toContain(org.people.ana.userId);
  });

  it('is made for who asks by a record and may, and refused in a sentence to others', async () => {
    await org.push();
    org.addLead({ NumberOfEmployees: 60 });
    const id = agreementId(1);
    const asked = ask(org.people.carl, { agreementId: id, against: 'none' });
    const rep = ask(org.people.ana, { agreementId: id });
    const unknown = ask(org.people.carl, {}, 'mow-the-lawn');
    const broken = ask(org.people.carl, '{');
    const backwards = ask(org.people.carl, { agreementId: id, from: '2026-06-01', to: '2026-05-01' });
    await org.sync(store);
    expect(request(asked)).toMatchObject({ Status__c: 'Done', Error__c: null });
    const { preview: saved } = JSON.parse(String(request(asked)?.['Result__c'])) as { preview: string };
    expect(previews().map((row) => row['Id'])).toContain(saved);
    expect(request(rep)?.['Error__c']).toMatch(/^Only holders of one of these permission sets may ask for this: /);
    expect(request(unknown)?.['Error__c']).toBe(
      'The service knows no request of the type "mow-the-lawn". It knows: preview.',
    );
    expect(request(broken)?.['Error__c']).toBe('The payload is no JSON.');
    expect(request(backwards)?.['Error__c']).toBe('The period must begin before it ends, and before now.');
  });

  it('is made by the very next pass of a watch, which asks for requests only when there is news', async () => {
    await org.push();
    const crm = await org.crm(org.people.service);
    const ports = { crm, store, clock: org.clock, progress: silent };
    const memory = newMemory();
    await runSync(ports, {}, memory);
    const asked = ask(org.people.vera, { agreementId: agreementId(1), against: 'none' });
    await runSync(ports, {}, memory);
    expect(request(asked)?.['Status__c']).toBe('Done');
    org.orgClock.advance(30_000);
    await runSync(ports, {}, memory);
    const calls = crm.apiUsage()?.used ?? 0;
    await runSync(ports, {}, memory);
    expect((crm.apiUsage()?.used ?? 0) - calls).toBeLessThanOrEqual(2);
  });

  it('that a service began and never ended is begun again, and given up after three times', async () => {
    await org.push();
    const interrupted = ask(org.people.carl, { agreementId: agreementId(1) });
    const deadly = ask(org.people.carl, { agreementId: agreementId(1), against: 'none' });
    const crm = await org.crm(org.people.service);
    const running = [interrupted, deadly].map((Id) => ({ Id, Status__c: 'Running' }));
    await crm.write({ kind: 'update', object: 'Accord_Request__c', records: running });
    await store.setNote(`request-attempts ${deadly}`, '3');
    await org.sync(store);
    expect(request(interrupted)?.['Status__c']).toBe('Done');
    expect(request(deadly)).toMatchObject({
      Status__c: 'Failed',
      Error__c: 'The service stopped 3 times while it did this. Ask for less.',
    });
  });

  it('of an id that is none fails alone, and whatever else is asked for is done', async () => {
    await org.push();
    const nonsense = ask(org.people.carl, { agreementId: 'aaaaaaaaaaaaaaa' });
    const asked = ask(org.people.carl, { agreementId: agreementId(1), against: 'none' });
    await org.sync(store);
    expect(request(nonsense)).toMatchObject({
      Status__c: 'Failed',
      Error__c: 'The version aaaaaaaaaaaaaaa is not there, or its document is not intact.',
    });
    expect(request(asked)?.['Status__c']).toBe('Done');
  });

  const syncWith = async (change: (crm: Crm) => Partial<Crm>): Promise<SyncSummary> => {
    const crm = await org.crm(org.people.service);
    return runSync({ crm: { ...crm, ...change(crm) }, store, clock: org.clock, progress: silent });
  };

  it('that the org refuses for good ends that request and stops nothing else', async () => {
    await org.push();
    const [first, second] = [
      ask(org.people.carl, { agreementId: agreementId(1) }),
      ask(org.people.vera, { agreementId: agreementId(1), against: 'none' }),
    ];
    const refuses = `UserId = '${org.people.carl.userId}'`;
    const { problems } = await syncWith((crm) => ({
      query: async (soql, options) => {
        if (soql.includes(refuses)) throw new PortError('invalid', 'The org refused the query.');
        return crm.query(soql, options);
      },
    }));
    expect(request(first)).toMatchObject({
      Status__c: 'Failed',
      Error__c: 'The service could not do this: The org refused the query.',
    });
    expect(problems).toContain(`The request ${first} failed: The org refused the query.`);
    expect(request(second)?.['Status__c']).toBe('Done');
  });

  it('that fails because the org cannot answer now stays open, and its failure is no attempt', async () => {
    await org.push();
    const asked = ask(org.people.carl, { agreementId: agreementId(1) });
    const failing = syncWith((crm) => ({
      query: async (soql, options) => {
        if (soql.includes('FROM UserRecordAccess')) throw new PortError('retryable', 'The org is busy.');
        return crm.query(soql, options);
      },
    }));
    await expect(failing).rejects.toThrow('The org is busy.');
    expect(request(asked)?.['Status__c']).toBe('Running');
    expect(await store.getNote(`request-attempts ${asked}`)).toBe('0');
    await org.sync(store);
    expect(request(asked)?.['Status__c']).toBe('Done');
  });

  it('of a proposed version that the org refuses for good is told of, and the sync goes on', async () => {
    await org.push();
    const asked = ask(org.people.carl, { agreementId: agreementId(1), from: '2026-06-01' });
    let refused = false;
    const { problems } = await syncWith((crm) => ({
      write: async (written) => {
        if (refused || written.object !== 'Accord_Preview__c') return crm.write(written);
        refused = true;
        throw new PortError('invalid', 'The org refused the call.');
      },
    }));
    expect(problems).toContain('Northwind v1: The org refused the call.');
    expect(request(asked)?.['Status__c']).toBe('Done');
  });

  it('refuses a store that was never synced, or has not read what a file needs', async () => {
    await org.push();
    await expect(preview('none')).rejects.toThrow('The store has never been synced');
    await org.sync(store);
    const versions = await readJudgedVersions(await org.crm());
    const known = chooseProposed(versions);
    const agreement = { ...known.agreement, facts: { ...known.agreement.facts, city: { field: 'Lead.City' } } };
    const { versionId: _, ...file } = { ...known, agreement };
    await expect(preview('none', { proposed: file })).rejects.toMatchObject({
      key: 'file-not-read',
      message: expect.stringContaining('The store has not read Lead.City'),
    });
  });

  it('needs nothing more for a hand-off that a file adds, and a sync reads what a draft needs', async () => {
    org.addLead({ NumberOfEmployees: 60 });
    await org.push();
    await org.sync(store);
    const handsOver = (text: string): string => `${text}process: { handOff: { stage: mql, requires: owner } }\n`;
    const file = (text: string) => chooseFile(readAgreementFile(Buffer.from(text), 'draft.yaml'), []);
    const added = await preview('none', { proposed: file(handsOver(agreementText())) });
    expect(added.reached.proposed.people).toBe(1);

    const text = handsOver(
      agreementText().replace('stages:', '  handOffs: { count: hand-off }\n  city: { field: Lead.City }\nstages:'),
    );
    const wider = text.replace(
      '{ employees: { atLeast: 50 } }',
      '{ employees: { atLeast: 50 } }, { city: { known: false } }, { handOffs: { atMost: 0 } }',
    );
    await expect(preview('none', { proposed: file(wider) })).rejects.toMatchObject({ key: 'file-not-read' });
    await pushAgreement(await org.crm(), readAgreementFile(Buffer.from(wider), 'draft.yaml'), { draft: true });
    await org.sync(store);
    expect((await preview('none', { proposed: file(wider) })).people).toBe(1);
  });
});
