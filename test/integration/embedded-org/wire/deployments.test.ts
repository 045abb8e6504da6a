import { setImmediate } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { type Deployment, Deployments } from '../../../../src/embedded-org/wire/metadata/deployments.ts';
import { openTestOrg } from '../../../support/test-org.ts';

const NO_ZIP = new Uint8Array([1, 2, 3]);

/** Asks for as many deployments as may wait, each of which fails when its turn comes. */
function fill(deployments: Deployments, user: Deployment['user']): readonly Deployment[] {
  return Array.from({ length: 20 }, () => deployments.enqueue(user, NO_ZIP, {}));
}

async function finish(all: readonly Deployment[]): Promise<void> {
  while (all.some((each) => each.completedAt === undefined)) await setImmediate();
}

function open(): { deployments: Deployments; user: Deployment['user'] } {
  const { org, admin } = openTestOrg();
  onTestFinished(() => org.close());
  const fail = (error: unknown): never => {
    throw error;
  };
  return { deployments: new Deployments(org, fail), user: admin };
}

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
