import { planFor } from '../dml/object-plan.ts';
import type { OrgCore } from '../org-core.ts';
import { quoteName } from '../quote-name.ts';
import type { FormulaField } from './compiled.ts';
import type { FormulaScope } from './compile-formula.ts';
import type { RecordRun } from './record-run.ts';
import type { ObjectDef } from '../types.ts';

/** The record that a global stands for, by the object it is of. */
const RECORDS: Readonly<
  Record<string, { readonly object: string; readonly id: (run: RecordRun) => string | undefined }>
> = {
  $user: { object: 'User', id: (run) => run.user.userId },
  $profile: { object: 'Profile', id: (run) => run.user.profileId },
  $userrole: { object: 'UserRole', id: (run) => run.user.roleId },
  $organization: { object: 'Organization', id: (run) => run.core.organizationId },
};

/** `$Permission.X`, `$User.Field`, `$Profile.Name`, `$UserRole.Name` and `$Organization.Id`. */
export function globalField(
  core: OrgCore,
  path: string,
  scopeOf: (object: ObjectDef) => FormulaScope<RecordRun>,
): FormulaField<RecordRun> | undefined {
  const [root = '', name = '', ...rest] = path.split('.');
  if (root.toLowerCase() === '$permission') return rest.length === 0 ? permission(core, path, name) : undefined;
  const record = RECORDS[root.toLowerCase()];
  const object = record && core.schema.find(record.object);
  const inner = object && scopeOf(object).field([name, ...rest].join('.'));
  if (!record || !object || !inner) return undefined;
  const sql = `select * from ${quoteName(object.name)} where "Id" = ?`;
  const read = (run: RecordRun) => {
    const id = record.id(run);
    const row = id === undefined ? undefined : planFor(core, object).prepare(sql).get(id);
    return row ? inner.read({ ...run, row: row as RecordRun['row'], old: undefined }) : null;
  };
  return { path, type: inner.type, own: false, read, readPrior: read };
}

function permission(core: OrgCore, path: string, name: string): FormulaField<RecordRun> | undefined {
  const known = core.db
    .prepare('select 1 as found from "CustomPermission" where "DeveloperName" = ? collate nocase and "IsDeleted" = 0')
    .get(name);
  if (!known) return undefined;
  const read = (run: RecordRun): boolean => run.user.access.custom(name);
  return { path, type: 'boolean', own: false, read, readPrior: read };
}
