import type { z } from 'zod';
import { nearestName } from './nearest-name.ts';
import { withSuggestion, type Problem } from './problem.ts';
import { groupWords } from './criteria-schema.ts';
import { factKinds } from './fact-schema.ts';
import { keysAt, valueAt } from './schema-at.ts';
import { agreementSchema } from './schema.ts';

type Path = readonly (string | number)[];
type Issue = z.core.$ZodIssue;

/** Turns what the schema found into problems in plain words, each once. */
export function schemaProblems(issues: readonly Issue[], input: unknown): readonly Problem[] {
  const problems = issues.flatMap((issue) => toProblems(issue, input));
  const unknownKeys = problems.filter((problem) => problem.code === 'unknown-key');
  return problems.filter((problem) => !unknownKeys.some((unknown) => follows(problem, unknown)));
}

/** A missing key that was misspelt, or an object that says nothing because its only key is unknown. */
function follows(problem: Problem, unknown: Problem): boolean {
  const parent = unknown.path.slice(0, -1);
  if (problem.code === 'missing') return samePath(problem.path, [...parent, unknown.suggestion ?? '']);
  return problem.code === 'wrong-value' && samePath(problem.path, parent);
}

function toProblems(issue: Issue, input: unknown): Problem[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key], input));
  if (issue.code === 'invalid_type' || issue.code === 'invalid_union' || issue.code === 'invalid_value') {
    return [wrongValue(issue, path, valueAt(input, path))];
  }
  return [error('wrong-value', path, explain(issue, nameOf(path)))];
}

function explain(issue: Issue, name: string): string {
  if (issue.code === 'invalid_key') return invalidKey(issue.path);
  if (issue.code === 'too_small') {
    return issue.origin === 'array' ? `${name} is an empty list.` : `${name} must be at least ${issue.minimum}.`;
  }
  if (issue.code === 'too_big') {
    return `${name} must be at most ${issue.maximum}${issue.origin === 'string' ? ' characters long' : ''}.`;
  }
  return withPeriod(issue.message);
}

function invalidKey([section, , key]: Issue['path']): string {
  if (section === 'calendars') {
    return key === 'week'
      ? 'Write a weekday or a range of them here, such as "mon-fri".'
      : 'The name of a calendar is at most 80 characters long.';
  }
  const named = section === undefined ? undefined : camelNamed[String(section)];
  if (named) return `${named} is named in camelCase with letters and digits, such as "employees".`;
  return 'Write the id of a stage or segment here: lower case, such as "mql".';
}

const camelNamed: Readonly<Record<string, string | undefined>> = {
  facts: 'A fact',
  groups: 'A group',
  conditions: 'A condition',
};

function wrongValue(
  issue: Issue & { code: 'invalid_type' | 'invalid_union' | 'invalid_value' },
  path: Path,
  given: unknown,
): Problem {
  const name = nameOf(path);
  if (given === undefined && path.length > 0) {
    const isFact = path.length === 3 && path[0] === 'facts';
    const needed = isFact ? `A fact needs one of ${factKinds.join(', ')}.` : `${name} is missing.`;
    return error('missing', path, needed);
  }
  if (issue.code === 'invalid_value') return wrongChoice(issue.values.map(String), path, given);
  if (issue.code === 'invalid_union') return error('wrong-type', path, withPeriod(issue.message));
  const wanted = typeNames[issue.expected] ?? issue.expected;
  return error('wrong-type', path, `${name} must be ${wanted}, not ${nameType(given)}.`);
}

function wrongChoice(valid: readonly string[], path: Path, given: unknown): Problem {
  const message = `${nameOf(path)} must be ${valid.join(', ')}, not ${JSON.stringify(given)}.`;
  return withSuggestion(error('wrong-value', path, message), nearestName(String(given), valid));
}

function unknownKey(path: Path, input: unknown): Problem {
  const key = String(path.at(-1));
  const parent = path.slice(0, -1);
  if (isDefinition(parent, input) && factNames(input).includes(key)) {
    return error('unknown-key', path, `"${key}" is a fact: put it into a list, such as all: [{ ${key}: … }].`);
  }
  return withSuggestion(
    error('unknown-key', path, `Unknown key "${key}".`),
    nearestName(key, keysAt(agreementSchema, parent, input)),
  );
}

function isDefinition(path: Path, input: unknown): boolean {
  const keys = keysAt(agreementSchema, path, input);
  return groupWords.every((word) => keys.includes(word));
}

const factNames = (input: unknown): readonly string[] => Object.keys(valueAt(input, ['facts']) ?? {});

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a set of keys',
  record: 'a set of keys',
};

function nameType(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return typeNames[typeof value] ?? typeof value;
}

function nameOf(path: Path): string {
  const key = path.at(-1);
  if (key === undefined) return 'The document';
  return typeof key === 'number' ? `Item ${key + 1}` : `"${key}"`;
}

const withPeriod = (text: string): string => (text.endsWith('.') ? text : `${text}.`);
const samePath = (a: Path, b: Path): boolean => a.length === b.length && a.every((key, index) => key === b[index]);
const error = (code: Problem['code'], path: Path, message: string): Problem => ({
  severity: 'error',
  path,
  message,
  code,
});
