import { expect, it } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { migrations } from '../../../src/store/migrations/migrations.ts';
import { SqliteSql } from '../../../src/store/sqlite-sql.ts';
import { memoryStore, temporaryFile } from './temporary-store.ts';

const cursor = (modstamp: string, lastId = '00Q1') => ({ object: 'Lead', modstamp, lastId });

it('keeps everything between runs', async () => {
  await using file = await temporaryFile();
  const first = await openStore(file.path);
  await first.setNote('org', '00D1');
  await first.setNote('org', '00D2');
  await first.cursors.advance(cursor('2026-01-01T00:00:00.000Z'));
  await first.mirror.prepare('Lead', ['Id', 'IsConverted']);
  await first.mirror.save('Lead', ['Id', 'IsConverted'], [['00Q1', true]]);
  await first.close();

  const second = await openStore(file.path);
  expect(await second.getNote('org')).toBe('00D2');
  expect(await second.getNote('nothing')).toBeUndefined();
  expect(await second.cursors.find('Lead')).toEqual(cursor('2026-01-01T00:00:00.000Z'));
  expect(await second.mirror.prepare('Lead', ['Id', 'IsConverted'])).toEqual([]);
  expect(await second.mirror.get('Lead', ['00Q1'])).toEqual([{ Id: '00Q1', IsConverted: true }]);
  await second.close();
});

it('never moves a cursor backwards', async () => {
  await using store = await memoryStore();
  const newer = cursor('2026-01-01T00:02:00.000Z');
  await store.cursors.advance(newer);
  await store.cursors.advance(cursor('2026-01-01T00:01:00.000Z', '00Q9'));
  await store.cursors.advance(cursor('2026-01-01T00:02:00.000Z', '00Q0'));
  expect(await store.cursors.find('Lead')).toEqual(newer);
});

it('gives people to judge when they are due, the earliest first', async () => {
  await using store = await memoryStore();
  await store.schedule.plan([
    { id: 'b', dueAt: 200 },
    { id: 'a', dueAt: 200 },
    { id: 'c', dueAt: 5_000_000_000_000 },
    { id: 'd', dueAt: 100 },
    { id: 'e', dueAt: undefined },
  ]);
  expect(await store.schedule.due(200, 10)).toEqual(['d', 'a', 'b']);
  expect(await store.schedule.due(200, 2)).toEqual(['d', 'a']);
  await store.schedule.plan([
    { id: 'd', dueAt: undefined },
    { id: 'a', dueAt: 300 },
  ]);
  expect(await store.schedule.due(250, 10)).toEqual(['b']);
});

it('makes people due earlier, never later', async () => {
  await using store = await memoryStore();
  await store.schedule.plan([
    { id: 'soon', dueAt: 100 },
    { id: 'late', dueAt: 900 },
  ]);
  await store.schedule.hasten(['soon', 'late', 'new'], 500);
  expect(await store.schedule.due(100, 10)).toEqual(['soon']);
  expect(await store.schedule.due(500, 10)).toEqual(['soon', 'late', 'new']);
});

it('writes all of a transaction or none of it', async () => {
  await using store = await memoryStore();
  const failing = store.transaction(async () => {
    await store.setNote('a', '1');
    await store.outbox.enqueue([{ key: 'k', object: 'Lead', kind: 'update', record: {}, digest: 'd' }]);
    throw new Error('stop');
  });
  await expect(failing).rejects.toThrow('stop');
  expect(await store.getNote('a')).toBeUndefined();
  expect(await store.outbox.pending()).toBe(0);
  expect(await store.transaction(async () => store.setNote('a', '2').then(() => 'done'))).toBe('done');
  expect(await store.getNote('a')).toBe('2');
});

it('keeps the statements of others out of a transaction', async () => {
  await using store = await memoryStore();
  const { promise: insideFirst, resolve: enter } = Promise.withResolvers<void>();
  const failing = store.transaction(async () => {
    await store.setNote('inside', '1');
    enter();
    await store.getNote('inside');
    throw new Error('stop');
  });
  await insideFirst;
  const others = [store.setNote('outside', '1'), store.transaction(() => store.setNote('second', '1'))];
  await expect(failing).rejects.toThrow('stop');
  await Promise.all(others);
  expect(await Promise.all(['inside', 'outside', 'second'].map((name) => store.getNote(name)))).toEqual([
    undefined,
    '1',
    '1',
  ]);
});

it('refuses a transaction inside a transaction, and goes on', async () => {
  await using store = await memoryStore();
  const nested = store.transaction(() => store.transaction(async () => 'never'));
  await expect(nested).rejects.toMatchObject({ code: 'bug' });
  expect(await store.getNote('a')).toBeUndefined();
});

it('forgets all that a rehearsal wrote, tables and transactions included, whether it ends well or not', async () => {
  await using store = await memoryStore();
  await store.setNote('a', '1');
  const rows = [['00Q1', 'Ada']];
  const seen = await store.rehearse(async (rehearsal) => {
    await rehearsal.mirror.prepare('Lead', ['Id', 'Name']);
    await rehearsal.mirror.save('Lead', ['Id', 'Name'], rows);
    await rehearsal.transaction(() => rehearsal.setNote('a', '2'));
    await expect(rehearsal.transaction(() => rehearsal.transaction(async () => {}))).rejects.toThrow('inside another');
    return [await rehearsal.getNote('a'), await rehearsal.mirror.count('Lead')];
  });
  expect(seen).toEqual(['2', 1]);
  const failing = store.rehearse(async (rehearsal) => {
    await rehearsal.setNote('a', '3');
    throw new Error('It failed.');
  });
  await expect(failing).rejects.toThrow('It failed.');
  expect(await store.getNote('a')).toBe('1');
  expect(await store.mirror.prepare('Lead', ['Id', 'Name'])).toEqual(['Name']);
  expect(await store.mirror.count('Lead')).toBe(0);
});

it('lets one sync at a time use a store, and names who does', async () => {
  await using file = await temporaryFile();
  const [one, two] = [await openStore(file.path), await openStore(file.path)];
  {
    await using lease = await one.leaseSync();
    expect(lease).toBeDefined();
    await expect(two.leaseSync()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(new RegExp(`process ${process.pid} on .*, since \\d{4}-`)),
    });
    await two.setNote('reading goes on', 'yes');
  }
  await (await two.leaseSync())[Symbol.asyncDispose]();
  await Promise.all([one.close(), two.close()]);
});

it('takes each migration once, and keeps the data of earlier versions', async () => {
  await using file = await temporaryFile();
  const store = await openStore(file.path);
  await store.setNote('org', '00D1');
  await store.close();
  const sql = new SqliteSql(file.path);
  const next = { version: migrations.length + 1, name: 'test', sql: 'alter table note add column extra text' };
  await migrate(sql, file.path, [...migrations, next]);
  await migrate(sql, file.path, [...migrations, next]);
  expect(await sql.query('select name, value, extra from note')).toMatchObject([
    { name: 'org', value: '00D1', extra: null },
  ]);
  await sql.close();
  await expect(openStore(file.path)).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('newer version'),
  });
});

it('says which file is no store', async () => {
  await expect(openStore('/nowhere/at/all/store.db')).rejects.toMatchObject({
    message: expect.stringContaining('/nowhere/at/all/store.db'),
  });
});
