import type { DatabaseSync } from 'node:sqlite';
import { toWords, type SearchTree } from './search-term.ts';

/** Whether the texts of a record say what is searched for. */
export type SearchMatch = (texts: readonly unknown[]) => boolean;

const running = new WeakMap<DatabaseSync, SearchMatch>();

/** Registers `org_search(text, …)`: whether the texts match the search that is running. */
export function registerSearch(db: DatabaseSync): void {
  db.function('org_search', { varargs: true }, (...texts) => Number(running.get(db)?.(texts) === true));
}

export const searchSql = (columns: readonly string[]): string => `org_search(${columns.join(', ')}) = 1`;

/** Runs a query whose `org_search` means this search. */
export function searching<Result>(db: DatabaseSync, matches: SearchMatch, work: () => Result): Result {
  running.set(db, matches);
  try {
    return work();
  } finally {
    running.delete(db);
  }
}

/** Most records are ruled out by their letters, before the words of the others are told apart. */
export function compileSearch(tree: SearchTree): SearchMatch {
  const mayMatch = compileTree(tree, ({ words }) => {
    const letters = words.split(/[*? ]/).toSorted((a, b) => b.length - a.length)[0] ?? '';
    return (text) => text.includes(letters);
  });
  const matches = compileTree(tree, ({ words }) => {
    const pattern = new RegExp(`(?<![^ ])${words.replaceAll('*', '[^ ]*').replaceAll('?', '[^ ]')}(?![^ ])`, 'u');
    return (text) => pattern.test(text);
  });
  return (texts) => {
    const text = texts
      .filter((each) => typeof each === 'string')
      .join('\n')
      .toLowerCase();
    return mayMatch(text, true) && matches(` ${toWords(text).replaceAll('\n', ' \n ').replaceAll(/ +/g, ' ')} `, false);
  };
}

type Phrase = Extract<SearchTree, { kind: 'phrase' }>;
/** `hopeful` takes every NOT for fulfilled, since letters cannot rule one out. */
type TreeTest = (text: string, hopeful: boolean) => boolean;

function compileTree(tree: SearchTree, compilePhrase: (phrase: Phrase) => (text: string) => boolean): TreeTest {
  if (tree.kind === 'phrase') return compilePhrase(tree);
  if (tree.kind === 'not') {
    const part = compileTree(tree.part, compilePhrase);
    return (text, hopeful) => hopeful || !part(text, hopeful);
  }
  const parts = tree.parts.map((part) => compileTree(part, compilePhrase));
  if (tree.kind === 'and') return (text, hopeful) => parts.every((part) => part(text, hopeful));
  return (text, hopeful) => parts.some((part) => part(text, hopeful));
}
