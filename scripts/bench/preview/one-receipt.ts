/** Explains single leads of a store, each from its stored records to its receipt, and prints how long the median took. */
import { readHistories } from '../../../src/app/sync/read-histories.ts';
import { stageNow } from '../../../src/domain/replay/stage-now.ts';
import { compileAgreement } from '../../../src/domain/verdict/compile-agreement.ts';
import { decide, newJudgement } from '../../../src/domain/verdict/decide.ts';
import { toReceipt } from '../../../src/domain/verdict/receipt.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { now, task } from './previewed-store.ts';

const [path = ''] = process.argv.slice(2);
const store = await openStore(path);
const compiled = compileAgreement(task.proposed);
const judgement = newJudgement(compiled);
const ids = (await store.mirror.page('Lead', '', 2_000)).map((lead) => String(lead['Id']));
const times: number[] = [];
for (let index = 0; index < ids.length; index += 7) times.push(await explainOne(ids[index] ?? ''));
await store.close();
times.sort((a, b) => a - b);
const milliseconds = times[Math.floor(times.length / 2)];
process.stdout.write(`${JSON.stringify({ people: times.length, milliseconds, megabytes: 0 })}\n`);

async function explainOne(id: string): Promise<number> {
  const begin = performance.now();
  const leads = await store.mirror.get('Lead', [id]);
  const [history] = await readHistories(store, leads, { plan: task.plan, unread: [], now });
  if (!history) throw new Error(`The store of the bench has no lead ${id}.`);
  const { timeline } = stageNow([{ compiled, from: -Infinity }], history, now, judgement);
  toReceipt(decide(compiled, timeline, now), compiled, { version: 1, hash: '', decidedAt: now, timeline });
  return performance.now() - begin;
}
