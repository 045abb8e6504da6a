import { setImmediate } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { Deployment } from '../../../../src/embedded-org/wire/metadata/deployment.ts';
import { Deployments } from '../../../../src/embedded-org/wire/metadata/deployments.ts';
import type { Org } from '../../../../src/embedded-org/data/org-core.ts';
import type { UserContext } from '../../../../src/embedded-org/data/types.ts';
import { openTestOrg, packageXml, xml, zipOf } from '../../../support/test-org.ts';

const NO_ZIP = new Uint8Array([1, 2, 3]);

/** Asks for as many deployments as may wait, each of which fails when its turn comes. */
function fill(deployments: Deployments, user: UserContext): readonly Deployment[] {
  return Array.from({ length: 20 }, () => deployments.enqueue(user, NO_ZIP, {}));
}

async function finish(all: readonly Deployment[]): Promise<void> {
  while (all.some((each) => each.completedAt === undefined)) await setImmediate();
}

function open(): { org: Org; deployments: Deployments; user: UserContext } {
  const { org, admin } = openTestOrg();
  onTestFinished(() => org.close());
  return { org, deployments: restart(org), user: admin };
}

/** What an org that starts with the same database knows of deployments. */
function restart(org: Org, faults?: unknown[]): Deployments {
  return new Deployments(org, (error) => {
    if (faults === undefined) throw error;
    faults.push(error);
  });
}

const permission = (): Promise<Uint8Array> =>
  zipOf({
    'package.xml': packageXml({ CustomPermission: ['Fly'] }),
    'customPermissions/Fly.customPermission': xml('CustomPermission', '<label>Fly</label>'),
  });

it('lets twenty deployments wait and refuses more, even when those are canceled', async () => {
  const { deployments, user } = open();
  const waiting = fill(deployments, user);
  for (const each of waiting.slice(10)) deployments.cancel(each);
  expect(() => deployments.enqueue(user, NO_ZIP, {})).toThrow('20 deployments are waiting already');
  await finish(waiting);
  expect(deployments.enqueue(user, NO_ZIP, {}).status).toBe('Pending');
  await deployments.close();
});

it('forgets the oldest of more than 200 finished deployments, and none that waits', async () => {
  const { deployments, user } = open();
  const finished: Deployment[] = [];
  for (let round = 0; round < 11; round++) {
    const batch = fill(deployments, user);
    await finish(batch);
    finished.push(...batch);
  }
  const waiting = fill(deployments, user);
  const kept = [...finished, ...waiting].filter(({ id }) => deployments.find(id));
  expect(kept).toEqual([...finished.slice(20), ...waiting]);
  await deployments.close();
});

it('knows after a restart how deployments ended, with the same details', async () => {
  const { org, deployments, user } = open();
  const good = deployments.enqueue(user, await permission(), {});
  const bad = deployments.enqueue(user, NO_ZIP, {});
  await finish([good, bad]);
  const again = restart(org);
  expect(again.find(good.id)).toEqual(good);
  expect(again.find(good.id)).toMatchObject({
    status: 'Succeeded',
    user: { name: user.name },
    outcome: { success: true },
  });
  expect(again.find(bad.id)).toEqual(bad);
  expect(again.find(bad.id)).toMatchObject({ status: 'Failed', errorMessage: expect.stringContaining('not a zip') });
  const next = again.enqueue(user, NO_ZIP, {});
  expect([good.id, bad.id]).not.toContain(next.id);
  await again.close();
});

it('says after a kill that what had not ended failed, and that what waited was canceled', async () => {
  const { org, deployments, user } = open();
  const cut = new Promise<never>(() => {});
  const killed = new Deployments({ ...org, deploy: () => cut }, () => {});
  const begun = killed.enqueue(user, await permission(), {});
  const waiting = killed.enqueue(user, await permission(), {});
  while (begun.status === 'Pending') await setImmediate();
  const again = restart(org);
  expect(again.find(begun.id)).toMatchObject({
    status: 'Failed',
    errorMessage: 'The org was stopped during this deployment; nothing of it was kept. Deploy again.',
  });
  expect(again.find(waiting.id)).toMatchObject({ status: 'Canceled', errorMessage: expect.stringContaining('before') });
  expect(restart(org).find(begun.id)).toEqual(again.find(begun.id));
  expect(org.metadataNames('CustomPermission')).toEqual([]);
  await deployments.close();
});

it('says after a kill that a deployment succeeded whose components were kept', async () => {
  const { org, user } = open();
  let kept = (): void => {};
  const done = new Promise<void>((resolve) => (kept = resolve));
  const deploy: Org['deploy'] = async (...args) => {
    await org.deploy(...args);
    kept();
    return new Promise<never>(() => {});
  };
  const { id } = new Deployments({ ...org, deploy }, () => {}).enqueue(user, await permission(), {});
  await done;
  expect(org.metadataNames('CustomPermission')).toEqual(['Fly']);
  expect(restart(org).find(id)).toMatchObject({ status: 'Succeeded', outcome: { success: true } });
});

it('forgets in the database what it forgets', async () => {
  const { org, deployments, user } = open();
  for (let round = 0; round < 11; round++) await finish(fill(deployments, user));
  deployments.enqueue(user, NO_ZIP, {});
  expect(org.core.db.prepare('select count(*) as n from wire_deployment').get()?.['n']).toBe(201);
  await deployments.close();
});

it('goes on behind a deployment whose end cannot be saved', async () => {
  const { org, user } = open();
  const faults: unknown[] = [];
  const deployments = restart(org, faults);
  org.core.db.exec("create trigger full before update on wire_deployment begin select raise(abort, 'disk full'); end");
  const unsaved = deployments.enqueue(user, await permission(), {});
  await finish([unsaved]);
  expect(unsaved).toMatchObject({ status: 'Failed', errorMessage: 'The embedded org failed; its log has the details' });
  expect(org.metadataNames('CustomPermission')).toEqual([]);
  org.core.db.exec('drop trigger full');
  const next = deployments.enqueue(user, await permission(), {});
  await finish([next]);
  expect(next.status).toBe('Succeeded');
  expect(faults.map(String)).toEqual(['Error: disk full', 'Error: disk full']);
  await deployments.close();
});

it('closes although nothing can be saved', async () => {
  const { org, user } = open();
  const faults: unknown[] = [];
  const deployments = restart(org, faults);
  const waiting = fill(deployments, user);
  org.core.db.exec("create trigger full before update on wire_deployment begin select raise(abort, 'disk full'); end");
  await deployments.close();
  expect(waiting.map((each) => each.status)).toEqual(waiting.map(() => 'Canceled'));
  expect(faults).toHaveLength(waiting.length);
});
