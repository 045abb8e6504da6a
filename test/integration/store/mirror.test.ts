import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CrmValue, Store } from '../../../src/app/ports.ts';
import { packRows } from '../../../src/app/ports/packed-rows.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { memoryStore, temporaryFile } from './temporary-store.ts';

const columns = ['Id', 'Name', 'NumberOfEmployees', 'IsConverted', 'Owner.Type'];
const row = (id: string, name: CrmValue = 'Ann'): CrmValue[] => [id, name];

async function leadStore(fields: readonly string[] = ['Id', 'Name']): Promise<Store & AsyncDisposable> {
  const store = await memoryStore();
  await store.mirror.prepare('Lead', fields);
  return store;
}

const rowsOf = (...ids: string[]): CrmValue[][] => ids.map((id) => row(id));

it('gives every value back with its type', async () => {
  await using store = await leadStore(columns);
  await store.mirror.save('Lead', columns, [
    ['00Q1', "it's", 1.5, true, null],
    ['00Q2', '007', 0, false, 'Queue'],
  ]);
  expect(await store.mirror.get('Lead', ['00Q1', '00Q2', '00Q9'])).toEqual([
    { Id: '00Q1', Name: "it's", NumberOfEmployees: 1.5, IsConverted: true, 'Owner.Type': null },
    { Id: '00Q2', Name: '007', NumberOfEmployees: 0, IsConverted: false, 'Owner.Type': 'Queue' },
  ]);
});

it('gives back any text and number, and sees no difference when the same is saved again', async () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
    fc.double({ noNaN: true }),
    fc.boolean(),
    fc.constant(null),
  );
  const finite = value.filter((each) => typeof each !== 'number' || Number.isFinite(each));
  await fc.assert(
    fc.asyncProperty(fc.array(finite, { minLength: 1, maxLength: 20 }), async (values) => {
      await using store = await leadStore();
      const rows = values.map((each, n) => row(`00Q${n}`, each));
      expect(await store.mirror.save('Lead', ['Id', 'Name'], rows)).toBe(rows.length);
      expect(await store.mirror.save('Lead', ['Id', 'Name'], packRows(rows))).toBe(0);
      const held = new Map((await store.mirror.page('Lead', '', 20)).map((each) => [each['Id'], each['Name']]));
      for (const [id, name] of rows) expect(held.get(id as string)).toBe(Object.is(name, -0) ? 0 : name);
    }),
    { numRuns: 25 },
  );
});

it('takes packed rows in any order of their columns', async () => {
  await using store = await leadStore();
  await store.mirror.save('Lead', ['Name', 'Id'], packRows([['Ann', '00Q1']]));
  expect(await store.mirror.save('Lead', ['Id', 'Name'], [row('00Q1')])).toBe(0);
});

it('counts rows that are new or different, and no others', async () => {
  await using store = await leadStore();
  const save = (...rows: CrmValue[][]): Promise<number> => store.mirror.save('Lead', ['Id', 'Name'], rows);
  expect(await save(row('00Q1'), row('00Q2'), row('00Q3', null))).toBe(3);
  expect(await save(row('00Q1'), row('00Q2', 'Bob'), row('00Q3', null), row('00Q4'))).toBe(2);
  expect(await save(row('00Q1', null), row('00Q3'))).toBe(2);
});

it('forgets fields that are not prepared any more, so that none is read that is not kept current', async () => {
  await using store = await leadStore(['Id', 'Name', 'Rating']);
  await store.mirror.save('Lead', ['Id', 'Name', 'Rating'], [['00Q1', 'Ann', 'Hot']]);
  await store.mirror.prepare('Lead', ['Id', 'Name']);
  expect(await store.mirror.get('Lead', ['00Q1'])).toEqual([{ Id: '00Q1', Name: 'Ann' }]);
  expect(await store.mirror.prepare('Lead', ['Id', 'Rating', 'Name'])).toEqual(['Rating']);
});

it('gives null for a field that a record was saved without', async () => {
  await using store = await leadStore();
  await store.mirror.save('Lead', ['Id', 'Name'], [row('00Q1')]);
  await store.mirror.prepare('Lead', ['Id', 'Rating', 'Name']);
  expect(await store.mirror.get('Lead', ['00Q1'])).toEqual([{ Id: '00Q1', Rating: null, Name: 'Ann' }]);
  expect(await store.mirror.save('Lead', ['Id', 'Rating', 'Name'], [['00Q1', null, 'Ann']])).toBe(1);
});

