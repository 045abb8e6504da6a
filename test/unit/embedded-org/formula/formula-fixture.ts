import type { FormulaRun, FormulaType, FormulaValue } from '../../../../src/embedded-org/data/formula/compiled.ts';
import { compileFormula, type FormulaScope } from '../../../../src/embedded-org/data/formula/compile-formula.ts';

type Values = Readonly<Record<string, FormulaValue>>;
export type TestRun = FormulaRun & { readonly values: Values; readonly old: Values | undefined };

/** Fields whose type is told by their name: `Number__c`, `Text__c`, `Pick__c`, `Multi__c`, `Flag__c`, `Day__c`, `At__c`. */
const TYPES: Readonly<Record<string, FormulaType>> = {
  Number: 'number',
  Other: 'number',
  Text: 'text',
  Pick: 'picklist',
  Multi: 'multipicklist',
  Flag: 'boolean',
  Day: 'date',
  At: 'datetime',
};

export const scope: FormulaScope<TestRun> = {
  field: (path) => {
    const type = TYPES[path.replace('__c', '')];
    if (type === undefined) return undefined;
    const name = path.replace('__c', '');
    return {
      path,
      type,
      own: true,
      read: (run) => run.values[name] ?? null,
      readPrior: (run) => run.old?.[name] ?? null,
    };
  },
};

export const NOW = Date.UTC(2026, 5, 15, 2, 30);

export function evaluate(source: string, values: Values = {}, old?: Values): FormulaValue {
  const run: TestRun = { now: NOW, timeZone: 'America/New_York', isNew: old === undefined, values, old };
  return compileFormula(source, scope).run(run);
}

export const compileError = (source: string): string => {
  try {
    compileFormula(source, scope);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};
