import { factTitle } from '../../verdict/clause-sentence.ts';
import type { Agreement } from '../schema.ts';
import { type Change, isList, isObject, type Json, type Path, pathWords, type Step } from './change.ts';
import { comparisonWords, conditionWords, keyWords, valueWords } from './comparison-words.ts';
import { diffDocuments, keyed, own } from './diff-documents.ts';

/** What one version changes in another, for people. */
export type Amendment = {
  readonly kind: 'added' | 'removed' | 'changed' | 'moved';
  /** Where in the document, such as `stages.mql.when.all.employees`. */
  readonly path: string;
  /** The part of the agreement: `Marketing qualified lead`, `Signers of sales`. */
  readonly part: string;
  /** The change by itself: `Employees: at least 50 → at least 20`. */
  readonly change: string;
};

/** Says in words how an agreement differs from another, in the order of the document. */
export function amendments(before: Agreement, after: Agreement): readonly Amendment[] {
  const documents: Documents = { before, after, agreements: [after, before] };
  const found = diffDocuments(documents.before, documents.after).map((change) => amendment(change, documents));
  // Two bounds of one comparison are one amendment.
  return found.filter((each, index) => found.findIndex(({ path }) => path === each.path) === index);
}

/** `Marketing qualified lead: Employees: at least 50 → at least 20`. */
export const amendmentText = ({ part, change }: Amendment): string => `${part}: ${change}`;

type Documents = { readonly before: Json; readonly after: Json; readonly agreements: readonly Agreement[] };

function amendment(change: Change, documents: Documents): Amendment {
  const { depth, part } = partOf(change.path, documents);
  const path = criterionPath(change.path);
  if (path) return { ...criterionChange(path, change, documents), part };
  const name = change.path.slice(depth);
  return { kind: kindOf(change), path: pathWords(change.path), part, change: words(change, name, documents) };
}

const kindOf = ({ kind }: Change): Amendment['kind'] =>
  (({ add: 'added', remove: 'removed', set: 'changed', order: 'moved' }) as const)[kind];

