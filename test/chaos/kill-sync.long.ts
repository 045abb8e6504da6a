import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/embedded-org/sample/random.ts';
import type { AgreedOrg } from '../integration/app/agreed-org.ts';
import { restoreLeads } from '../integration/app/restore-leads.ts';
import { orgWithLeads, runSyncProcess } from './killable-sync.ts';

const leads = 3_000;
const kills = 60;
const seed = Number(process.env['ACCORD_SEED'] ?? 1);

describe(`a sync that is killed ${kills} times at random, with changes in between (ACCORD_SEED=${seed})`, () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await orgWithLeads(leads);
  });
  afterAll(() => org[Symbol.asyncDispose]());

  it('ends with the very records that reading everything anew gives', async () => {
    const random = new Random(seed);
    const ids = org.query('SELECT Id FROM Lead').map(({ Id }) => String(Id));
    let takeBack = (): void => {};
    for (let round = 0; round < kills; round += 1) {
      takeBack();
      takeBack = changeSome(org, random, ids);
      await runSyncProcess(
        org,
        'killed.sqlite',
        random.pick(['Reading', 'Judging', 'Writing']),
        random.between(0, 300),
      );
    }
    expect(await runSyncProcess(org, 'killed.sqlite')).toBe(true);
    const store = await org.openStore('anew.sqlite');
    expect(await org.sync(store, { leadFields: true })).toMatchObject({
      changed: 0,
      leadUpdates: 0,
      written: 0,
      failed: 0,
    });
    await store.close();
    const left = org.query('SELECT COUNT(Id) n FROM Lead')[0];
    expect(org.query('SELECT COUNT(Id) n FROM Accord_Lead_State__c')[0]).toEqual(left);
  });
});

/**
 * What a busy day does: sizes change, calls are logged, leads are deleted and new ones come.
 *
 * Returns what takes some of it back, for when the sync is dead: sizes that were before, and leads that are undeleted.
 */
function changeSome(org: AgreedOrg, random: Random, ids: string[]): () => void {
  const { org: data } = org.running;
  const options = { allOrNone: true, autoAssign: false, apiVersion: 68 };
  const some = Array.from({ length: 40 }, () => random.pick(ids as [string, ...string[]]));
  const changed = new Set(some);
  const before = org.query('SELECT Id, NumberOfEmployees FROM Lead').filter(({ Id }) => changed.has(String(Id)));
  const changes = [...changed].map((Id) => ({ Id, NumberOfEmployees: random.between(1, 99) }));
  data.update(data.system(), 'Lead', changes, options);
  const calls = some.slice(0, 5).map((WhoId) => ({ WhoId, Subject: 'Call', Status: 'Completed', TaskSubtype: 'Call' }));
  data.insert(data.system(), 'Task', calls, options);
  const missed = random.pick(some as [string, ...string[]]);
  const gone = random.pick(ids.filter((id) => id !== missed) as [string, ...string[]]);
  data.remove(data.system(), [gone, missed], options);
  ids.splice(ids.indexOf(gone), 1);
  const [added] = data.insert(
    data.system(),
    'Lead',
    [{ LastName: 'New', Company: 'Engines', NumberOfEmployees: 70, OwnerId: org.people.ana.userId }],
    options,
  );
  if (added?.id) ids.push(added.id);
  return () => {
    restoreLeads(org, [missed]);
    const half = before.filter(({ Id }) => Id !== gone).filter((_, index) => index % 2 === 0);
    data.update(data.system(), 'Lead', half, options);
  };
}
