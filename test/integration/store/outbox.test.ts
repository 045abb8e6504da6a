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

it('hands out the oldest intents first, kept together by object and kind', async () => {
  await using store = await memoryStore();
  const state = { object: 'State__c', kind: 'upsert', keyField: 'Key__c' } as const;
  const entries = [entry('a'), entry('b', 'd1', state), entry('c'), entry('d', 'd1', state), entry('e')];
  expect(await store.outbox.enqueue(entries)).toBe(5);
  expect((await store.outbox.next(4)).map(({ key }) => key)).toEqual(['a', 'c', 'b', 'd']);
  expect((await store.outbox.next(10))[3]).toEqual({ ...entry('b', 'd1', state), attempts: 0 });
});

it('drops an intent that the CRM has already confirmed', async () => {
  await using store = await memoryStore();
  await store.outbox.enqueue([entry('a')]);
  await store.outbox.next(1);
  await store.outbox.confirm([{ key: 'a', recordId: '00Q1' }]);
  expect(await store.outbox.enqueue([entry('a')])).toBe(0);
  expect(await store.outbox.pending()).toBe(0);
  expect(await store.outbox.confirmed(['a', 'b'])).toEqual(new Map([['a', { digest: 'd1', recordId: '00Q1' }]]));
});

it('takes the same intent again after its digest was forgotten', async () => {
  await using store = await memoryStore();
  await store.outbox.enqueue([entry('a')]);
  await store.outbox.confirm([{ key: 'a', recordId: '00Q1' }]);
  await store.outbox.forget(['a']);
  expect(await store.outbox.enqueue([entry('a')])).toBe(1);
});

it('replaces a pending intent of the same key by the later one', async () => {
  await using store = await memoryStore();
  await store.outbox.enqueue([entry('a', 'd1'), entry('a', 'd2')]);
  expect(await store.outbox.enqueue([entry('a', 'd3')])).toBe(1);
  expect(await store.outbox.enqueue([entry('a', 'd3')])).toBe(0);
  expect((await store.outbox.next(9)).map(({ digest }) => digest)).toEqual(['d3']);
});

it('does not take the confirmation of an intent for that of its successor', async () => {
  await using store = await memoryStore();
  await store.outbox.enqueue([entry('a', 'd1')]);
  await store.outbox.next(1);
  await store.outbox.enqueue([entry('a', 'd2')]);
  await store.outbox.confirm([{ key: 'a', recordId: '00Q1' }]);
  expect((await store.outbox.next(9)).map(({ digest }) => digest)).toEqual(['d2']);
  expect((await store.outbox.confirmed(['a'])).get('a')?.digest).toBe('d1');
});

it('sends the old value again when it is wanted back while another one is on its way', async () => {
  await using store = await memoryStore();
  await store.outbox.enqueue([entry('a', 'd1')]);
  await store.outbox.confirm([{ key: 'a', recordId: '00Q1' }]);
  await store.outbox.enqueue([entry('a', 'd2')]);
  await store.outbox.next(1);
  expect(await store.outbox.enqueue([entry('a', 'd1')])).toBe(1);
  await store.outbox.confirm([{ key: 'a', recordId: '00Q1' }]);
  expect((await store.outbox.next(9)).map(({ digest }) => digest)).toEqual(['d1']);
});

it('gives an intent up after as many attempts as allowed, and keeps why', async () => {
  await using store = await memoryStore({ maxAttempts: 3, clock: { now: () => 0 } });
  await store.outbox.enqueue([entry('a'), entry('b')]);
  for (const attempts of [0, 1, 2]) {
    expect(await store.outbox.next(1)).toMatchObject([{ key: 'a', attempts }]);
    await store.outbox.fail([{ key: 'a', reason: 'locked', retryable: true }]);
  }
  expect(await store.outbox.deadLetters()).toEqual([
    { key: 'a', object: 'Lead', reason: 'locked', at: '1970-01-01T00:00:00.000Z' },
  ]);
  expect((await store.outbox.next(9)).map(({ key }) => key)).toEqual(['b']);
});

it('gives an intent up at once that cannot succeed, and forgets the dead letter when a later one does', async () => {
  await using store = await memoryStore();
  await store.outbox.enqueue([entry('a')]);
  await store.outbox.next(1);
  await store.outbox.fail([{ key: 'a', reason: 'Too hot', retryable: false }]);
  expect(await store.outbox.pending()).toBe(0);
  expect(await store.outbox.deadLetters()).toMatchObject([{ key: 'a', reason: 'Too hot' }]);
  expect(await store.outbox.enqueue([entry('a')])).toBe(1);
  await store.outbox.confirm([{ key: 'a', recordId: '00Q1' }]);
  expect(await store.outbox.deadLetters()).toEqual([]);
});

it('spares an intent that replaced the one that failed', async () => {
  await using store = await memoryStore();
  await store.outbox.enqueue([entry('a', 'd1')]);
  await store.outbox.next(1);
  await store.outbox.enqueue([entry('a', 'd2')]);
  await store.outbox.fail([{ key: 'a', reason: 'Too hot', retryable: false }]);
  expect(await store.outbox.deadLetters()).toEqual([]);
  expect(await store.outbox.next(9)).toMatchObject([{ digest: 'd2', attempts: 0 }]);
});