/** The path of the criterion that a change is inside; undefined when it is a whole condition or no condition at all. */
function criterionPath(path: Path): Path | undefined {
  const index = path.findIndex(
    (step, at) => typeof step === 'object' && path[at + 1] === step.item.replace(/#\d+$/, '') && isCondition(path, at),
  );
  return index < 0 ? undefined : path.slice(0, index + 2);
}

const groups: readonly (Step | undefined)[] = ['all', 'any', 'none', 'of'];

/** A list of conditions holds groups, too, which are no criteria. */
const isCondition = (path: Path, at: number): boolean =>
  groups.includes(path[at - 1]) && !groups.includes(path[at + 1]) && path[at + 1] !== 'atLeast';

function criterionChange(
  path: Path,
  change: Change,
  { before, after, agreements }: Documents,
): Omit<Amendment, 'part'> {
  const fact = pathWords(path.slice(-1));
  const [from, to] = [valueAt(before, path), valueAt(after, path)].map((each) => comparisonWords(each));
  const text = `${groupOf(path)}${titleIn(agreements)(fact)}: ${from} → ${to}`;
  return {
    kind: 'changed',
    path: pathWords(path.slice(0, -1)),
    change: change.kind === 'order' ? `${text} (order)` : text,
  };
}

/** `none of: `, where the sense of a condition turns on it. */
const groupOf = (path: Path): string => {
  const group = path.findLast((step) => groups.includes(step) && step !== 'of');
  return group === 'none' ? 'none of: ' : group === 'any' ? 'one of: ' : '';
};

function words(change: Change, name: Path, { agreements }: Documents): string {
  const isCondition = isConditionPath(change.path);
  const write = isCondition
    ? (value: Json): string => conditionWords(wholeGroup(change.path, value), titleIn(agreements))
    : valueWords;
  const label = isCondition ? '' : labelOf(name);
  const head = label && `${label}: `;
  if (change.kind === 'set') return `${head}${write(change.from)} → ${write(change.to)}`;
  if (change.kind === 'order') return `${head}order ${change.from.join(', ')} → ${change.to.join(', ')}`;
  const [verb, value] = change.kind === 'add' ? ['added', change.to] : ['removed', change.from];
  if (isCondition) return `${groupOf(change.path.slice(0, -1))}${verb} "${write(value)}"`;
  // A part that is known by its title has said its name already.
  const isNamed = name.length === 0 && isObject(value) && 'id' in value;
  return isNamed ? verb : `${head}${verb} ${write(value)}`;
}

const definitionWords: readonly (Step | undefined)[] = ['when', 'whenIn', 'conditions'];

/** Whether a path leads to a condition, a group of them or a whole definition. */
function isConditionPath(path: Path): boolean {
  const last = path.at(-1);
  const isInside = path.some((step) => definitionWords.includes(step));
  if (!isInside) return false;
  if (last === 'when' || path.at(-2) === 'whenIn' || groups.includes(last)) return true;
  return typeof last === 'object' && groups.includes(path.at(-2));
}

/** A group by itself is written with its word. */
function wholeGroup(path: Path, value: Json): Json {
  const group = path.at(-1);
  return typeof group === 'string' && group !== 'of' && groups.includes(group) ? { [group]: value } : value;
}

const labelOf = (name: Path): string =>
  name
    .filter((step) => typeof step === 'string')
    .map(keyWords)
    .join(' ');

const sections: Readonly<Record<string, string>> = {
  name: 'Name',
  timeZone: 'Time zone',
  highestMode: 'Highest mode',
  rhythm: 'Rhythm',
  process: 'Process',
  outcome: 'Outcome',
  complexity: 'Complexity',
  parties: 'Parties',
  accord: 'Format',
};

/** Sections whose entries have names of their own. */
const namedParts: Readonly<Record<string, string>> = {
  facts: 'Fact',
  groups: 'Group',
  conditions: 'Condition',
  segments: 'Segment',
  promises: 'Promise',
  calendars: 'Calendar',
};

/** What part of the agreement a path is in, and how many of its steps say so. */
function partOf(
  path: Path,
  { before, after, agreements }: Documents,
): { readonly depth: number; readonly part: string } {
  const [section, entry, key] = path;
  const head = section === undefined ? '' : pathWords([section]);
  if (entry === undefined) return { depth: 1, part: sections[head] ?? sentence(keyWords(head)) };
  if (head === 'parties' && typeof entry === 'string' && key === 'signers')
    return { depth: 3, part: `Signers of ${entry}` };
  const label = typeof entry === 'object' ? entry.item : entry;
  const title = titleAt(after, path.slice(0, 2)) ?? titleAt(before, path.slice(0, 2));
  if (head === 'stages') return { depth: 2, part: `${title ?? label}${inSegment(path, agreements)}` };
  if (head === 'facts') return { depth: 2, part: `Fact ${titleIn(agreements)(label)}` };
  const named = namedParts[head];
  if (named) return { depth: 2, part: `${named} ${title ?? label}` };
  return { depth: 1, part: sections[head] ?? sentence(keyWords(head)) };
}

function inSegment(path: Path, agreements: readonly Agreement[]): string {
  const at = path.indexOf('whenIn');
  const segment = at < 0 ? undefined : path[at + 1];
  if (typeof segment !== 'string') return '';
  const title = agreements.map((each) => titleAt(each, ['segments', { item: segment }])).find(Boolean);
  return ` in ${title ?? segment}`;
}

const titleIn =
  (agreements: readonly Agreement[]) =>
  (name: string): string => {
    const fact = agreements.map(({ facts }) => (Object.hasOwn(facts, name) ? facts[name] : undefined)).find(Boolean);
    return fact ? factTitle(name, fact) : name;
  };

function titleAt(document: Json, path: Path): string | undefined {
  const value = valueAt(document, path);
  return isObject(value) && typeof value['title'] === 'string' ? value['title'] : undefined;
}

/** The value at a path; undefined where the path ends before. */
export function valueAt(document: Json, path: Path): Json {
  return path.reduce<Json>((value, step) => {
    if (typeof step === 'object') return isList(value) ? keyed(value).get(step.item) : undefined;
    return isObject(value) ? own(value, step) : undefined;
  }, document);
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
