import { quoteName } from '../quote-name.ts';
import { planFor, type StoredValue } from './object-plan.ts';
import type { WriteJob } from './write-job.ts';

/** The value of the name field of any record, deleted or not. */
export function nameOf(job: WriteJob, id: StoredValue): StoredValue {
  const object = typeof id === 'string' ? job.core.schema.byPrefix(id.slice(0, 3)) : undefined;
  const field = object?.fields.find((each) => each.nameField);
  if (!object || !field || typeof id !== 'string') return null;
  const expression =
    field.sql?.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => quoteName(name)) ?? quoteName(field.name);
  const sql = `select ${expression} as name from ${quoteName(object.name)} where "Id" = ?`;
  return (planFor(job.core, object).prepare(sql).get(id)?.['name'] as StoredValue | undefined) ?? null;
}
