import type { FunctionExp } from '@jetstreamapp/soql-parser-js';
import { isText, keyOf, operandOf, type Operand } from './operand.ts';
import type { Scope } from './scope.ts';

type Call = { readonly functionName?: string; readonly parameters?: readonly unknown[]; readonly rawValue?: string };

const AGGREGATES = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX']);
/** SQL over `@`, a date text or an instant in milliseconds turned into one; fiscal years are calendar years. */
const DATE_PARTS: Readonly<Record<string, string>> = {
  CALENDAR_YEAR: `cast(strftime('%Y', @) as integer)`,
  CALENDAR_QUARTER: `((cast(strftime('%m', @) as integer) + 2) / 3)`,
  CALENDAR_MONTH: `cast(strftime('%m', @) as integer)`,
  FISCAL_YEAR: `cast(strftime('%Y', @) as integer)`,
  FISCAL_QUARTER: `((cast(strftime('%m', @) as integer) + 2) / 3)`,
  FISCAL_MONTH: `cast(strftime('%m', @) as integer)`,
  DAY_IN_MONTH: `cast(strftime('%d', @) as integer)`,
  DAY_IN_WEEK: `(cast(strftime('%w', @) as integer) + 1)`,
  DAY_IN_YEAR: `cast(strftime('%j', @) as integer)`,
  DAY_ONLY: `date(@)`,
  HOUR_IN_DAY: `cast(strftime('%H', @) as integer)`,
  WEEK_IN_MONTH: `((cast(strftime('%d', @) as integer) + 6) / 7)`,
  WEEK_IN_YEAR: `((cast(strftime('%j', @) as integer) + 6) / 7)`,
};

export const functionNameOf = (call: Call): string => (call.functionName ?? '').toUpperCase();
export const isAggregate = (call: Call): boolean => AGGREGATES.has(functionNameOf(call));

/** COUNT, SUM, MIN … over a field of the scope. */
export function aggregateOperand(scope: Scope, call: Call): Operand {
  const name = functionNameOf(call);
  const [parameter] = call.parameters ?? [];
  if (name === 'COUNT' && parameter === undefined) return numeric('count(*)', call);
  if (typeof parameter !== 'string') throw unknownFunction(scope, call);
  const column = scope.column(parameter);
  const operand = operandOf(column.sql, column.field);
  switch (name) {
    case 'COUNT':
      return numeric(`count(${operand.sql})`, call);
    case 'COUNT_DISTINCT':
      return numeric(`count(distinct ${keyOf(operand)})`, call);
    case 'SUM':
    case 'AVG':
      if (operand.comparison !== 'number') throw unsupported(scope, parameter, name);
      return numeric(`${name.toLowerCase()}(${operand.sql})`, call);
    default:
      if (operand.comparison === 'boolean' || operand.comparison === 'id') throw unsupported(scope, parameter, name);
      return { ...operand, sql: extreme(name, operand), name: call.rawValue ?? name };
  }
}

/** The first or last value as it is written, not its key. */
const extreme = (name: string, operand: Operand): string =>
  `${name.toLowerCase()}(${operand.sql}${isText(operand) ? ' collate nocase' : ''})`;

/** CALENDAR_YEAR(CreatedDate), DAY_ONLY(convertTimezone(CreatedDate)), toLabel(Status). */
export function scalarOperand(scope: Scope, call: Call): Operand {
  const name = functionNameOf(call);
  const [parameter] = call.parameters ?? [];
  if (name === 'TOLABEL' && typeof parameter === 'string') return labelOperand(scope, parameter);
  const part = DATE_PARTS[name];
  if (part === undefined || parameter === undefined) throw unknownFunction(scope, call);
  const sql = part.replaceAll('@', dateArgument(scope, parameter as string | FunctionExp, call));
  return {
    sql,
    comparison: name === 'DAY_ONLY' ? 'date' : 'number',
    name: call.rawValue ?? name,
    typeName: name === 'DAY_ONLY' ? 'date' : 'int',
  };
}

/** Without convertTimezone a datetime is taken in UTC, as the platform documents. */
function dateArgument(scope: Scope, parameter: string | FunctionExp, call: Call): string {
  if (typeof parameter !== 'string') {
    const [inner] = parameter.parameters ?? [];
    if (functionNameOf(parameter) !== 'CONVERTTIMEZONE' || typeof inner !== 'string')
      throw unknownFunction(scope, parameter);
    const operand = dateOperand(scope, inner, call);
    const zone = scope.binder.bind(scope.request.user.timeZone);
    return `org_local_time(${operand.sql}, ${zone}) / 1000, 'unixepoch'`;
  }
  const operand = dateOperand(scope, parameter, call);
  return operand.comparison === 'date' ? operand.sql : `${operand.sql} / 1000, 'unixepoch'`;
}

function dateOperand(scope: Scope, path: string, call: Call): Operand {
  const column = scope.column(path);
  const operand = operandOf(column.sql, column.field);
  if (operand.comparison === 'date' || operand.comparison === 'datetime') return operand;
  throw unsupported(scope, path, functionNameOf(call));
}

function labelOperand(scope: Scope, path: string): Operand {
  const column = scope.column(path);
  const renamed = (column.field.picklist?.values ?? []).filter((each) => each.label !== each.value);
  const cases = renamed.map((each) => `when ${scope.binder.bind(each.value)} then ${scope.binder.bind(each.label)}`);
  const sql = cases.length === 0 ? column.sql : `case ${column.sql} ${cases.join(' ')} else ${column.sql} end`;
  return { ...operandOf(sql, column.field), name: column.field.name };
}

const numeric = (sql: string, call: Call): Operand => ({
  sql,
  comparison: 'number',
  name: call.rawValue ?? functionNameOf(call),
  typeName: 'double',
});

const unsupported = (scope: Scope, path: string, name: string): Error =>
  scope.request.errors.malformed(`field ${path} does not support aggregate operator ${name}`, path);

const unknownFunction = (scope: Scope, call: Call): Error =>
  scope.request.errors.malformed(
    `Invalid Aggregate Expression or function: ${call.rawValue ?? functionNameOf(call)}`,
    call.functionName ?? '',
  );
