import { type EventAttribute, neededEvents, neededFields } from '../../domain/agreement/needed-fields.ts';
import { factEvents } from '../../domain/agreement/fact-source.ts';
import { isClock } from '../../domain/agreement/promise-schema.ts';
import type { Agreement } from '../../domain/agreement/schema.ts';
import type { EventKind } from '../../domain/timeline/timeline.ts';

/** What must be read of the org to judge by these agreements, all of them. */
export type NeededRecords = {
  readonly leadFields: readonly string[];
  /** Fields of contacts, accounts and opportunities that facts and outcomes read. */
  readonly relatedFields: ReadonlyMap<string, readonly string[]>;
  /** Whether a fact reads the name of the owner. */
  readonly ownerNames: boolean;
  /** Whether people are handed over: then the rows of that are read, and who did what. */
  readonly handsOver: boolean;
  /** Kinds of event that facts read, with the attributes that they test. */
  readonly events: ReadonlyMap<EventKind, ReadonlySet<EventAttribute>>;
};

/** What must be read of the org to judge by these agreements and to follow their hand-offs and promises. */
export function neededRecords(agreements: readonly Agreement[]): NeededRecords {
  const fields = new Map<string, Set<string>>();
  const events = new Map<EventKind, Set<EventAttribute>>();
  for (const agreement of agreements) {
    for (const [object, names] of neededFields(agreement)) addAll(fields, object, names);
    for (const [kind, attributes] of neededEvents(agreement)) addAll(events, kind, attributes);
  }
  const handsOver = agreements.some(({ process }) => process?.handOff !== undefined);
  // A touch of the owner accepts a hand-off.
  if (handsOver) addAll(events, 'activity', []);
  // Promises tell touches apart, and ask when they were entered.
  if (agreements.some(hasClocks)) addAll(events, 'activity', ['type', 'subtype', 'logged']);
  const sorted = [...fields].map(([object, names]) => [object, [...names].sort()] as const);
  const facts = agreements.flatMap((agreement) => Object.values(agreement.facts));
  return {
    leadFields: sorted.find(([object]) => object === 'Lead')?.[1] ?? [],
    relatedFields: new Map(sorted.filter(([object]) => object !== 'Lead')),
    ownerNames: facts.some((fact) => 'owner' in fact && fact.owner === 'name'),
    handsOver,
    events,
  };
}

/**
 * What must be read of the org to tell the stages that people went through, as a preview does.
 *
 * Handing people over decides no stage, unless a fact counts hand-offs or a promise rests on them: a file that only adds
 * the hand-off can be previewed with what the store has read.
 */
export const neededForStages = (agreements: readonly Agreement[]): NeededRecords =>
  neededRecords(agreements.map((agreement) => (restsOnHandOffs(agreement) ? agreement : withoutProcess(agreement))));

const restsOnHandOffs = ({ promises = [], facts }: Agreement): boolean =>
  promises.length > 0 || Object.values(facts).some((fact) => factEvents(fact) === 'hand-off');

function withoutProcess(agreement: Agreement): Agreement {
  const { process: _, ...rest } = agreement;
  return rest;
}

const hasClocks = ({ promises = [] }: Agreement): boolean => promises.some(isClock);

function addAll<K>(map: Map<K, Set<string>>, key: K, values: Iterable<string>): void {
  const known = map.get(key) ?? new Set<string>();
  for (const value of values) known.add(value);
  map.set(key, known);
}
