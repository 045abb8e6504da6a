import { expectType, type FormulaType, type FormulaValue } from '../compiled.ts';
import { FormulaError } from '../formula-error.ts';
import { matchBounded, PatternTooComplicated } from '../../bounded-match.ts';
import { isDecimalText } from '../../decimal-text.ts';
import { toId18 } from '../../ids.ts';
import { instantText, isoDay, numberText, timeText } from '../format-value.ts';
import { argAt, blankToNull, lenient, strict, type FunctionDef, type FunctionTable } from './function-def.ts';
import { javaPattern } from './java-pattern.ts';

const left = ([text, count]: [string, number]): string | null =>
  blankToNull(text.slice(0, Math.max(0, Math.trunc(count))));

const right = ([text, count]: [string, number]): string | null =>
  count < 1 ? null : blankToNull(text.slice(-Math.trunc(count)));

const middle = ([text, start, count]: [string, number, number]): string | null => {
  const from = Math.max(1, Math.trunc(start)) - 1;
  return blankToNull(text.slice(from, from + Math.max(0, Math.trunc(count))));
};

/** An empty part is found in everything; in a blank text nothing can be told. */
const finds =
  (test: (text: string, part: string) => boolean) =>
  ([text, part]: readonly FormulaValue[]): FormulaValue => {
    if (part === null || part === '') return true;
    return text === null ? null : test(String(text), String(part));
  };

const textOf: FunctionDef = {
  least: 1,
  most: 1,
  compile: (args, place) => {
    const arg = argAt(args, 0);
    const types: readonly FormulaType[] = ['number', 'date', 'datetime', 'time', 'picklist'];
    expectType(arg, types, place);
    const format = formats[arg.type] ?? String;
    return {
      type: 'text',
      run: (run) => {
        const value = arg.run(run);
        return value === null ? null : format(value as never);
      },
    };
  },
};

const formats: Partial<Record<FormulaType, (value: never) => string>> = {
  number: numberText,
  date: isoDay,
  datetime: instantText,
  time: timeText,
};

function matches(pattern: RegExp, text: string): boolean {
  try {
    return matchBounded(pattern, text);
  } catch (error) {
    if (error instanceof PatternTooComplicated) throw new FormulaError('Regex too complicated');
    throw error;
  }
}

const regex: FunctionDef = {
  least: 2,
  most: 2,
  compile: (args, place) => {
    const [text, pattern] = [argAt(args, 0), argAt(args, 1)];
    expectType(text, ['text'], place);
    expectType(pattern, ['text'], place);
    const fixed = typeof pattern.literal === 'string' ? javaPattern(pattern.literal) : undefined;
    return {
      type: 'boolean',
      run: (run) => matches(fixed ?? javaPattern(String(pattern.run(run) ?? '')), String(text.run(run) ?? '')),
    };
  },
};

export const textFunctions: FunctionTable = {
  TEXT: textOf,
  REGEX: regex,
  LEN: lenient(['text'], 'number', ([text]) => String(text ?? '').length),
  LEFT: strict(['text', 'number'], 'text', left),
  RIGHT: strict(['text', 'number'], 'text', right),
  MID: strict(['text', 'number', 'number'], 'text', middle),
  CONTAINS: lenient(
    ['text', 'text'],
    'boolean',
    finds((text, part) => text.includes(part)),
  ),
  BEGINS: lenient(
    ['text', 'text'],
    'boolean',
    finds((text, part) => text.startsWith(part)),
  ),
  LOWER: strict(['text', 'text?'], 'text', ([text]: [string]) => text.toLowerCase()),
  UPPER: strict(['text', 'text?'], 'text', ([text]: [string]) => text.toUpperCase()),
  TRIM: strict(['text'], 'text', ([text]: [string]) => blankToNull(text.trim())),
  CASESAFEID: strict(['text'], 'text', ([id]: [string]) => toId18(id) ?? id),
  SUBSTITUTE: lenient(['text', 'text', 'text'], 'text', ([text, from, to]) =>
    text === null || from === null ? null : blankToNull(String(text).replaceAll(String(from), String(to ?? ''))),
  ),
  FIND: lenient(['text', 'text', 'number?'], 'number', ([part, text, start]) =>
    part === null || text === null ? 0 : String(text).indexOf(String(part), Math.max(0, Number(start ?? 1) - 1)) + 1,
  ),
  VALUE: strict(['text'], 'number', ([text]: [string]) => {
    const number = isDecimalText(text) ? Number(text) : undefined;
    if (number === undefined) throw new FormulaError(`The value '${text}' is not a valid number.`);
    return number;
  }),
};
