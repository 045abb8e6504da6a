import { commonType, expectType, type Compiled, type FormulaField, type FormulaRun } from '../compiled.ts';
import { FormulaError } from '../formula-error.ts';
import { argAt, type FunctionDef, type FunctionTable } from './function-def.ts';

/** A function whose first argument must be a field of the record itself, because it looks at its prior value. */
const ofOwnField = (compile: (field: FormulaField, place: string) => Compiled): FunctionDef => ({
  least: 1,
  most: 1,
  compile: ([arg], place) => {
    if (!arg?.field?.own) throw new FormulaError(`Incorrect parameter for ${place}. Expected field reference.`);
    return compile(arg.field, place);
  },
});

const isBlank: FunctionDef = {
  least: 1,
  most: 1,
  compile: (args, place) => {
    const arg = argAt(args, 0);
    if (arg.type === 'boolean') throw new FormulaError(`Incorrect argument type for ${place}. `);
    if (arg.type === 'picklist') expectType(arg, [], place);
    return { type: 'boolean', run: (run) => arg.run(run) === null };
  },
};

/** Text is never null for ISNULL, even when it is blank. */
const isNull: FunctionDef = {
  ...isBlank,
  compile: (args, place) => {
    const blank = isBlank.compile(args, place);
    return argAt(args, 0).type === 'text' ? { type: 'boolean', run: () => false } : blank;
  },
};

const substitute = (isMissing: (arg: Compiled) => boolean): FunctionDef => ({
  least: 2,
  most: 2,
  compile: (args, place) => {
    const [arg, fallback] = [argAt(args, 0), argAt(args, 1)];
    const type = commonType(arg, fallback, place);
    if (!isMissing(arg)) return { type, run: arg.run };
    return { type, run: (run: FormulaRun) => arg.run(run) ?? fallback.run(run) };
  },
});

const matchesChoice = (
  type: 'picklist' | 'multipicklist',
  test: (value: string, choice: string) => boolean,
): FunctionDef => ({
  least: 2,
  most: 2,
  compile: (args, place) => {
    const [arg, choice] = [argAt(args, 0), argAt(args, 1)];
    expectType(arg, [type], place);
    expectType(choice, ['text'], place);
    if (choice.literal === undefined)
      throw new FormulaError(`Incorrect parameter type for ${place}. Expected Text Literal, received Text`);
    return { type: 'boolean', run: (run) => test(String(arg.run(run) ?? ''), String(choice.run(run) ?? '')) };
  },
});

export const fieldFunctions: FunctionTable = {
  ISNEW: { least: 0, most: 0, compile: () => ({ type: 'boolean', run: (run) => run.isNew }) },
  ISCHANGED: ofOwnField((field) => ({
    type: 'boolean',
    run: (run) => !run.isNew && unixLines(field.read(run)) !== unixLines(field.readPrior(run)),
  })),
  PRIORVALUE: ofOwnField((field) => ({ type: field.type, field, run: (run) => field.readPrior(run) })),
  ISBLANK: isBlank,
  ISNULL: isNull,
  BLANKVALUE: substitute(() => true),
  NULLVALUE: substitute((arg) => arg.type !== 'text'),
  ISPICKVAL: matchesChoice('picklist', (value, choice) => value === choice),
  INCLUDES: matchesChoice('multipicklist', (value, choice) => value.split(';').includes(choice)),
};

const unixLines = <Value>(value: Value): Value | string =>
  typeof value === 'string' ? value.replaceAll('\r\n', '\n') : value;
