import { expect, it } from 'vitest';
import type { OutboxEntry } from '../../../src/app/ports.ts';
import { memoryStore } from './temporary-store.ts';

const entry = (key: string, digest = 'd1', more: Partial<OutboxEntry> = {}): OutboxEntry => ({
  key,
  object: 'Lead',
  kind: 'update',
  record: { Id: key, Rating: digest },
  digest,
  ...more,
});

const lots = 1_000_000;

it('hands out the oldest intents first, kept together by object and kind', async () => {
  await using store = await memoryStore();
  const state = { object: 'State__c', kind: 'upsert', keyField: 'Key__c' } as const;
  const entries = [entry('a'), entry('b', 'd1', state), entry('c'), entry('d', 'd1', state), entry('e')];
  expect(await store.outbox.enqueue(entries)).toBe(5);
  expect((await store.outbox.next(4, lots)).map(({ key }) => key)).toEqual(['a', 'c', 'b', 'd']);
  expect((await store.outbox.next(10, lots))[3]).toEqual({ ...entry('b', 'd1', state), attempts: 0 });
});

it('replaces a pending intent of the same key by the later one', async () => {
  await using store = await memoryStore();
  await store.outbox.enqueue([entry('a', 'd1'), entry('a', 'd2')]);
  expect(await store.outbox.enqueue([entry('a', 'd3')])).toBe(1);
  expect(await store.outbox.enqueue([entry('a', 'd3')])).toBe(0);
  expect((await store.outbox.next(9, lots)).map(({ digest }) => digest)).toEqual(['d3']);
});

it('does not take the confirmation of an intent for that of its successor', async () => {
  await using store = await memoryStore();
  await store.outbox.enqueue([entry('a', 'd1')]);
  await store.outbox.next(1, lots);
  await store.outbox.enqueue([entry('a', 'd2')]);
  await store.outbox.confirm(['a']);
  expect((await store.outbox.next(9, lots)).map(({ digest }) => digest)).toEqual(['d2']);
});

it('hands out an intent that was refused for the moment only after a pause, which grows', async () => {
  let now = 0;
  await using store = await memoryStore({ maxAttempts: 9, clock: { now: () => now } });
  await store.outbox.enqueue([entry('a'), entry('b')]);
  const pauses: number[] = [];
  for (let failures = 0; failures < 4; failures++) {
    await store.outbox.next(1, lots);
    await store.outbox.fail([{ key: 'a', reason: 'locked', retryable: true }]);
    expect((await store.outbox.next(9, lots)).map(({ key }) => key)).toEqual(['b']);
    const began = now;
    while ((await store.outbox.next(9, lots)).length < 2) now += 10_000;
    pauses.push(now - began);
  }
  expect(pauses).toEqual([30_000, 60_000, 120_000, 240_000]);
});

it('hands out a new intent at once, however often its predecessor was refused', async () => {
  await using store = await memoryStore();
  await store.outbox.enqueue([entry('a')]);
  await store.outbox.next(1, lots);
  await store.outbox.fail([{ key: 'a', reason: 'locked', retryable: true }]);
  await store.outbox.enqueue([entry('a', 'd2')]);
  expect(await store.outbox.next(9, lots)).toMatchObject([{ digest: 'd2', attempts: 0 }]);
});

it('gives an intent up after as many attempts as allowed, and keeps why', async () => {
  let now = 0;
  await using store = await memoryStore({ maxAttempts: 3, clock: { now: () => now } });
  await store.outbox.enqueue([entry('a'), entry('b')]);
  for (const [attempts, buried] of [
    [0, []],
    [1, []],
    [2, ['a']],
  ] as const) {
    expect(await store.outbox.next(1, lots)).toMatchObject([{ key: 'a', attempts }]);
    expect(await store.outbox.fail([{ key: 'a', reason: 'locked', retryable: true }])).toEqual(buried);
    now += 3_600_000;
  }
  expect(await store.outbox.deadLetters()).toEqual([
    { key: 'a', object: 'Lead', reason: 'locked', at: '1970-01-01T02:00:00.000Z' },
  ]);
  expect((await store.outbox.next(9, lots)).map(({ key }) => key)).toEqual(['b']);
});

it('hands out no more than fits the bytes asked for, and never nothing', async () => {
  await using store = await memoryStore();
  const long = { record: { Id: 'x', Receipt__c: 'é'.repeat(50) } };
  await store.outbox.enqueue(['a', 'b', 'c', 'd'].map((key) => entry(key, 'd1', long)));
  expect((await store.outbox.next(9, 1)).map(({ key }) => key)).toEqual(['a']);
  expect((await store.outbox.next(9, 150)).map(({ key }) => key)).toEqual(['a', 'b']);
  expect(await store.outbox.next(9, lots)).toHaveLength(4);
});

it('tells which keys are pending, and withdraws intents and dead letters that are not wanted any more', async () => {
  await using store = await memoryStore();
  await store.outbox.enqueue([entry('a'), entry('b'), entry('c')]);
  await store.outbox.fail([{ key: 'b', reason: 'Too hot', retryable: false }]);
  expect(await store.outbox.pendingAmong(['a', 'b', 'd'])).toEqual(new Set(['a']));
  await store.outbox.withdraw(['a', 'b', 'd']);
  expect(await store.outbox.next(9, lots)).toMatchObject([{ key: 'c' }]);
  expect(await store.outbox.deadLetters()).toEqual([]);
});

it('gives an intent up at once that cannot succeed, and forgets the dead letter when a later one does', async () => {
  await using store = await memoryStore();
  await store.outbox.enqueue([entry('a')]);
  await store.outbox.next(1, lots);
  expect(await store.outbox.fail([{ key: 'a', reason: 'Too hot', retryable: false }])).toEqual(['a']);
  expect(await store.outbox.pending()).toBe(0);
  expect(await store.outbox.deadLetters()).toMatchObject([{ key: 'a', reason: 'Too hot' }]);
  expect(await store.outbox.enqueue([entry('a')])).toBe(1);
  await store.outbox.confirm(['a']);
  expect(await store.outbox.deadLetters()).toEqual([]);
});

it('spares an intent that replaced the one that failed', async () => {
  await using store = await memoryStore();
  await store.outbox.enqueue([entry('a', 'd1')]);
  await store.outbox.next(1, lots);
  await store.outbox.enqueue([entry('a', 'd2')]);
  expect(await store.outbox.fail([{ key: 'a', reason: 'Too hot', retryable: false }])).toEqual([]);
  expect(await store.outbox.deadLetters()).toEqual([]);
  expect(await store.outbox.next(9, lots)).toMatchObject([{ digest: 'd2', attempts: 0 }]);
});
