import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { WorkQueue } from '../../../../src/embedded-org/wire/work-queue.ts';

it('runs one piece of work after the other, and goes on behind one that fails', async () => {
  const faults: unknown[] = [];
  const queue = new WorkQueue((error) => faults.push(error));
  const steps: string[] = [];
  for (const name of ['a', 'b', 'c']) {
    queue.add(async () => {
      steps.push(`${name} begins`);
      await setImmediate();
      if (name === 'b') throw new Error('b fails');
      steps.push(`${name} ends`);
    });
  }
  queue.add(() => {
    throw new Error('d fails at once');
  });
  queue.add(() => void steps.push('e'));
  await queue.finish();
  expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'c begins', 'c ends', 'e']);
  expect(faults.map(String)).toEqual(['Error: b fails', 'Error: d fails at once']);
});
