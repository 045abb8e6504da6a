import { commonType, expectType, type Compiled, type FormulaType, type FormulaValue } from './compiled.ts';
import { FormulaError } from './formula-error.ts';

const DAY = 86_400_000;

/** Equality of a type: texts treat blank as empty, all else answers null when a side is null. */
export function equalTo(type: FormulaType): (left: FormulaValue, right: FormulaValue) => boolean | null {
  if (type === 'text') return (left, right) => (left ?? '') === (right ?? '');
  return (left, right) => (left === null || right === null ? null : left === right);
}

/** Compiles `left operator right` after checking that the types fit. */
export function compileBinary(operator: string, left: Compiled, right: Compiled): Compiled {
  const place = `operator '${operator}'`;
  switch (operator) {
    case '&&':
    case '||':
      return compileJunction(operator, left, right, place);
    case '=':
    case '<>':
      return compileEquality(operator, left, right, place);
    case '<':
    case '>':
    case '<=':
    case '>=':
      return compileOrder(operator, left, right, place);
    case '&':
      for (const part of [left, right]) expectType(part, ['text'], place);
      return { type: 'text', run: (run) => concat(left.run(run), right.run(run)) };
    case '+':
    case '-':
      return compileSum(operator, left, right, place);
    default:
      for (const part of [left, right]) expectType(part, ['number'], place);
      return strictNumber(left, right, arithmetic[operator] ?? unknownOperator(operator));
  }
}

export function compileUnary(operator: string, operand: Compiled): Compiled {
  if (operator === '!') {
    expectType(operand, ['boolean'], "operator '!'");
    return { type: 'boolean', run: (run) => negate(operand.run(run)) };
  }
  expectType(operand, ['number'], `operator '${operator}'`);
  if (operator === '+') return operand;
  return {
    type: 'number',
    run: (run) => {
      const value = operand.run(run);
      return value === null ? null : 0 - Number(value);
    },
  };
}

const negate = (value: FormulaValue): FormulaValue => (value === null ? null : !value);

const concat = (left: FormulaValue, right: FormulaValue): FormulaValue => {
  const text = `${left ?? ''}${right ?? ''}`;
  return text === '' ? null : text;
};

/** Decimals of the platform carry no binary noise; 15 digits are what a double can vouch for. */
const settle = (value: number): number | null => {
  if (!Number.isFinite(value)) return null;
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
};

const arithmetic: Readonly<Record<string, (left: number, right: number) => number | null>> = {
  '*': (left, right) => settle(left * right),
  '/': (left, right) => {
    if (right === 0) throw new FormulaError('Division by zero');
    return settle(left / right);
  },
  '^': (left, right) => settle(left ** right),
};

function unknownOperator(operator: string): never {
  throw new FormulaError(`Syntax error.  Found '${operator}'`);
}

function strictNumber(left: Compiled, right: Compiled, apply: (a: number, b: number) => number | null): Compiled {
  return {
    type: 'number',
    run: (run) => {
      const [a, b] = [left.run(run), right.run(run)];
      return a === null || b === null ? null : apply(Number(a), Number(b));
    },
  };
}

function compileJunction(operator: string, left: Compiled, right: Compiled, place: string): Compiled {
  for (const part of [left, right]) expectType(part, ['boolean'], place);
  const both = operator === '&&';
  return {
    type: 'boolean',
    run: (run) => {
      const first = left.run(run) === true;
      return first !== both ? first : right.run(run) === true;
    },
  };
}

function compileEquality(operator: string, left: Compiled, right: Compiled, place: string): Compiled {
  const equals = equalTo(commonType(left, right, place));
  return {
    type: 'boolean',
    run: (run) => {
      const equal = equals(left.run(run), right.run(run));
      return operator === '=' ? equal : negate(equal);
    },
  };
}

function compileOrder(operator: string, left: Compiled, right: Compiled, place: string): Compiled {
  const type = commonType(left, right, place);
  if (type === 'boolean') expectType({ type, run: left.run }, ['number', 'text', 'date', 'datetime'], place);
  return {
    type: 'boolean',
    run: (run) => {
      const [a, b] = [left.run(run), right.run(run)];
      if (a === null || b === null) return null;
      if (operator === '<') return a < b;
      if (operator === '>') return a > b;
      return operator === '<=' ? a <= b : a >= b;
    },
  };
}

/** Numbers add; days add to dates, and fractions of days to datetimes; two dates subtract to days; texts join. */
function compileSum(operator: string, left: Compiled, right: Compiled, place: string): Compiled {
  const sign = operator === '+' ? 1 : -1;
  if (left.type === 'text' && operator === '+') {
    expectType(right, ['text'], place);
    return { type: 'text', run: (run) => concat(left.run(run), right.run(run)) };
  }
  if ((left.type === 'date' || left.type === 'datetime') && left.type === right.type && sign === -1) {
    const unit = left.type === 'date' ? 1 : DAY;
    return strictNumber(left, right, (a, b) => settle((a - b) / unit));
  }
  if (left.type === 'number' && (right.type === 'date' || right.type === 'datetime') && sign === 1) {
    return compileSum(operator, right, left, place);
  }
  expectType(left, ['number', 'date', 'datetime'], place);
  expectType(right, ['number'], place);
  if (left.type === 'date') return { ...strictNumber(left, right, (a, b) => Math.floor(a + sign * b)), type: 'date' };
  const unit = left.type === 'datetime' ? DAY : 1;
  return { ...strictNumber(left, right, (a, b) => settle(a + sign * b * unit)), type: left.type };
}
