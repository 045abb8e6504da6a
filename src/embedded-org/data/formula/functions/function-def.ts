import { expectType, type Compiled, type FormulaRun, type FormulaType, type FormulaValue } from '../compiled.ts';

/** A function of the formula language; `compile` checks the types of its arguments. */
export type FunctionDef = {
  readonly least: number;
  readonly most: number;
  readonly compile: (args: readonly Compiled[], place: string) => Compiled;
};

export type FunctionTable = Readonly<Record<string, FunctionDef>>;

/**
 * A function of typed arguments whose result is null as soon as one of them is, as in the platform's three-valued logic.
 *
 * A type that ends in `?` marks arguments that may be left out.
 */
export function strict(
  types: readonly (FormulaType | `${FormulaType}?`)[],
  result: FormulaType,
  apply: (args: never, run: FormulaRun) => FormulaValue,
): FunctionDef {
  return lenient(types, result, (args, run) => (args.includes(null) ? null : apply(args as never, run)));
}

/** A function of typed arguments that sees their nulls. */
export function lenient(
  types: readonly (FormulaType | `${FormulaType}?`)[],
  result: FormulaType,
  apply: (args: readonly FormulaValue[], run: FormulaRun) => FormulaValue,
): FunctionDef {
  const wanted = types.map((type) => type.replace('?', '') as FormulaType);
  return {
    least: types.filter((type) => !type.endsWith('?')).length,
    most: types.length,
    compile: (args, place) => {
      args.forEach((arg, index) => expectType(arg, [wanted[index] ?? 'null'], place));
      return {
        type: result,
        run: (run) =>
          apply(
            args.map((arg) => arg.run(run)),
            run,
          ),
      };
    },
  };
}

export const blankToNull = (text: string): string | null => (text === '' ? null : text);

/** An argument that `least` guarantees. */
export function argAt(args: readonly Compiled[], index: number): Compiled {
  const arg = args[index];
  if (!arg) throw new RangeError(`A formula function was compiled without its argument ${index + 1}.`);
  return arg;
}
