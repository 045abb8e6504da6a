import type { Timeline, TimelineEvent } from '../../domain/timeline/timeline.ts';
import type { CrmRecord, CrmValue } from '../ports.ts';

/** What the mirror holds of one lead. */
export type LeadRecords = {
  readonly lead: CrmRecord;
  readonly tasks: readonly CrmRecord[];
  readonly events: readonly CrmRecord[];
  readonly members: readonly CrmRecord[];
};

/**
 * Turns a lead and its records into the timeline that the rules read.
 *
 * Lead fields that are absent from the record stay absent: the rules treat them as unknown, never as blank.
 */
export function timelineOf({ lead, tasks, events, members }: LeadRecords): Timeline {
  return {
    personId: String(lead['Id']),
    object: 'Lead',
    fields: lead,
    events: [...tasks.flatMap(fromTask), ...events.flatMap(fromEvent), ...members.flatMap(fromMember)],
  };
}

/**
 * A completed task is an activity at its completion.
 *
 * Where the org gives no completion instant, the instant of logging is the earliest at which the work is known to be done.
 */
const fromTask = (task: CrmRecord): readonly TimelineEvent[] => {
  if (task['IsClosed'] !== true) return [];
  const at = instant(task['CompletedDateTime']) ?? instant(task['CreatedDate']);
  const subtype = lower(task['TaskSubtype']);
  const type = lower(task['Type']) ?? subtype ?? 'task';
  const attributes = { type, subtype, status: lower(task['Status']), ...actor(task), ...logged(task, at) };
  return at === undefined ? [] : [{ kind: 'activity', recordId: String(task['Id']), at, attributes }];
};

/** A calendar event is an activity once it has ended; the rules leave out what lies in the future. */
const fromEvent = (event: CrmRecord): readonly TimelineEvent[] => {
  const at = instant(event['EndDateTime']) ?? instant(event['StartDateTime']);
  const type = lower(event['Type']) ?? 'meeting';
  const attributes = { type, subtype: 'event', status: null, ...actor(event), ...logged(event, at) };
  return at === undefined ? [] : [{ kind: 'activity', recordId: String(event['Id']), at, attributes }];
};

/** Who did it, where that is read: whoever owns an activity. */
const actor = (activity: CrmRecord): { readonly by?: string } =>
  typeof activity['OwnerId'] === 'string' ? { by: activity['OwnerId'] } : {};

/** When it was entered, where that was after it happened: promises ask how long after. */
const logged = (activity: CrmRecord, at: number | undefined): { readonly logged?: number } => {
  const enteredAt = instant(activity['CreatedDate']);
  return enteredAt !== undefined && at !== undefined && enteredAt > at ? { logged: enteredAt } : {};
};

const fromMember = (member: CrmRecord): readonly TimelineEvent[] => {
  if (member['HasResponded'] !== true) return [];
  const at = instant(member['FirstRespondedDate']) ?? instant(member['CreatedDate']);
  const attributes = {
    type: lower(member['Campaign.Type']),
    status: lower(member['Status']),
    campaign: lower(member['Campaign.Name']),
  };
  return at === undefined ? [] : [{ kind: 'response', recordId: String(member['Id']), at, attributes }];
};

/** Epoch milliseconds of a date or datetime; undefined for anything else. */
export const instant = (value: CrmValue | undefined): number | undefined => {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
};

const lower = (value: CrmValue | undefined): string | null => (typeof value === 'string' ? value.toLowerCase() : null);
