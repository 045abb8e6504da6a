import type { ObjectDef, Schema, UserContext, Value } from '../data/types.ts';
import { toDisplayValue, toUiValue } from './display-value.ts';
import { type FieldBranch, type FieldTree, isReadable, toSelectList } from './field-tree.ts';
import { MASTER_RECORD_TYPE, type RecordTypeInfo } from './record-type-info.ts';

export type FieldValue = { readonly displayValue: string | null; readonly value: unknown };

export type RecordRepresentation = {
  readonly apiName: string;
  readonly childRelationships: Record<string, never>;
  readonly eTag: string;
  readonly fields: Record<string, FieldValue>;
  readonly id: string;
  readonly lastModifiedById: string | null;
  readonly lastModifiedDate: string | null;
  readonly recordTypeId: string;
  readonly recordTypeInfo: RecordTypeInfo | null;
  readonly systemModstamp: string | null;
  readonly weakEtag: number;
};

const SYSTEM_FIELDS = ['LastModifiedById', 'LastModifiedDate', 'RecordTypeId', 'SystemModstamp'] as const;

/** The SELECT list for a tree and for what every record tells of itself. */
export function toSelectFields(schema: Schema, user: UserContext, object: ObjectDef, tree: FieldTree): string {
  const system = SYSTEM_FIELDS.filter((name) => {
    const field = schema.field(object, name);
    return field && isReadable(user, object, field);
  });
  return [...new Set([...toSelectList(tree), ...system])].join(', ');
}

export function toRepresentation(
  object: ObjectDef,
  tree: FieldTree,
  row: Readonly<Record<string, unknown>>,
  user: UserContext,
): RecordRepresentation {
  const stamp = (name: string): string | null => (row[name] as string | undefined)?.replace(/\+0000$/, 'Z') ?? null;
  const modified = Date.parse(stamp('SystemModstamp') ?? '') || 0;
  return {
    apiName: object.name,
    childRelationships: {},
    eTag: `${String(row['Id'])}-${modified}`,
    fields: Object.fromEntries([...tree].map(([name, branch]) => [name, toFieldValue(name, branch, row, user)])),
    id: String(row['Id']),
    lastModifiedById: (row['LastModifiedById'] as string | undefined) ?? null,
    lastModifiedDate: stamp('LastModifiedDate'),
    recordTypeId: (row['RecordTypeId'] as string | undefined) ?? MASTER_RECORD_TYPE,
    recordTypeInfo: null,
    systemModstamp: stamp('SystemModstamp'),
    weakEtag: modified,
  };
}

function toFieldValue(
  name: string,
  branch: FieldBranch,
  row: Readonly<Record<string, unknown>>,
  user: UserContext,
): FieldValue {
  if (branch.kind === 'field') {
    const value = row[name] as Value;
    return { displayValue: toDisplayValue(branch.field, value, user), value: toUiValue(branch.field, value) };
  }
  const parent = row[name] as Record<string, unknown> | null | undefined;
  if (!parent) return { displayValue: null, value: null };
  const object = branch.objects.find((each) => String(parent['Id']).startsWith(each.keyPrefix));
  if (!object) return { displayValue: null, value: null };
  const value = toRepresentation(object, branch.tree, parent, user);
  return { displayValue: (parent['Name'] as string | undefined) ?? null, value };
}
