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

/** Telling the words of a text apart costs as much as looking for so many letters in it. */
const MOST_LETTERS = 32;

/** Most records are ruled out by their letters, before the words of the others are told apart. */
export function compileSearch(tree: SearchTree): SearchMatch {
  const mayMatch = compileTree<string>(tree, (phrases) => {
    const letters = phrases.map(longestLetters);
    return (text) => letters.length > MOST_LETTERS || letters.some((each) => text.includes(each));
  });
  const matches = compileTree<readonly string[]>(tree, (phrases) => {
    const words = phrases.filter(isWordOrPrefix);
    const tests = [
      anyWord(words.map((each) => each.words)),
      ...phrases.filter((each) => !isWordOrPrefix(each)).map(phraseTest),
    ];
    return (said) => tests.some((test) => test(said));
  });
  return (texts) => {
    const text = texts
      .filter((each) => typeof each === 'string')
      .join('\n')
      .toLowerCase();
    return mayMatch(text, true) && matches(wordsOf(text), false);
  };
}

const longestLetters = ({ words }: Phrase): string =>
  words.split(/[*? ]/).toSorted((a, b) => b.length - a.length)[0] ?? '';

type SaidTest = (said: readonly string[]) => boolean;

function phraseTest({ words }: Phrase): SaidTest {
  const tests = words.split(' ').map(compileWord);
  return (said) => said.some((_, start) => tests.every((isWord, index) => isWord(said[start + index])));
}

const isWordOrPrefix = ({ words }: Phrase): boolean => /^[^*? ]+\*?$/.test(words);

/** Looks each word up once, however many words and beginnings of words (`ab*`) are searched for. */
function anyWord(patterns: readonly string[]): SaidTest {
  const prefixes = new Set(patterns.filter((each) => each.endsWith('*')).map((each) => each.slice(0, -1)));
  const whole = new Set(patterns);
  const lengths = [...new Set([...prefixes].map((each) => each.length))];
  return (said) =>
    said.some((word) => whole.has(word) || lengths.some((length) => prefixes.has(word.slice(0, length))));
}

/** The words of a text; the end of a line stands as a word of its own, so that no phrase reaches across it. */
const wordsOf = (text: string): readonly string[] => toWords(text).replaceAll('\n', ' \n ').split(/ +/);

type Phrase = Extract<SearchTree, { kind: 'phrase' }>;
/** `hopeful` takes every NOT for fulfilled, since letters cannot rule one out. */
type TreeTest<Text> = (text: Text, hopeful: boolean) => boolean;

/** `compilePhrases` makes a test of phrases of which one will do. */
function compileTree<Text>(
  tree: SearchTree,
  compilePhrases: (phrases: readonly Phrase[]) => (text: Text) => boolean,
): TreeTest<Text> {
  if (tree.kind === 'phrase') return compilePhrases([tree]);
  if (tree.kind === 'not') {
    const part = compileTree(tree.part, compilePhrases);
    return (text, hopeful) => hopeful || !part(text, hopeful);
  }
  if (tree.kind === 'and') {
    const parts = tree.parts.map((part) => compileTree(part, compilePhrases));
    return (text, hopeful) => parts.every((part) => part(text, hopeful));
  }
  const someSay = compilePhrases(tree.parts.filter(isPhrase));
  const others = tree.parts.filter((part) => !isPhrase(part)).map((part) => compileTree(part, compilePhrases));
  return (text, hopeful) => someSay(text) || others.some((part) => part(text, hopeful));
}

const isPhrase = (tree: SearchTree): tree is Phrase => tree.kind === 'phrase';
