import type { FieldChange, Owner, PersonHistory, RelatedObjects, Scalar, Timeline } from './timeline.ts';

type Values = Record<string, Scalar>;

/** A person's values as of an instant that is moved: back by undoing changes, and forth by doing them again. */
export class FieldRecord {
  fields: Values;
  related: RelatedObjects | undefined;
  owner: Owner | undefined;
  readonly #history: PersonHistory;
  readonly #ofRelated: Record<string, Values> | undefined;
  /** Ascending; `values[i]` is what the field holds after `changes[i]`. */
  readonly #changes: readonly FieldChange[];
  readonly #values: Scalar[] = [];
  #next = 0;

  /** Stands at the beginning: every change is undone. */
  constructor(history: PersonHistory) {
    const { fields, related, owner, changes } = history;
    this.#history = history;
    this.#changes = inOrder(changes);
    this.fields = changes.length === 0 ? fields : { ...fields };
    this.#ofRelated = related && Object.fromEntries(Object.entries(related).map(([name, each]) => [name, { ...each }]));
    this.related = history.relatedSince === undefined ? this.#ofRelated : undefined;
    this.owner = owner;
    for (let index = this.#changes.length - 1; index >= 0; index--) {
      const change = this.#changes[index] as FieldChange;
      const values = this.#valuesOf(change);
      this.#values[index] = values?.[change.field] ?? this.#ownerIdFor(change);
      this.#set(change, change.from);
    }
  }

  /** The next instant at which a value changes; Infinity when none does. */
  nextAt(): number {
    const change = this.#changes[this.#next]?.at ?? Infinity;
    const { relatedSince } = this.#history;
    return relatedSince !== undefined && this.related === undefined && this.#ofRelated
      ? Math.min(change, relatedSince)
      : change;
  }

  /** Does all changes up to an instant, that included. */
  forwardTo(at: number): void {
    const { relatedSince } = this.#history;
    if (relatedSince !== undefined && at >= relatedSince) this.related = this.#ofRelated;
    for (let change = this.#changes[this.#next]; change && change.at <= at; change = this.#changes[this.#next]) {
      this.#set(change, this.#values[this.#next] ?? null);
      this.#next++;
    }
  }

  #valuesOf({ object }: FieldChange): Values | undefined {
    return object === 'Lead' ? this.fields : this.#ofRelated?.[object];
  }

  /** A field that cannot be read today stays unknown in the past. */
  #set(change: FieldChange, value: Scalar): void {
    const values = this.#valuesOf(change);
    if (values && change.field in values) values[change.field] = value;
    if (change.object === 'Lead' && change.field === 'OwnerId') this.owner = this.#ownerOf(value);
  }

  /** The owner is known even where its field was not read. */
  #ownerIdFor({ object, field }: FieldChange): Scalar {
    return object === 'Lead' && field === 'OwnerId' ? (this.owner?.id ?? null) : null;
  }

  #ownerOf(id: Scalar): Owner | undefined {
    if (typeof id !== 'string') return undefined;
    const { owner, owners } = this.#history;
    if (owner?.id === id) return owner;
    return owners?.[id] ?? { id, kind: id.startsWith('00G') ? 'queue' : 'user' };
  }
}

function inOrder(changes: readonly FieldChange[]): readonly FieldChange[] {
  const sorted = changes.every((change, index) => index === 0 || (changes[index - 1] as FieldChange).at <= change.at);
  return sorted ? changes : changes.toSorted((a, b) => a.at - b.at);
}

/** What of a history is told as a timeline, without its changes. */
export function baseTimeline({ personId, object, fields, events, unread }: PersonHistory): Timeline {
  return { personId, object, fields, events, ...(unread && { unread }) };
}
