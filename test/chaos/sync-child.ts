import { runSync } from '../../src/app/sync/run-sync.ts';
import { connect } from '../../src/crm/connect.ts';
import { openStore } from '../../src/store/open-store.ts';

/** A sync in a process of its own, for tests that kill it. */
const [instanceUrl = '', accessToken = '', storePath = ''] = process.argv.slice(2);
const crm = await connect({ instanceUrl, accessToken });
const store = await openStore(storePath);
await using held = new AsyncDisposableStack();
held.use(await store.leaseSync());
const progress = { start: (stage: string) => process.stdout.write(`${stage}\n`), advance: () => {}, finish: () => {} };
await runSync({ crm, store, clock: Date, progress }, { leadFields: true });
await store.close();