it('knows nothing of fields whose preparation was rolled back', async () => {
  await using store = await leadStore();
  const failing = store.transaction(async () => {
    await store.mirror.prepare('Lead', ['Id', 'Name', 'Rating']);
    await store.mirror.save('Lead', ['Id', 'Name', 'Rating'], [['00Q1', 'Ann', 'Hot']]);
    throw new Error('stop');
  });
  await expect(failing).rejects.toThrow('stop');
  expect(await store.mirror.save('Lead', ['Id', 'Name'], [row('00Q1')])).toBe(1);
  expect(await store.mirror.prepare('Lead', ['Id', 'Name', 'Rating'])).toEqual(['Rating']);
});

it('tells which fields are new, so that the object is read again in full', async () => {
  await using store = await memoryStore();
  expect(await store.mirror.prepare('Lead', ['Id', 'Name'])).toEqual(['Name']);
  expect(await store.mirror.prepare('Lead', ['Id', 'Name', 'Rating', 'Rating'])).toEqual(['Rating']);
  expect(await store.mirror.prepare('Lead', ['Rating', 'Name'])).toEqual([]);
});

it('needs the whole object again when children hang on another field', async () => {
  await using store = await memoryStore();
  await store.mirror.prepare('Task', ['Id', 'WhoId', 'WhatId'], 'WhoId');
  expect(await store.mirror.prepare('Task', ['Id', 'WhoId', 'WhatId'], 'WhatId')).toEqual(['WhoId', 'WhatId']);
  await store.mirror.save('Task', ['Id', 'WhoId', 'WhatId'], [['00T1', '00Q1', '001A']]);
  expect(await store.mirror.children('Task', 'WhatId', ['001A'])).toHaveLength(1);
  await expect(store.mirror.children('Task', 'WhoId', ['00Q1'])).rejects.toMatchObject({ code: 'bug' });
});

it('finds a child by its new parent once it has moved, and no more by its old one', async () => {
  await using store = await memoryStore();
  await store.mirror.prepare('Task', ['Id', 'WhoId'], 'WhoId');
  await store.mirror.save(
    'Task',
    ['Id', 'WhoId'],
    [
      ['00T1', '00Q1'],
      ['00T2', '00Q1'],
    ],
  );
  expect(await store.mirror.children('Task', 'WhoId', ['00Q1'])).toHaveLength(2);
  await store.mirror.save('Task', ['Id', 'WhoId'], [['00T1', '00Q2']]);
  expect(await store.mirror.children('Task', 'WhoId', ['00Q1'])).toEqual([{ Id: '00T2', WhoId: '00Q1' }]);
  expect(await store.mirror.children('Task', 'WhoId', ['00Q2'])).toEqual([{ Id: '00T1', WhoId: '00Q2' }]);
});

it('pages through an object in the order of ids', async () => {
  await using store = await leadStore();
  await store.mirror.save('Lead', ['Id', 'Name'], rowsOf('00Qb', '00QA', '00Qa', '00QB', '00Q1'));
  const seen: CrmValue[] = [];
  for (let after = ''; ; after = String(seen.at(-1))) {
    const page = await store.mirror.page('Lead', after, 2);
    if (page.length === 0) break;
    seen.push(...page.map((record) => record['Id'] as CrmValue));
  }
  expect(seen).toEqual(['00Q1', '00QA', '00QB', '00Qa', '00Qb']);
});

it('finds children of more parents than one statement takes', async () => {
  await using store = await memoryStore();
  await store.mirror.prepare('Task', ['Id', 'WhoId'], 'WhoId');
  const tasks = Array.from({ length: 3_000 }, (_, n) => [`00T${n}`, n % 3 === 0 ? null : `00Q${n % 1_000}`]);
  await store.mirror.save('Task', ['Id', 'WhoId'], tasks);
  const parents = Array.from({ length: 700 }, (_, n) => `00Q${n}`);
  const found = await store.mirror.children('Task', 'WhoId', parents);
  const expected = tasks.filter(([, who]) => who !== null && parents.includes(String(who)));
  expect(new Set(found.map((record) => record['Id']))).toEqual(new Set(expected.map(([id]) => id)));
});

it('removes rows by id', async () => {
  await using store = await leadStore();
  await store.mirror.save('Lead', ['Id', 'Name'], rowsOf('00Q1', '00Q2', '00Q3'));
  await store.mirror.remove('Lead', ['00Q1', '00Q3', '00Q9']);
  expect(await store.mirror.count('Lead')).toBe(1);
});

it('removes what a full read did not see, whether or not the rows it saw had changed', async () => {
  await using store = await leadStore();
  await store.mirror.save('Lead', ['Id', 'Name'], [row('00Q1'), row('00Q2'), row('00Q3')]);
  await store.mirror.beginSweep('Lead');
  await store.mirror.save('Lead', ['Id', 'Name'], [row('00Q1'), row('00Q3', 'Bob'), row('00Q4')]);
  expect(await store.mirror.endSweep('Lead')).toEqual(['00Q2']);
  expect((await store.mirror.page('Lead', '', 10)).map((record) => record['Id'])).toEqual(['00Q1', '00Q3', '00Q4']);
});

