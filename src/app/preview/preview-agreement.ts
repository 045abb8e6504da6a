import type { PreviewResult } from '../../domain/preview/preview-result.ts';
import { toPreviewResult } from '../../domain/preview/to-preview-result.ts';
import type { Tally } from '../../domain/preview/tally.ts';
import type { Clock, Crm, Progress, Store } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { uncoveredFields } from '../sync/covered-fields.ts';
import { planMirror } from '../sync/mirror-plan.ts';
import type { MirrorPlan } from '../sync/mirrored-object.ts';
import { neededForStages } from '../sync/needed-records.ts';
import type { AgainstVersion, ChosenVersion } from './choose-versions.ts';
import { findKnownSince } from './known-since.ts';
import { findPreviewCalendars } from './preview-calendars.ts';
import { nameOwners } from './name-owners.ts';
import { type IdRange, judgesSuccess, prepareTask, type PreviewTask } from './preview-task.ts';
import type { SliceCounter } from './slice-counter.ts';

export type PreviewPorts = {
  readonly crm: Crm;
  readonly store: Store;
  readonly clock: Clock;
  readonly progress: Progress;
  readonly counter: SliceCounter;
};

export type PreviewRequest = {
  readonly proposed: ChosenVersion;
  readonly against: readonly AgainstVersion[];
  readonly from: number;
  readonly to: number;
  readonly stop: AbortSignal;
};

/** Leads of a range, a thread's piece of work: small enough that all threads end at about the same time. */
const rangeSize = 5_000;

/**
 * Counts what a version would have done to the people of a period, by the same rules as live.
 *
 * Reads the store only, which a sync must have filled, but for the names of fields and owners. Writes nothing.
 */
export async function previewAgreement(ports: PreviewPorts, request: PreviewRequest): Promise<PreviewResult> {
  const { store, progress, counter } = ports;
  const task = await planPreview(ports, request);
  const rules = prepareTask(task);
  const total = await store.mirror.count('Lead');
  const syncedAt = await store.runs.lastFinished();
  const ranges = await cutRanges(store);
  progress.start('Replaying', total);
  const advance = (leads: number): void => progress.advance(leads);
  const tally = await counter.count(task, ranges, { advance, stop: request.stop });
  progress.finish(`${tally.people.toLocaleString('en-US')} people of the period`);
  await nameOwners(ports.crm, tally.ownerNames, ownersOf(tally));
  return toPreviewResult(rules, tally, {
    proposed: toNamed(request.proposed),
    against: request.against.map(({ chosen, from }) => toNamed(chosen, from)),
    notes: [...notesOf(request, task.plan), ...(task.calendars ? [onPromises, ...task.calendars.problems] : [])],
    ...(syncedAt !== undefined && { syncedAt }),
    segments: new Map(request.proposed.agreement.segments?.map(({ id, title }) => [id, title])),
    ...successText(request),
  });
}

const onPromises =
  'Promises are judged by the activity that was read: absences, calendars of single users, inbound calls and what automation logs are not told apart.';

/** Works out what is to be counted; refuses where the store does not hold it. */
export async function planPreview(
  { crm, store, clock }: Pick<PreviewPorts, 'crm' | 'store' | 'clock'>,
  { proposed, against, from, to }: Omit<PreviewRequest, 'stop'>,
): Promise<PreviewTask> {
  const synced = await store.runs.lastFinished();
  if (synced === undefined) throw new Refusal('not-synced', 'The store has never been synced, so it holds no history.');
  const compared = against.map(({ chosen }) => chosen.agreement);
  const agreements = [proposed.agreement, ...compared];
  const plan = await planMirror(crm, neededForStages(agreements));
  const missing = await uncoveredFields(store, plan);
  if (missing.length > 0) {
    const named = missing.slice(0, 5).join(', ');
    const more = missing.length > 5 ? ` and ${missing.length - 5} more` : '';
    const text = `The store has not read ${named}${more}, which the preview needs.`;
    throw new Refusal(proposed.versionId === undefined ? 'file-not-read' : 'not-synced', text);
  }
  // The reading has to be ready for several threads, none of which may write.
  for (const { object, parent } of plan.objects)
    if (parent !== undefined) await store.mirror.children(object, parent, []);
  const calendars = await findPreviewCalendars(crm, proposed.agreement, compared);
  return {
    proposed: proposed.agreement,
    against: against.map(({ chosen, ...time }) => ({ agreement: chosen.agreement, ...time })),
    from,
    to,
    asOf: Math.max(Date.parse(synced), to),
    knownSince: await findKnownSince(store, plan, clock.now()),
    plan,
    ...(calendars && { calendars }),
  };
}

/** Cuts all leads into ranges. */
export async function cutRanges(store: Store, size = rangeSize): Promise<readonly IdRange[]> {
  const cuts = await store.mirror.cuts('Lead', size);
  return [...cuts, undefined].map((upTo, index) => ({ after: cuts[index - 1] ?? '', upTo }));
}

const ownersOf = ({ load, by }: Tally): readonly string[] => [...load.keys(), ...by.owner.keys()];

const toNamed = ({ name, version, hash }: ChosenVersion, from = -Infinity) => ({
  name,
  hash,
  ...(version !== undefined && { version }),
  ...(Number.isFinite(from) && { from: new Date(from).toISOString() }),
});

function successText({ proposed, against }: PreviewRequest): { success?: string } {
  const judging = judgesSuccess(
    proposed.agreement,
    against.map(({ chosen, from }) => ({ agreement: chosen.agreement, from })),
  );
  if (!judging?.outcome) return {};
  const { success, within } = judging.outcome;
  const what = success === 'converted' ? 'converted' : success === 'won' ? 'an opportunity won' : 'the agreed outcome';
  return { success: within === undefined ? what : `${what} within ${within}` };
}

function notesOf({ proposed, against }: PreviewRequest, { hidden }: MirrorPlan): readonly string[] {
  const notes: string[] = [];
  const [first] = against;
  if (first && against.length > 1) {
    notes.push('It is compared with the versions that were in force one after the other.');
  }
  if (first && against.length === 1 && first.chosen.hash === proposed.hash) {
    notes.push('Both versions have the same text.');
  }
  return [...notes, ...hidden.map((field) => `${field} cannot be read, so every condition that needs it is unknown.`)];
}
