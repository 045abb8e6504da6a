import type {
  EventKind,
  FieldChange,
  Owner,
  PersonHistory,
  PersonObject,
  TimelineEvent,
} from '../../domain/timeline/timeline.ts';
import { toEpisode } from '../hand-offs/hand-off-rows.ts';
import type { CrmRecord, CrmValue, ObservedChange, StoredSignal } from '../ports.ts';
import type { RelatedName } from './conversions.ts';
import { leadStarts } from './lead-starts.ts';
import { mergeChanges } from './merge-changes.ts';
import { opportunityChanges } from './opportunity-changes.ts';
import { fieldOfHistory } from './plan-history.ts';
import { instant, timelineOf, type LeadRecords } from './timeline-of.ts';

/** What the store holds of one lead. */
export type PersonRecords = LeadRecords & {
  readonly history: readonly CrmRecord[];
  readonly related: Readonly<Partial<Record<RelatedName, CrmRecord>>>;
  readonly opportunitySteps: readonly CrmRecord[];
  readonly signals: readonly StoredSignal[];
  /** Where the lead stood when what led there was not known. */
  readonly start: CrmRecord | undefined;
  /** Rows of its hand-offs. */
  readonly handOffs: readonly CrmRecord[];
  /** Changes that the service saw itself, of the lead and of what it was converted to. */
  readonly observed: readonly ObservedChange[];
};

export type HistoryContext = {
  readonly unread: readonly EventKind[];
  /** Types of the lead's fields. */
  readonly types: ReadonlyMap<string, string>;
  /** Stands for the creation where it cannot be read. */
  readonly now: number;
};

const queuePrefix = '00G';

/** Turns a lead and its records into all that is known of the person and how it came about. */
export function historyOf(records: PersonRecords, { unread, types, now }: HistoryContext): PersonHistory {
  const { lead, related } = records;
  const timeline = timelineOf(records);
  const own = [...records.signals.map(fromSignal), ...records.handOffs.flatMap(fromHandOff)];
  const told = records.history.flatMap((row) => fromHistory(row, types));
  const steps = related.Opportunity ? opportunityChanges(related.Opportunity, records.opportunitySteps) : [];
  const createdAt = instant(lead['CreatedDate']) ?? Math.min(now, ...timeline.events.map(({ at }) => at));
  const known = mergeChanges([...told, ...steps], records.observed.map(toChange));
  const relatedSince = conversionOf(lead, known, createdAt);
  return {
    ...timeline,
    events: own.length === 0 ? timeline.events : [...timeline.events, ...own],
    unread,
    owner: ownerOf(lead),
    createdAt,
    ...(records.start && { start: leadStarts.toStart(records.start) }),
    changes: relatedSince?.told === false ? mergeChanges([...known, conversionAt(relatedSince.at)], []) : known,
    ...(Object.keys(related).length > 0 && { related }),
    ...(relatedSince && { relatedSince: relatedSince.at }),
  };
}

const fromSignal = ({ id, at, attributes }: StoredSignal): TimelineEvent => ({
  kind: 'signal',
  recordId: id,
  at,
  attributes,
});

/** A hand-off is an event when it opens and, once decided, another one. */
function fromHandOff(row: CrmRecord): readonly TimelineEvent[] {
  const { stage, openedAt, status, decidedAt } = toEpisode(row);
  const reason = typeof row['Reason__c'] === 'string' ? row['Reason__c'] : null;
  const event = (at: number, state: string): TimelineEvent => ({
    kind: 'hand-off',
    recordId: String(row['Id']),
    at,
    attributes: { status: state.toLowerCase(), stage, reason },
  });
  const opened = event(openedAt, 'open');
  return decidedAt === undefined ? [opened] : [opened, event(decidedAt, status)];
}

function ownerOf(lead: CrmRecord): Owner {
  const id = String(lead['OwnerId']);
  const name = lead['Owner.Name'];
  return { id, kind: id.startsWith(queuePrefix) ? 'queue' : 'user', ...(typeof name === 'string' && { name }) };
}

/** A history tells an owner twice, once by name and once by id; only ids are taken. */
function fromHistory(row: CrmRecord, types: ReadonlyMap<string, string>): readonly FieldChange[] {
  const at = instant(row['CreatedDate']);
  const field = fieldOfHistory(String(row['Field']));
  if (at === undefined || field === undefined) return [];
  if (field === 'IsConverted') return [{ object: 'Lead', field, at, from: false, to: true }];
  const [from, to] = [row['OldValue'], row['NewValue']].map((value) => typed(value ?? null, types.get(field)));
  if (from === undefined || to === undefined) return [];
  if (field === 'OwnerId' && ![from, to].some(isOwnerId)) return [];
  return [{ object: 'Lead', field, at, from, to }];
}

const isOwnerId = (value: CrmValue): boolean => typeof value === 'string' && /^00[5G]\w{15}$/.test(value);

const numeric = new Set(['int', 'double', 'currency', 'percent', 'long']);

function typed(value: CrmValue, type = 'string'): CrmValue {
  if (typeof value !== 'string') return value;
  if (numeric.has(type)) return value === '' ? null : Number(value);
  return type === 'boolean' ? value === 'true' : value;
}

/** The date of a conversion has no time, so the change wins that a history or the service tells of. */
function conversionOf(
  lead: CrmRecord,
  changes: readonly FieldChange[],
  createdAt: number,
): { readonly at: number; readonly told: boolean } | undefined {
  if (lead['IsConverted'] !== true) return undefined;
  const told = changes.find(({ field, to }) => field === 'IsConverted' && to === true);
  if (told) return { at: told.at, told: true };
  return { at: Math.max(createdAt, instant(lead['ConvertedDate']) ?? createdAt), told: false };
}

const conversionAt = (at: number): FieldChange => ({ object: 'Lead', field: 'IsConverted', at, from: false, to: true });

const toChange = ({ object, field, at, from, to }: ObservedChange): FieldChange => ({
  object: object as PersonObject,
  field,
  at,
  from,
  to,
});
