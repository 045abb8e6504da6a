import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { BenchRow } from './bench-row.ts';

/** Each bench by name; loaded only when asked for, so that one can be profiled alone. */
const BENCHES: Readonly<Record<string, () => Promise<{ run(options: { size: number }): Promise<BenchRow[]> }>>> = {
  calendar: () => import('./calendar.ts'),
  'embedded-org': () => import('./embedded-org.ts'),
  evaluate: () => import('./evaluate.ts'),
  extract: () => import('./extract.ts'),
  preview: () => import('./preview.ts'),
  sync: () => import('./sync.ts'),
};

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    size: { type: 'string', multiple: true, default: ['10000', '100000'] },
    only: { type: 'string', multiple: true, default: Object.keys(BENCHES) },
  },
});

const rows: BenchRow[] = [];
for (const name of values.only) {
  const load = BENCHES[name];
  if (!load) throw new Error(`There is no bench ${name}; there are ${Object.keys(BENCHES).join(', ')}.`);
  const bench = await load();
  for (const size of values.size.map(Number)) {
    process.stderr.write(`${name} at ${size.toLocaleString('en')} …\n`);
    for (const row of await bench.run({ size })) {
      rows.push(row);
      if (!values.json) process.stdout.write(`${toLine(row)}\n`);
    }
  }
}
if (values.json) {
  const machine = { node: process.version, cpus: cpus().length, model: cpus()[0]?.model };
  process.stdout.write(`${JSON.stringify({ machine, rows }, null, 2)}\n`);
}

function toLine({ name, value, unit, ratio, against, target, ok }: BenchRow): string {
  const figure = `${value.toLocaleString('en', { maximumFractionDigits: 1 })} ${unit}`;
  const compared = ratio === undefined ? '' : `  ${ratio.toFixed(2)} × ${against ?? 'floor'}`;
  const judged =
    target === undefined ? '' : `  (target: ${target}${ok === undefined ? '' : ok ? ', met' : ', MISSED'})`;
  return `${name.padEnd(60)} ${figure.padStart(22)}${compared}${judged}`;
}
