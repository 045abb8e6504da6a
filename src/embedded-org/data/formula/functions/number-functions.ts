import { roundHalfUp } from '../round-half-up.ts';
import { expectType, type FormulaValue } from '../compiled.ts';
import { strict, type FunctionDef, type FunctionTable } from './function-def.ts';

/** Hides the last binary digit's noise, as the platform's decimals have none: `0.1 + 0.2` is 0.3. */
const settle = (value: number): number => roundHalfUp(value, 12);

const extreme = (pick: (...values: number[]) => number): FunctionDef => ({
  least: 1,
  most: Number.POSITIVE_INFINITY,
  compile: (args, place) => {
    for (const arg of args) expectType(arg, ['number'], place);
    return {
      type: 'number',
      run: (run): FormulaValue => {
        const values = args.map((arg) => arg.run(run));
        return values.includes(null) ? null : pick(...(values as number[]));
      },
    };
  },
});

export const numberFunctions: FunctionTable = {
  ABS: strict(['number'], 'number', ([value]: [number]) => Math.abs(value)),
  ROUND: strict(['number', 'number'], 'number', ([value, scale]: [number, number]) =>
    roundHalfUp(value, Math.trunc(scale)),
  ),
  // FLOOR goes towards zero and CEILING away from it, also below zero.
  FLOOR: strict(['number'], 'number', ([value]: [number]) => Math.trunc(settle(value))),
  CEILING: strict(['number'], 'number', ([value]: [number]) => {
    const settled = settle(value);
    return settled < 0 ? Math.floor(settled) : Math.ceil(settled);
  }),
  MFLOOR: strict(['number'], 'number', ([value]: [number]) => Math.floor(settle(value))),
  MCEILING: strict(['number'], 'number', ([value]: [number]) => Math.ceil(settle(value))),
  TRUNC: strict(['number', 'number?'], 'number', ([value, scale = 0]: [number, number?]) => {
    const factor = 10 ** Math.trunc(scale);
    return Math.trunc(settle(value * factor)) / factor;
  }),
  MOD: strict(['number', 'number'], 'number', ([value, divisor]: [number, number]) =>
    divisor === 0 ? null : value % divisor,
  ),
  SQRT: strict(['number'], 'number', ([value]: [number]) => (value < 0 ? null : Math.sqrt(value))),
  MAX: extreme(Math.max),
  MIN: extreme(Math.min),
};
