import { factWhere } from '../agreement/fact-source.ts';
import type { Agreement, Fact } from '../agreement/schema.ts';
import type { Scalar, TimelineEvent } from '../timeline/timeline.ts';
import { eventFilter } from './event-filter.ts';
import { exampleValues } from './example-values.ts';

/** An event of this instant that the fact is about; undefined where none can be made up, or where no person can cause it. */
export function exampleEvent(
  fact: Fact,
  agreement: Agreement,
  now: number,
  attribute?: { readonly name: string; readonly value: Scalar },
): TimelineEvent | undefined {
  const filter = eventFilter(fact, agreement);
  if (!filter || filter.kind === 'stage' || filter.kind === 'hand-off') return undefined;
  let attributes: TimelineEvent['attributes'] = attribute ? { [attribute.name]: attribute.value } : {};
  for (const [name, wanted] of Object.entries(factWhere(fact))) {
    if (name === attribute?.name) continue;
    const isComparison = typeof wanted === 'object' && !Array.isArray(wanted);
    const examples = isComparison ? exampleValues(wanted, agreement) : [wanted].flat().map(withoutPattern);
    const trial = examples.map((value) => ({ [name]: value })).find((each) => fits(fact, name, each, agreement, now));
    if (!trial) return undefined;
    attributes = { ...attributes, ...trial };
  }
  const event: TimelineEvent = { kind: filter.kind, recordId: 'example', at: now, attributes };
  return filter.matches(event) ? event : undefined;
}

const withoutPattern = (value: Scalar): Scalar =>
  typeof value === 'string' ? value.replaceAll('*', '') || 'x' : value;

/** Whether one attribute passes its part of the filter. */
function fits(
  fact: Fact,
  name: string,
  attributes: TimelineEvent['attributes'],
  agreement: Agreement,
  at: number,
): boolean {
  const wanted = factWhere(fact)[name];
  if (wanted === undefined) return true;
  const filter = eventFilter({ ...fact, where: { [name]: wanted } }, agreement);
  return filter?.matches({ kind: filter.kind, recordId: '', at, attributes }) ?? false;
}
