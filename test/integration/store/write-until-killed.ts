import { openStore } from '../../../src/store/open-store.ts';

/** Writes rows, intents and the cursor in transactions for ever, and says which transactions are done. */
const store = await openStore(process.argv[2] as string);
await store.leaseSync();
await store.mirror.prepare('Lead', ['Id', 'Name']);
for (let n = 0; ; n += 1) {
  const ids = Array.from({ length: 200 }, (_, index) => `00Q${String(n * 200 + index).padStart(9, '0')}`);
  await store.transaction(async () => {
    await store.mirror.save(
      'Lead',
      ['Id', 'Name'],
      ids.map((id) => [id, `in ${n}`]),
    );
    await store.outbox.enqueue(
      ids.map((id) => ({ key: id, object: 'Lead', kind: 'update', record: { Id: id }, digest: 'd' })),
    );
    await store.setNote('done', String(n));
  });
  process.stdout.write(`${n}\n`);
}
