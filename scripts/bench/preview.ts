import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '../../src/store/open-store.ts';
import type { BenchRow } from './bench-row.ts';
import { eventsPerLead, fillStore } from './preview/previewed-store.ts';

type Way = 'read' | 'here' | 'threads' | 'receipt';
type Measure = { readonly people: number; readonly milliseconds: number; readonly megabytes: number };

/** Previews `size` leads with five events each, beside a tenth of them and beside reading them only. */
export async function run({ size }: { readonly size: number }): Promise<BenchRow[]> {
  const tenth = await measureAll(Math.max(1, Math.floor(size / 10)), ['threads']);
  const whole = await measureAll(size, ['read', 'here', 'threads', 'receipt']);
  return toRows(size, tenth.threads, whole);
}

async function measureAll<W extends Way>(size: number, ways: readonly W[]): Promise<Record<W, Measure>> {
  const folder = mkdtempSync(join(tmpdir(), 'accord-bench-'));
  try {
    const path = join(folder, 'store.sqlite');
    const store = await openStore(path);
    await fillStore(store, size);
    await store.close();
    return Object.fromEntries(ways.map((way) => [way, measure(path, way)])) as Record<W, Measure>;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure(path: string, way: Way): Measure {
  const name = way === 'receipt' ? 'one-receipt' : 'count-people';
  const script = fileURLToPath(new URL(`./preview/${name}.ts`, import.meta.url));
  return JSON.parse(execFileSync(process.execPath, [script, path, way], { encoding: 'utf8' })) as Measure;
}

function toRows(size: number, tenth: Measure, { read, here, threads, receipt }: Record<Way, Measure>): BenchRow[] {
  const at = (name: string): string => `${name}, ${size.toLocaleString('en')} leads`;
  const rate = ({ milliseconds }: Measure): number => (size * 1_000) / milliseconds;
  const growth = threads.milliseconds / tenth.milliseconds;
  const seconds = threads.milliseconds / 1_000;
  const allowed = Math.max(5, (60 * size) / 1_000_000);
  return [
    { name: at('preview: read the histories only, one thread'), value: rate(read), unit: 'leads/s' },
    {
      name: at('preview: both versions, one thread'),
      value: rate(here),
      unit: 'leads/s',
      ratio: rate(here) / rate(read),
      against: 'reading',
      target: 'at least a third of reading',
      ok: rate(here) * 3 >= rate(read),
    },
    {
      name: at(`preview: both versions, ${(size * eventsPerLead).toLocaleString('en')} events`),
      value: seconds,
      unit: 's',
      ratio: growth,
      against: 'a tenth of the data',
      target: `under ${allowed.toLocaleString('en')} s, growth at most 12 ×`,
      ok: seconds < allowed && growth <= 12,
    },
    {
      name: at('preview: peak memory, all threads'),
      value: threads.megabytes,
      unit: 'MB',
      ratio: threads.megabytes / tenth.megabytes,
      against: 'a tenth of the data',
      target: 'under 1,000 MB',
      ok: threads.megabytes < 1_000,
    },
    {
      name: at('receipt of one lead from the store'),
      value: receipt.milliseconds,
      unit: 'ms',
      target: 'under 5 ms',
      ok: receipt.milliseconds < 5,
    },
  ];
}
