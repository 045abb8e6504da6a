import { nearestName } from '../../domain/agreement/nearest-name.ts';
import { type FileProblem, pathText } from '../files/yaml-file.ts';
import type { CrmField, CrmObject, CrmValue } from '../ports.ts';
import type { ColumnMap, ColumnMapFile } from './column-map.ts';

/** What happens with one column of the CSV. */
export type ColumnPlan = {
  readonly header: string;
  /** Empty for an ignored column. */
  readonly fields: readonly CrmField[];
  readonly values: ReadonlyMap<string, CrmValue> | undefined;
  readonly blank: ReadonlySet<string>;
};

export type ImportPlan = {
  readonly object: string;
  readonly key: string | undefined;
  /** Whether keys that differ in case alone are different keys. */
  readonly caseSensitiveKey: boolean;
  readonly delimiter: string | undefined;
  /** One entry a column, in the order of the CSV. */
  readonly columns: readonly ColumnPlan[];
  readonly constants: Readonly<Record<string, CrmValue>>;
};

export type PlanResult = { readonly plan: ImportPlan; readonly problems: readonly FileProblem[] };

/** Columns that a file of rejected rows has besides its own; they need no entry, so the file can be imported again. */
export const rejectColumns = ['Accord line', 'Accord reason'] as const;

/**
 * Matches a column map with the CSV's header and the object's fields.
 *
 * Every column must be mapped or ignored on purpose, so that no data is left behind by a slip.
 */
export function planColumns(
  map: ColumnMap,
  header: readonly string[],
  described: CrmObject,
  placeOf: ColumnMapFile['placeOf'],
): PlanResult {
  const problems: FileProblem[] = [];
  const complain = (path: readonly (string | number)[], message: string, suggestion?: string): void => {
    problems.push({
      ...placeOf(path),
      severity: 'error',
      path: pathText(path),
      message,
      ...(suggestion && { suggestion }),
    });
  };
  const byName = new Map(described.fields.map((field) => [field.name, field]));
  const fieldAt = (name: string, path: readonly (string | number)[]): CrmField | undefined => {
    const field = byName.get(name);
    const missing = `${described.name} has no field ${name} that you can see.`;
    if (!field) complain(path, missing, nearestName(name, byName.keys()));
    else if (!field.createable) complain(path, `${described.name}.${name} cannot be written by you.`);
    return field;
  };
  for (const name of Object.keys(map.columns).filter((each) => !header.includes(each))) {
    complain(['columns', name], `The CSV has no column "${name}".`, nearestName(name, header));
  }
  const columns = header.map((name) => planColumn(name, map, complain, fieldAt));
  const constants = Object.entries(map.constants ?? {});
  for (const [name] of constants) fieldAt(name, ['constants', name]);
  checkOnce(columns, constants, complain);
  checkKey(map, columns, byName, complain);
  const { key, delimiter } = map;
  const caseSensitiveKey = (key !== undefined && byName.get(key)?.caseSensitive) ?? false;
  const plan = {
    object: described.name,
    key,
    caseSensitiveKey,
    delimiter,
    columns,
    constants: Object.fromEntries(constants),
  };
  return { plan, problems };
}

type Complain = (path: readonly (string | number)[], message: string, suggestion?: string) => void;

function planColumn(
  header: string,
  map: ColumnMap,
  complain: Complain,
  fieldAt: (name: string, path: readonly (string | number)[]) => CrmField | undefined,
): ColumnPlan {
  const entry = Object.hasOwn(map.columns, header) ? map.columns[header] : undefined;
  const ignored = { header, fields: [], values: undefined, blank: new Set<string>() };
  if (entry === undefined && (rejectColumns as readonly string[]).includes(header)) return ignored;
  if (entry === undefined) {
    complain(['columns'], `The column "${header}" of the CSV is not in the map. Map it, or write ignore.`);
    return ignored;
  }
  if (entry === 'ignore') return ignored;
  const given = typeof entry === 'string' || Array.isArray(entry) ? { field: entry } : entry;
  const fields = [given.field].flat().flatMap((name) => fieldAt(name, ['columns', header]) ?? []);
  const values = given.values && new Map(Object.entries(given.values));
  return { header, fields, values, blank: new Set(given.blank) };
}

function checkOnce(
  columns: readonly ColumnPlan[],
  constants: readonly (readonly [string, unknown])[],
  complain: Complain,
): void {
  const taken = new Map<string, string>(constants.map(([name]) => [name, 'a constant']));
  for (const { header, fields } of columns) {
    for (const { name } of fields) {
      const other = taken.get(name);
      if (other) complain(['columns', header], `${name} is already filled by ${other}.`);
      taken.set(name, `the column "${header}"`);
    }
  }
}

function checkKey(
  map: ColumnMap,
  columns: readonly ColumnPlan[],
  byName: ReadonlyMap<string, CrmField>,
  complain: Complain,
): void {
  if (map.key === undefined) return;
  const field = byName.get(map.key);
  if (!field)
    complain(['key'], `${map.object} has no field ${map.key} that you can see.`, nearestName(map.key, byName.keys()));
  else if (!field.externalId)
    complain(['key'], `${map.object}.${map.key} is not an external id, so it cannot tell rows apart.`);
  if (field && !columns.some(({ fields }) => fields.some(({ name }) => name === map.key))) {
    complain(['key'], `No column of the CSV is mapped to ${map.key}.`);
  }
}