it('removes nothing at the end of the very first read', async () => {
  await using store = await leadStore();
  await store.mirror.beginSweep('Lead');
  await store.mirror.save('Lead', ['Id', 'Name'], rowsOf('00Q1', '00Q2'));
  expect(await store.mirror.endSweep('Lead')).toEqual([]);
  expect(await store.mirror.count('Lead')).toBe(2);
});

it('begins a full read anew when the last one broke off', async () => {
  await using store = await leadStore();
  await store.mirror.save('Lead', ['Id', 'Name'], rowsOf('00Q1', '00Q2'));
  await store.mirror.beginSweep('Lead');
  await store.mirror.save('Lead', ['Id', 'Name'], rowsOf('00Q1'));
  await store.mirror.beginSweep('Lead');
  await store.mirror.save('Lead', ['Id', 'Name'], rowsOf('00Q2'));
  expect(await store.mirror.endSweep('Lead')).toEqual(['00Q1']);
});

it('refuses to end a full read that has not begun, which would remove everything', async () => {
  await using store = await leadStore();
  await store.mirror.save('Lead', ['Id', 'Name'], rowsOf('00Q1'));
  await expect(store.mirror.endSweep('Lead')).rejects.toMatchObject({ code: 'bug' });
  expect(await store.mirror.count('Lead')).toBe(1);
});

it('refuses names that are none, fields it was not prepared for, and rows without Id', async () => {
  await using store = await leadStore();
  await expect(store.mirror.prepare('Lead"; drop table note; --', ['Id'])).rejects.toMatchObject({ code: 'invalid' });
  await expect(store.mirror.prepare('Lead', ['Na"me'])).rejects.toMatchObject({ code: 'invalid' });
  await expect(store.mirror.save('Lead', ['Id', 'Email'], [['1', '2']])).rejects.toThrow('do not fit');
  await expect(store.mirror.save('Lead', ['Name'], [['1']])).rejects.toThrow('do not fit');
  await expect(store.mirror.count('Case')).rejects.toThrow('not prepared');
});

it('holds what a map would hold after any saves and removals', async () => {
  const fields = ['Id', 'Name', 'IsConverted'];
  const id = fc.constantFrom('a', 'b', 'c', 'd');
  const step = fc.oneof(
    fc.record({ save: fc.array(fc.tuple(id, fc.option(fc.string()), fc.boolean()), { maxLength: 5 }) }),
    fc.record({ remove: fc.array(id, { maxLength: 3 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      await using store = await leadStore(fields);
      const model = new Map<string, { Name: string | null; IsConverted: boolean }>();
      for (const each of steps) {
        if ('remove' in each) {
          await store.mirror.remove('Lead', each.remove);
          for (const gone of each.remove) model.delete(gone);
          continue;
        }
        const before = new Map(model);
        for (const [key, Name, IsConverted] of each.save) model.set(key, { Name, IsConverted });
        const changed = await store.mirror.save('Lead', fields, each.save);
        const differing = [...model].filter(
          ([key, value]) => JSON.stringify(before.get(key)) !== JSON.stringify(value),
        );
        expect(changed).toBeGreaterThanOrEqual(differing.length);
      }
      const held = await store.mirror.page('Lead', '', 100);
      const expected = [...model].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([Id, value]) => ({ Id, ...value }));
      expect(held.map(({ Id, Name, IsConverted }) => ({ Id, Name, IsConverted }))).toEqual(expected);
    }),
    { numRuns: 25 },
  );
});

it('undoes a save that fails, and keeps the ones before and after it', async () => {
  await using store = await leadStore();
  await store.mirror.save('Lead', ['Id', 'Name'], [row('00Q1')]);
  await expect(store.mirror.save('Lead', ['Id', 'Name'], [row('00Q2'), [null, 'no id']])).rejects.toMatchObject({
    code: 'bug',
  });
  await store.mirror.save('Lead', ['Id', 'Name'], [row('00Q3')]);
  expect((await store.mirror.page('Lead', '', 10)).map((record) => record['Id'])).toEqual(['00Q1', '00Q3']);
});

it('shows a save to other processes soon, without being asked for anything else', async () => {
  await using file = await temporaryFile();
  const [one, two] = [await openStore(file.path), await openStore(file.path)];
  await one.mirror.prepare('Lead', ['Id', 'Name']);
  await two.mirror.prepare('Lead', ['Id', 'Name']);
  await one.mirror.save('Lead', ['Id', 'Name'], rowsOf('00Q1'));
  await expect.poll(() => two.mirror.count('Lead')).toBe(1);
  await Promise.all([one.close(), two.close()]);
});
