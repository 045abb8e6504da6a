import type { DatabaseSync } from 'node:sqlite';
import { makeId } from '../ids.ts';
import { quoteName } from '../quote-name.ts';
import { isStored } from '../schema/tables.ts';
import type { FieldDef, Schema } from '../types.ts';

type Values = Readonly<Record<string, string | number | null>>;

/** Stores a row of the org's own making and returns its id, which is the object's prefix and the given sequence. */
export type WriteRow = (objectName: string, sequence: number, values: Values) => string;

/** Writes rows before there is a user who could: system fields and defaults are filled, nothing is checked. */
export function rowWriter(db: DatabaseSync, schema: Schema, now: number, userId: string): WriteRow {
  const stamp = Math.floor(now / 1000) * 1000;
  const systemValues: Values = {
    CreatedDate: stamp,
    CreatedById: userId,
    LastModifiedDate: stamp,
    LastModifiedById: userId,
    SystemModstamp: stamp,
  };
  return (objectName, sequence, values) => {
    const object = schema.find(objectName);
    if (object === undefined) throw new Error(`The org has no object ${objectName} to fill.`);
    const id = makeId(object.keyPrefix, sequence);
    const row: Values = { ...systemValues, ...values, Id: id };
    const stored = object.fields.filter(isStored);
    const columns = stored.map((field) => quoteName(field.name)).join(', ');
    db.prepare(`insert into ${quoteName(object.name)} (${columns}) values (${stored.map(() => '?').join(', ')})`).run(
      ...stored.map((field) => row[field.name] ?? initialValue(field)),
    );
    return id;
  };
}

const initialValue = (field: FieldDef): number | null =>
  field.type === 'boolean' ? Number(field.defaultValue === true) : null;
