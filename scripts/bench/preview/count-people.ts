/** Runs one way of going through the people of a store, in a process of its own, and prints what it took as JSON. */
import { historiesIn } from '../../../src/app/preview/count-slice.ts';
import { cutRanges } from '../../../src/app/preview/preview-agreement.ts';
import { countHere } from '../../../src/app/preview/slice-counter.ts';
import { previewThreads } from '../../../src/jobs/preview-threads.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { openReader } from '../../../src/store/open-reader.ts';
import { now, task } from './previewed-store.ts';

const [path = '', way] = process.argv.slice(2);
const store = await openStore(path);
const ranges = await cutRanges(store);
const options = { advance: () => {}, stop: new AbortController().signal };
const begin = performance.now();
const people = await count();
const milliseconds = performance.now() - begin;
await store.close();
process.stdout.write(`${JSON.stringify({ people, milliseconds, megabytes: process.resourceUsage().maxRSS / 1024 })}\n`);

async function count(): Promise<number> {
  if (way === 'threads') return (await previewThreads(path).count(task, ranges, options)).people;
  const reader = openReader(path);
  try {
    if (way === 'here') return (await countHere(reader).count(task, ranges, options)).people;
    let read = 0;
    for await (const page of historiesIn(reader, task.plan, now, { after: '', upTo: undefined })) read += page.length;
    return read;
  } finally {
    await reader.close();
  }
}
