import { type CrmField, type CrmObject, PortError } from '../app/ports.ts';
import { soqlName } from './soql-literal.ts';
import type { Transport } from './transport.ts';

type DescribedField = {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly custom: boolean;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly externalId: boolean;
  readonly caseSensitive?: boolean;
  readonly length: number;
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
  readonly picklistValues: readonly { readonly value: string; readonly active: boolean }[];
};

export type DescribedObject = {
  readonly name: string;
  readonly label: string;
  readonly fields: readonly DescribedField[];
};

/** Reads what an object looks like to the signed-in user; undefined when it does not exist for them. */
export async function describeObject(transport: Transport, object: string): Promise<DescribedObject | undefined> {
  const doing = `Describing ${soqlName(object)}`;
  try {
    return await transport.json<DescribedObject>({ doing, method: 'GET', path: `sobjects/${object}/describe` });
  } catch (error) {
    if (error instanceof PortError && error.code === 'missing') return undefined;
    throw error;
  }
}

export const toCrmObject = ({ name, label, fields }: DescribedObject): CrmObject => ({
  name,
  label,
  fields: fields.map(toCrmField),
});

const toCrmField = (field: DescribedField): CrmField => ({
  name: field.name,
  label: field.label,
  type: field.type,
  custom: field.custom,
  nillable: field.nillable,
  createable: field.createable,
  updateable: field.updateable,
  externalId: field.externalId,
  caseSensitive: field.caseSensitive ?? false,
  length: field.length,
  referenceTo: field.referenceTo,
  picklistValues: field.picklistValues.filter((each) => each.active).map((each) => each.value),
});
