import type { Clock, ClockContext, ClockNote, ClockState } from './clock.ts';
import type { Moment, MomentSource } from './moments.ts';
import { ownerAt } from './ownership.ts';
import type { Stretch } from './stretches.ts';

/** What is known of a clock before it is judged. */
export type Facts = {
  readonly startedAt: number;
  /** When the promise was done without a doubt, and when it may have been. */
  readonly stop: Moment | undefined;
  readonly claimed: Moment | undefined;
  readonly cancelledAt: number | undefined;
  /** The stop, the cancellation or now, whichever is first. */
  readonly end: number;
  readonly stretches: readonly Stretch[];
  readonly dueAt: number | undefined;
};

export type Judged = {
  readonly state: ClockState;
  readonly outcome?: NonNullable<Clock['outcome']>;
  readonly isLate: boolean;
  readonly notes: readonly ClockNote[];
};

/**
 * Judges a clock by its facts.
 *
 * Done at the due instant is in time. A miss is told only of a time whose activity was read, that could be seen, and in
 * which nothing waits for the manager.
 */
export function judgeClock(source: MomentSource, facts: Facts, context: ClockContext): Judged {
  const { stop, cancelledAt = Infinity, dueAt = Infinity } = facts;
  const doneAt = stop?.at ?? Infinity;
  if (stop && doneAt <= cancelledAt && doneAt <= dueAt) return decided('kept', doneAt, source, context, []);
  if (cancelledAt <= dueAt && cancelledAt !== Infinity) return { state: 'cancelled', isLate: false, notes: [] };
  if (dueAt < context.now) return judgePastDue(source, facts, dueAt, context);
  return { state: isHeld(facts, context.now) ? 'paused' : 'running', isLate: false, notes: [] };
}

function judgePastDue(source: MomentSource, facts: Facts, dueAt: number, context: ClockContext): Judged {
  const { claimed } = facts;
  if (claimed && claimed.at <= dueAt && claimed.at <= (facts.cancelledAt ?? Infinity)) {
    const notes: ClockNote[] = [{ kind: 'awaits-confirmation', recordId: claimed.recordId ?? '' }];
    return decided('unproven', dueAt, source, context, notes);
  }
  if (source.promise.needsActivity && isHidden(source, facts, context)) {
    return decided('unproven', dueAt, source, context, [{ kind: 'activity-hidden' }]);
  }
  const isRead = !source.promise.needsActivity || context.readUntil > dueAt;
  if (!isRead) return { state: 'running', isLate: true, notes: [{ kind: 'awaits-evidence' }] };
  return { ...decided('missed', dueAt, source, context, [{ kind: 'late' }]), isLate: true };
}

/** Activity could not be read at all, or the org hides what one of the owners did. */
function isHidden({ given: { history } }: MomentSource, facts: Facts, { hidden }: ClockContext): boolean {
  if (history.unread?.includes('activity')) return true;
  if (!hidden || hidden.size === 0) return false;
  const { stretches, startedAt, end } = facts;
  return stretches.some(
    ({ from, owner }) => from >= startedAt && from <= end && owner !== undefined && hidden.has(owner),
  );
}

/** What an owner who joined a short while ago keeps or misses is shown and not counted. */
function decided(
  outcome: NonNullable<Clock['outcome']>,
  at: number,
  { promise, owners }: MomentSource,
  { users }: ClockContext,
  notes: readonly ClockNote[],
): Judged {
  const ownerId = promise.newOwners > 0 ? ownerAt(owners, at) : undefined;
  const joinedAt = ownerId === undefined ? undefined : users?.get(ownerId)?.createdAt;
  const isNew = joinedAt !== undefined && at < joinedAt + promise.newOwners;
  if (!isNew || ownerId === undefined) return { state: outcome, isLate: false, notes };
  return { state: 'exempt', outcome, isLate: false, notes: [...notes, { kind: 'new-owner', ownerId }] };
}

const isHeld = ({ stretches }: Facts, now: number): boolean =>
  stretches.some(({ from, to, why }) => why !== undefined && from <= now && now < to);
