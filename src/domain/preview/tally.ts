/** What figures can be told by. */
export const dimensions = ['segment', 'source', 'owner', 'week'] as const;
export type Dimension = (typeof dimensions)[number];

export const versionKinds = ['current', 'proposed'] as const;
export type VersionKind = (typeof versionKinds)[number];

/** People who reached the stage that counts, by what became of them. */
export const groupKinds = ['current', 'proposed', 'dropped', 'added'] as const;
export type GroupKind = (typeof groupKinds)[number];
export type GroupTally = {
  people: number;
  succeeded: number;
  open: number;
  unknown: number;
};

/** Record that says what a success is worth → its amount in hundredths, null where it does not say. */
export type WorthTally = Map<string, number | null>;

/** How a clause did with the people who came in the period. The last eight count those whose success is known. */
export type ClauseTally = {
  judged: number;
  known: number;
  admits: number;
  excludes: number;
  met: number;
  metSucceeded: number;
  notMet: number;
  notMetSucceeded: number;
  /** Whom the definition as a whole let in. */
  admitted: number;
  admittedSucceeded: number;
  excluded: number;
  excludedSucceeded: number;
};

/** Promise id → clocks by their end and version; promise id and period → hand-offs by version. */
export type PromiseTally = { readonly clocks: Map<string, number[]>; readonly volumes: Map<string, number[]> };

/**
 * Counts of a preview: plain data that crosses threads and that add up to the same whatever the order.
 *
 * The cells of a row are a stage's entries, exits and people at the end under the current and the proposed version:
 * `cellOf` finds them.
 */
export type Tally = {
  people: number;
  readonly stages: number[];
  readonly by: Readonly<Record<Dimension, Map<string, number[]>>>;
  readonly groups: Readonly<Record<GroupKind, GroupTally>>;
  readonly worths: Readonly<Record<GroupKind, WorthTally>>;
  sooner: number;
  later: number;
  /** Owner → entries into the stage that counts, under the current and the proposed version. */
  readonly load: Map<string, [number, number]>;
  readonly ownerNames: Map<string, string>;
  readonly clauses: ClauseTally[];
  readonly promises: PromiseTally;
  /** People who reached the stage that counts, and those of them whose past values are not all known. */
  judgedPast: number;
  restsOnToday: number;
  readonly restingFields: Map<string, number>;
};

export type CellKind = 'entered' | 'left' | 'present';
const cellKinds: readonly CellKind[] = ['entered', 'left', 'present'];

/** Position of a count in a row of `Tally.stages` or `Tally.by`. */
export const cellOf = (stage: number, version: VersionKind, kind: CellKind): number =>
  (stage * 2 + versionKinds.indexOf(version)) * 3 + cellKinds.indexOf(kind);

export const newRow = (stages: number): number[] => Array.from({ length: stages * 6 }, () => 0);

const newGroup = (): GroupTally => ({ people: 0, succeeded: 0, open: 0, unknown: 0 });

const newClause = (): ClauseTally => ({
  judged: 0,
  known: 0,
  admits: 0,
  excludes: 0,
  met: 0,
  metSucceeded: 0,
  notMet: 0,
  notMetSucceeded: 0,
  admitted: 0,
  admittedSucceeded: 0,
  excluded: 0,
  excludedSucceeded: 0,
});

export const newTally = (stages: number, clauses: number): Tally => ({
  people: 0,
  stages: newRow(stages),
  by: { segment: new Map(), source: new Map(), owner: new Map(), week: new Map() },
  groups: { current: newGroup(), proposed: newGroup(), dropped: newGroup(), added: newGroup() },
  worths: { current: new Map(), proposed: new Map(), dropped: new Map(), added: new Map() },
  sooner: 0,
  later: 0,
  load: new Map(),
  ownerNames: new Map(),
  clauses: Array.from({ length: clauses }, newClause),
  promises: { clocks: new Map(), volumes: new Map() },
  judgedPast: 0,
  restsOnToday: 0,
  restingFields: new Map(),
});

/** Adds the counts of `part` to `whole`. */
export function mergeTally(whole: Tally, part: Tally): void {
  whole.people += part.people;
  whole.sooner += part.sooner;
  whole.later += part.later;
  whole.judgedPast += part.judgedPast;
  whole.restsOnToday += part.restsOnToday;
  addRow(whole.stages, part.stages);
  for (const dimension of dimensions) addRows(whole.by[dimension], part.by[dimension]);
  for (const kind of groupKinds) {
    addCounts(whole.groups[kind], part.groups[kind]);
    for (const [record, amount] of part.worths[kind]) whole.worths[kind].set(record, amount);
  }
  for (const kind of ['clocks', 'volumes'] as const) addRows(whole.promises[kind], part.promises[kind]);
  for (const [index, clause] of part.clauses.entries()) addCounts(whole.clauses[index] as ClauseTally, clause);
  for (const [owner, row] of part.load)
    addRow(
      getOrMake(whole.load, owner, () => [0, 0]),
      row,
    );
  for (const [owner, name] of part.ownerNames) whole.ownerNames.set(owner, name);
  for (const [field, people] of part.restingFields) {
    whole.restingFields.set(field, (whole.restingFields.get(field) ?? 0) + people);
  }
}

/** The value of a key, made where it is missing. */
export function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function addRows(whole: Map<string, number[]>, part: ReadonlyMap<string, readonly number[]>): void {
  for (const [key, row] of part) {
    addRow(
      getOrMake(whole, key, () => row.map(() => 0)),
      row,
    );
  }
}

function addRow(whole: number[], part: readonly number[]): void {
  for (let index = 0; index < part.length; index++) whole[index] = (whole[index] ?? 0) + (part[index] ?? 0);
}

function addCounts<T extends Record<keyof T, number>>(whole: T, part: T): void {
  for (const key of Object.keys(part) as (keyof T)[]) whole[key] = (whole[key] + part[key]) as T[keyof T];
}
