import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../../src/app/ports.ts';
import type { RejectedRow } from '../../../../src/app/import/import-csv.ts';
import { eraseSignals } from '../../../../src/app/signals/erase-signals.ts';
import { importSignals, type SignalImportOptions } from '../../../../src/app/signals/import-signals.ts';
import { updateRow } from '../../../support/org-people.ts';
import { AgreedOrg, agreementText, silent } from '../agreed-org.ts';

const day = 86_400_000;

const withSignals = agreementText()
  .replace('rhythm: { expires: 90 days }\n', '')
  .replace('stages:', '  pricing: { count: signal, where: { type: page, path: /pricing* }, within: 14 days }\nstages:')
  .replace('{ employees: { atLeast: 50 } }', '{ pricing: { atLeast: 2 } }');

describe('signals of buyers', () => {
  let org: AgreedOrg;
  let store: Store;
  let names = 0;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    await org.push(withSignals);
    await org.sign();
  });
  beforeEach(async () => {
    store = await org.openStore(`signals-${names++}.sqlite`);
    await org.sync(store);
  });
  afterEach(() => store.close());
  afterAll(() => org[Symbol.asyncDispose]());

  const visit = (email: string, more: Record<string, unknown> = {}) => ({
    type: 'page',
    timestamp: new Date(org.clock.now()).toISOString(),
    messageId: `m-${names++}`,
    properties: { path: '/pricing?x=1' },
    context: { consent: true, traits: { email } },
    ...more,
  });
  const rejects: RejectedRow[] = [];
  const load = async (
    calls: readonly unknown[] | string,
    options: Partial<SignalImportOptions> = {},
    user = org.admin,
  ) => {
    const isText = typeof calls === 'string';
    const text = isText ? calls : calls.map((call) => JSON.stringify(call)).join('\n');
    const source = {
      name: isText ? 'calls.csv' : 'calls.ndjson',
      open: async function* () {
        yield Buffer.from(text);
      },
    };
    rejects.length = 0;
    const crm = await org.crm(user);
    return importSignals({ crm, store, clock: org.clock, progress: silent }, source, {
      idField: undefined,
      consentField: undefined,
      keepMs: undefined,
      dryRun: false,
      onReject: async (row) => void rejects.push(row),
      ...options,
    });
  };
  const person = (email: string, fields: Record<string, unknown> = {}): string =>
    org.addLead({ Email: email, ...fields });

  it('move a lead on at the next sync, and once only when they are imported again', async () => {
    const lead = person('ana@buyer.example');
    const calls = [visit('ANA@buyer.example'), visit('ana@buyer.example')];
    expect(await load(calls)).toMatchObject({ rows: 2, added: 2, leads: 1, repeated: 0, malformed: 0 });
    await org.sync(store);
    expect(org.stages()[lead]).toBe('mql');
    expect(await load(calls)).toMatchObject({ added: 0, repeated: 2 });
    const [row] = org.query(`SELECT Last_Events__c FROM Accord_Lead_State__c WHERE Lead_Id__c = '${lead}'`);
    expect(JSON.parse(String(row?.['Last_Events__c']))).toMatchObject([
      { kind: 'signal', title: '/pricing' },
      { kind: 'signal', title: '/pricing' },
    ]);
    org.orgClock.advance(15 * day);
    await org.sync(store);
    expect(org.stages()[lead]).toBe('inquiry');
  });

  it('are kept of those alone who have consented, and of nobody who does not want to be followed', async () => {
    person('silent@buyer.example');
    const individual = (name: string, fields: Record<string, unknown>): string =>
      org.add('Individual', { LastName: name, ...fields });
    person('out@buyer.example', { IndividualId: individual('Out', { HasOptedOutTracking: true }) });
    person('forget@buyer.example', { IndividualId: individual('Forget', { ShouldForget: true }) });
    person('fine@buyer.example', { IndividualId: individual('Fine', {}) });
    const none = { context: { traits: { email: 'silent@buyer.example' } } };
    const refused = { context: { consent: false, traits: { email: 'fine@buyer.example' } } };
    const calls = [
      visit('', none),
      visit('', refused),
      ...['out', 'forget', 'fine', 'stranger'].map((name) => visit(`${name}@buyer.example`)),
    ];
    const blind = await load(calls, { dryRun: true }, org.people.service);
    expect(blind, 'who cannot read what people refuse').toMatchObject({ added: 0, withoutConsent: 5, unmatched: 1 });
    expect(await load(calls)).toMatchObject({ rows: 6, added: 1, withoutConsent: 4, unmatched: 1 });
  });

  it('take the consent from a checkbox of the lead, and refuse a field that is none', async () => {
    const [yes, no] = [person('yes@buyer.example', { DoNotCall: true }), person('no@buyer.example')];
    const calls = ['yes', 'no'].map((name) => visit('', { context: { traits: { email: `${name}@buyer.example` } } }));
    expect(await load(calls, { consentField: 'DoNotCall' })).toMatchObject({ added: 1, withoutConsent: 1 });
    expect((await store.signals.of([yes, no])).map(({ leadId }) => leadId)).toEqual([yes]);
    await expect(load(calls, { consentField: 'Company' })).rejects.toThrow('is no checkbox');
    await expect(load(calls, { consentField: 'Nothing__c' })).rejects.toThrow('does not exist');
  });

  it('are erased of whoever has refused since, as soon as others are imported', async () => {
    const individual = org.add('Individual', { LastName: 'Later' });
    const names = ['unticked', 'ticked', 'out', 'said'] as const;
    const [unticked, ticked, out, said] = names.map((name) =>
      person(`${name}.later@buyer.example`, {
        DoNotCall: true,
        ...(name === 'out' && { IndividualId: individual }),
      }),
    ) as [string, string, string, string];
    const by = (name: string, more: Record<string, unknown> = {}) =>
      visit('', { context: { ...more, traits: { email: `${name}.later@buyer.example` } } });
    const first = [...names.slice(0, 3).map((name) => by(name)), by('said', { consent: true })];
    expect(await load(first, { consentField: 'DoNotCall' })).toMatchObject({ added: 4 });
    const { org: data } = org.running;
    for (const Id of [unticked, said]) updateRow(data, data.system(), 'Lead', { Id, DoNotCall: false });
    updateRow(data, data.system(), 'Individual', { Id: individual, HasOptedOutTracking: true });
    const left = async () => (await store.signals.of([unticked, ticked, out, said])).map(({ leadId }) => leadId).sort();
    await load([], { consentField: 'DoNotCall', dryRun: true });
    expect(await left()).toHaveLength(4);
    await load([], { consentField: 'DoNotCall' });
    expect(await left()).toEqual([ticked, said].sort());
  });

  it('go to the open lead that was created last, where several have the address', async () => {
    person('twice@buyer.example');
    org.orgClock.advance(day);
    const later = person('twice@buyer.example');
    await load([visit('twice@buyer.example')]);
    const found = org.query("SELECT Id FROM Lead WHERE Email = 'twice@buyer.example'").map(({ Id }) => String(Id));
    expect((await store.signals.of(found)).map(({ leadId }) => leadId)).toEqual([later]);
  });

  it('are read from a CSV by a field of the lead, with the lines named that are no calls', async () => {
    const lead = person('csv@buyer.example', { Title: 'C-42' });
    const at = new Date(org.clock.now()).toISOString();
    const csv = `type,userId,timestamp,properties.path,consent\npage,C-42,${at},/pricing,yes\npage,C-42,never,/,yes\npage,C-42\n`;
    expect(await load(csv, { idField: 'Title' })).toMatchObject({ rows: 3, added: 1, malformed: 2 });
    expect(rejects.map(({ line }) => line)).toEqual([3, 4]);
    expect((await store.signals.of([lead]))[0]?.attributes).toEqual({ type: 'page', name: null, path: '/pricing' });
  });

  it('are refused from the future, but for what the clocks of senders may differ by', async () => {
    const lead = person('early@buyer.example');
    const ahead = (minutes: number) =>
      visit('early@buyer.example', { timestamp: new Date(org.clock.now() + minutes * 60_000).toISOString() });
    expect(await load([ahead(4), ahead(6)])).toMatchObject({ rows: 2, added: 1, malformed: 1 });
    expect(await store.signals.of([lead])).toHaveLength(1);
  });

  it('are imported behind a line that is too long, which is told', async () => {
    const lead = person('long@buyer.example');
    const long = visit('long@buyer.example', { properties: { path: `/${'x'.repeat(1_100_000)}` } });
    const calls = [visit('long@buyer.example'), long, visit('long@buyer.example')];
    expect(await load(calls)).toMatchObject({ rows: 3, added: 2, malformed: 1 });
    expect(rejects).toMatchObject([{ line: 2, reason: 'The line is too long to be a call.' }]);
    expect(await store.signals.of([lead])).toHaveLength(2);
  });

  it('leave nothing behind in a dry run', async () => {
    const lead = person('dry@buyer.example');
    expect(await load([visit('dry@buyer.example')], { dryRun: true })).toMatchObject({ added: 1, dryRun: true });
    expect(await store.signals.of([lead])).toEqual([]);
  });

  it('are forgotten after the time that they are kept, and erased at once on demand', async () => {
    const lead = person('old@buyer.example');
    const old = visit('old@buyer.example', { timestamp: new Date(org.clock.now() - 100 * day).toISOString() });
    expect(await load([old, visit('old@buyer.example')], { keepMs: 90 * day })).toMatchObject({ added: 1, tooOld: 1 });
    org.orgClock.advance(91 * day);
    await org.sync(store);
    expect(await store.signals.of([lead])).toEqual([]);
    await load([visit('old@buyer.example'), visit('old@buyer.example')]);
    await org.sync(store);
    expect(org.stages()[lead]).toBe('mql');
    expect(await eraseSignals(store, lead, org.clock.now())).toEqual({ leadId: lead, erased: 2 });
    await org.sync(store);
    expect(org.stages()[lead]).toBe('inquiry');
  });
});
