import type { FieldChange, PersonHistory } from '../timeline/timeline.ts';
import type { ClockContext } from './clock.ts';

/** From an instant on, until the next stretch, this user owns the person; undefined where nobody who works does. */
export type Ownership = { readonly from: number; readonly owner: string | undefined };

/** Who owned a person, from the earliest known time on; changes may come in any order. */
export function ownershipOf(history: PersonHistory, context: ClockContext): readonly Ownership[] {
  const person = (id: string | undefined): string | undefined => (isPerson(id, history, context) ? id : undefined);
  const today = history.owner?.id;
  const changes = history.changes.filter(({ object, field }) => object === 'Lead' && field === 'OwnerId');
  if (changes.length === 0) return [{ from: -Infinity, owner: person(today) }];
  const groups = [...Map.groupBy(changes, ({ at }) => at)].toSorted(([a], [b]) => b - a);
  const stretches: Ownership[] = [];
  let after = today;
  for (const [at, group] of groups) {
    stretches.push({ from: at, owner: person(after) });
    after = ownerBefore(group, after);
  }
  stretches.push({ from: -Infinity, owner: person(after) });
  return stretches.reverse();
}

/** Changes of one instant lead from one owner to another through those that they name twice. */
function ownerBefore(group: readonly FieldChange[], after: string | undefined): string | undefined {
  const reached = new Set(group.map(({ to }) => to));
  const start = group.map(({ from }) => from).filter((from) => !reached.has(from));
  const first = start.toSorted((a, b) => (String(a) < String(b) ? -1 : 1))[0];
  if (first === undefined) return after;
  return first === null ? undefined : String(first);
}

const queuePrefix = '00G';

function isPerson(id: string | undefined, { owner, owners }: PersonHistory, { users }: ClockContext): boolean {
  if (id === undefined) return false;
  const known = owner?.id === id ? owner : owners?.[id];
  if (known ? known.kind === 'queue' : id.startsWith(queuePrefix)) return false;
  return users?.get(id)?.automated !== true;
}

/** The user who owns the person at an instant. */
export const ownerAt = (stretches: readonly Ownership[], at: number): string | undefined =>
  stretches.findLast(({ from }) => from <= at)?.owner;

/** The instants from `since` on at which a user became the owner, `since` itself where one already was. */
export function assignments(stretches: readonly Ownership[], since: number): readonly number[] {
  const later = stretches.flatMap(({ from, owner }, index) =>
    from > since && owner !== undefined && stretches[index - 1]?.owner !== owner ? [from] : [],
  );
  return ownerAt(stretches, since) === undefined ? later : [since, ...later];
}
