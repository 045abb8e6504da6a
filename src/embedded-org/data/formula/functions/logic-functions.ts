import { commonType, expectType, type Compiled, type FormulaValue } from '../compiled.ts';
import { FormulaError } from '../formula-error.ts';
import { equalTo } from '../operators.ts';
import { argAt, strict, type FunctionDef, type FunctionTable } from './function-def.ts';

/** AND and OR answer true or false only: an argument that is null counts as false. */
const junction = (stopAt: boolean): FunctionDef => ({
  least: 1,
  most: Number.POSITIVE_INFINITY,
  compile: (args, place) => {
    for (const arg of args) expectType(arg, ['boolean'], place);
    return {
      type: 'boolean',
      run: (run) => (args.some((arg) => (arg.run(run) === true) === stopAt) ? stopAt : !stopAt),
    };
  },
});

const choice: FunctionDef = {
  least: 3,
  most: 3,
  compile: (args, place) => {
    const [test, then, otherwise] = [argAt(args, 0), argAt(args, 1), argAt(args, 2)];
    expectType(test, ['boolean'], place);
    const type = commonType(then, otherwise, place);
    return { type, run: (run) => (test.run(run) === true ? then : otherwise).run(run) };
  },
};

const cases: FunctionDef = {
  least: 4,
  most: Number.POSITIVE_INFINITY,
  compile: (args, place) => {
    const [subject, ...rest] = args;
    const fallback = rest.pop();
    if (!subject || !fallback || rest.length % 2 !== 0) {
      throw new FormulaError(
        `Incorrect number of parameters for ${place}. Expected ${args.length + 1}, received ${args.length}`,
      );
    }
    const pairs = pairUp(subject, rest, place);
    const type = pairs.reduce((common, pair) => (common === 'null' ? pair.result.type : common), fallback.type);
    for (const pair of pairs) commonType({ ...fallback, type }, pair.result, place);
    return {
      type,
      run: (run) => {
        const value = subject.run(run);
        return (pairs.find((pair) => pair.matches(value, pair.when.run(run)) === true)?.result ?? fallback).run(run);
      },
    };
  },
};

type Pair = {
  readonly when: Compiled;
  readonly result: Compiled;
  readonly matches: (left: FormulaValue, right: FormulaValue) => FormulaValue;
};

function pairUp(subject: Compiled, rest: readonly Compiled[], place: string): readonly Pair[] {
  const comparable: Compiled = subject.type === 'picklist' ? { ...subject, type: 'text' } : subject;
  const pairs: Pair[] = [];
  for (let index = 0; index < rest.length; index += 2) {
    const [when, result] = [rest[index], rest[index + 1]];
    if (when && result) pairs.push({ when, result, matches: equalTo(commonType(comparable, when, place)) });
  }
  return pairs;
}

export const logicFunctions: FunctionTable = {
  AND: junction(false),
  OR: junction(true),
  NOT: strict(['boolean'], 'boolean', ([value]: [boolean]) => !value),
  IF: choice,
  CASE: cases,
};
