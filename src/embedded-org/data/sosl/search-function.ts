import type { DatabaseSync } from 'node:sqlite';
import { toWords, type SearchTree } from './search-term.ts';
import { compileWord } from './word-pattern.ts';

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
  const mayMatch = compileTree<string>(tree, ({ words }) => {
    const letters = words.split(/[*? ]/).toSorted((a, b) => b.length - a.length)[0] ?? '';
    return (text) => text.includes(letters);
  });
  const matches = compileTree<readonly string[]>(tree, ({ words }) => {
    const tests = words.split(' ').map(compileWord);
    return (said) => said.some((_, start) => tests.every((isWord, index) => isWord(said[start + index])));
  });
  return (texts) => {
    const text = texts
      .filter((each) => typeof each === 'string')
      .join('\n')
      .toLowerCase();
    return mayMatch(text, true) && matches(wordsOf(text), false);
  };
}

/** The words of a text; the end of a line stands as a word of its own, so that no phrase reaches across it. */
const wordsOf = (text: string): readonly string[] => toWords(text).replaceAll('\n', ' \n ').split(/ +/);

type Phrase = Extract<SearchTree, { kind: 'phrase' }>;
/** `hopeful` takes every NOT for fulfilled, since letters cannot rule one out. */
type TreeTest<Text> = (text: Text, hopeful: boolean) => boolean;

function compileTree<Text>(
  tree: SearchTree,
  compilePhrase: (phrase: Phrase) => (text: Text) => boolean,
): TreeTest<Text> {
  if (tree.kind === 'phrase') return compilePhrase(tree);
  if (tree.kind === 'not') {
    const part = compileTree(tree.part, compilePhrase);
    return (text, hopeful) => hopeful || !part(text, hopeful);
  }
  const parts = tree.parts.map((part) => compileTree(part, compilePhrase));
  if (tree.kind === 'and') return (text, hopeful) => parts.every((part) => part(text, hopeful));
  return (text, hopeful) => parts.some((part) => part(text, hopeful));
}
