import type { OrgCore } from '../../data/org-core.ts';
import { quoteName } from '../../data/quote-name.ts';
import { columnsOf, dropIndex } from '../../data/schema/tables.ts';
import type { FieldDef, ObjectDef } from '../../data/types.ts';
import { DeployError } from '../deploy-error.ts';

/** Lets a field that is there become unique, or cease to be: its values must allow it, and its index is made anew. */
export function changeUniqueness(core: OrgCore, object: ObjectDef, known: FieldDef, field: FieldDef): void {
  if ((known.unique === true) === (field.unique === true)) return;
  if (!columnsOf(core.db, object.name).has(known.name.toLowerCase())) return;
  if (field.unique === true) refuseDuplicates(core, object, known);
  dropIndex(core.db, object, known);
}

function refuseDuplicates(core: OrgCore, object: ObjectDef, field: FieldDef): void {
  const name = quoteName(field.name);
  const sql = `select 1 from ${quoteName(object.name)} where ${name} is not null and "IsDeleted" = 0
    group by ${name} having count(*) > 1 limit 1`;
  if (core.db.prepare(sql).get() === undefined) return;
  throw new DeployError(
    `Cannot make ${object.name}.${field.name} unique, because existing records have duplicate values in it. ` +
      'Remove the duplicates first.',
  );
}
