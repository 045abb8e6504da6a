import type { PersonHistory } from '../../domain/timeline/timeline.ts';
import { suggest, type Suggestions } from '../../domain/suggest/suggest.ts';
import { Refusal } from '../refusal.ts';
import { historiesIn } from './count-slice.ts';
import { planPreview, type PreviewPorts, type PreviewRequest } from './preview-agreement.ts';
import { prepareTask } from './preview-task.ts';

/** People whose histories are held in memory and replayed once for each change that is tried. */
const mostPeople = 20_000;

export type SuggestRequest = Omit<PreviewRequest, 'against'>;

/**
 * Looks for changes of single clauses that history speaks for, among the people who were created in the period.
 *
 * Of many people it looks at the same part each time. Writes nothing: a change is proposed by people.
 */
export async function suggestChanges(
  ports: Omit<PreviewPorts, 'counter'>,
  { proposed, from, to, stop }: SuggestRequest,
): Promise<Suggestions> {
  const task = await planPreview(ports, { proposed, against: [], from, to });
  const { success, asOf } = prepareTask(task);
  if (!success) {
    const text = `${proposed.name} does not say what a success is. Add an "outcome", for example { success: converted }.`;
    throw new Refusal('nothing-to-preview', text);
  }
  const { store, progress } = ports;
  const total = await store.mirror.count('Lead');
  const people: PersonHistory[] = [];
  progress.start('Reading histories', total);
  for await (const page of historiesIn(store, task.plan, asOf, { after: '', upTo: undefined })) {
    stop.throwIfAborted();
    people.push(...page.filter((each) => each.createdAt >= from && each.createdAt <= to && isSampled(each, total)));
    progress.advance(page.length);
  }
  progress.finish(`${people.length.toLocaleString('en-US')} people of the period`);
  return suggest(proposed.agreement, success, people, asOf);
}

/** Chooses by the id alone, so that it chooses the same people each time. */
function isSampled({ personId }: PersonHistory, total: number): boolean {
  let hash = 0x811c9dc5;
  for (const character of personId) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  // The last steps alone would leave neighbouring ids alike.
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 0;
  return hash / 2 ** 32 < mostPeople / Math.max(total, 1);
}
