import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../../src/app/ports.ts';
import { eraseSignals } from '../../../../src/app/signals/erase-signals.ts';
import { updateRow } from '../../../support/org-people.ts';
import { AgreedOrg, agreementText } from '../agreed-org.ts';

const minute = 60_000;
const day = 86_400_000;

/** A stage that is not lost, by a field whose history the org does not track or by what a buyer did. */
const text = agreementText()
  .replace('rhythm: { expires: 90 days }\n', '')
  .replace('stages:', '  visits: { count: signal, within: 14 days }\nstages:')
  .concat(
    '  - { id: kept, title: Kept, back: false, when: { any: [ { employees: { atLeast: 90 } }, { visits: { atLeast: 1 } } ] } }\n',
  );

describe('a stage that is not lost', () => {
  let org: AgreedOrg;
  let store: Store;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    await org.push(text);
    await org.sign();
  });
  beforeEach(async () => {
    store = await org.openStore('retention.sqlite');
  });
  afterEach(() => store.close());
  afterAll(() => org[Symbol.asyncDispose]());

  const size = (lead: string, NumberOfEmployees: number): void => {
    const { org: data } = org.running;
    org.orgClock.advance(minute);
    expect(updateRow(data, data.system(), 'Lead', { Id: lead, NumberOfEmployees })).toBeUndefined();
    org.orgClock.advance(minute);
  };

  it('stays when the changes that led to it are too old to be kept', async () => {
    const lead = org.addLead({ NumberOfEmployees: 5 });
    await org.sync(store);
    size(lead, 100);
    await org.sync(store);
    size(lead, 5);
    await org.sync(store);
    expect(org.stages()[lead]).toBe('kept');
    org.orgClock.advance(401 * day);
    await org.sync(store);
    expect(await store.observations.of([lead])).toEqual([]);
    await org.sync(store, { full: true });
    expect(org.stages()[lead]).toBe('kept');
  });

  it('stays when the signals that led to it are erased', async () => {
    const lead = org.addLead({ NumberOfEmployees: 5 });
    const at = org.clock.now();
    await store.signals.add([{ id: 'one', leadId: lead, at, attributes: { type: 'page', name: null, path: '/' } }]);
    org.orgClock.advance(minute);
    await org.sync(store);
    expect(org.stages()[lead]).toBe('kept');
    expect(await eraseSignals(store, lead, org.clock.now())).toEqual({ leadId: lead, erased: 1 });
    await org.sync(store);
    expect(org.stages()[lead]).toBe('kept');
  });
});
