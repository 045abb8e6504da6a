import { previewPerson } from '../../domain/preview/preview-person.ts';
import type { PreviewRules } from '../../domain/preview/preview-rules.ts';
import { newTally, type Tally } from '../../domain/preview/tally.ts';
import type { PersonHistory } from '../../domain/timeline/timeline.ts';
import type { StoreReader } from '../ports.ts';
import type { MirrorPlan } from '../sync/mirrored-object.ts';
import { readHistories } from '../sync/read-histories.ts';
import { fieldsOf, readable } from '../sync/readable-records.ts';
import type { IdRange } from './preview-task.ts';

/** Leads read at a time: their histories are held in memory together. */
const pageSize = 1_000;

/** Counts the leads of a range; the people of a page are forgotten before the next one is read. */
export async function countSlice(
  reader: StoreReader,
  plan: MirrorPlan,
  rules: PreviewRules,
  range: IdRange,
  advance: (leads: number) => void = () => {},
): Promise<Tally> {
  const tally = newTally(rules.stages.length, rules.clauses.length);
  for await (const people of historiesIn(reader, plan, rules.asOf, range)) {
    for (const person of people) previewPerson(rules, person, tally);
    advance(people.length);
  }
  return tally;
}

/** Reads the histories of the leads of a range, page by page. */
export async function* historiesIn(
  reader: StoreReader,
  plan: MirrorPlan,
  now: number,
  { after, upTo }: IdRange,
): AsyncGenerator<readonly PersonHistory[]> {
  for (let behind = after; ;) {
    const page = await reader.mirror.page('Lead', behind, pageSize);
    const inside = upTo === undefined ? page : page.filter((lead) => String(lead['Id']) <= upTo);
    if (inside.length === 0) return;
    const leads = readable(inside, fieldsOf(plan, 'Lead'));
    yield await readHistories(reader, leads, { plan, unread: plan.unread, now });
    if (inside.length < page.length || page.length < pageSize) return;
    behind = String(inside.at(-1)?.['Id']);
  }
}
