import type { ObjectDef } from '../../data/types.ts';

/** A section as a layout file has it: field names in columns. */
export type SectionPlan = { readonly label: string; readonly columns: readonly (readonly FieldPlan[])[] };

export type FieldPlan = { readonly field: string; readonly readOnly: boolean; readonly required?: boolean };

const SYSTEM_SECTION: SectionPlan = {
  label: 'System Information',
  columns: [[{ field: 'CreatedById', readOnly: true }], [{ field: 'LastModifiedById', readOnly: true }]],
};

/** Salesforce's own Lead layout of a new org. */
const LEAD: readonly SectionPlan[] = [
  section(
    'Lead Information',
    ['OwnerId', 'Name', 'Company', 'Title', 'LeadSource', 'Industry', 'AnnualRevenue'],
    ['Phone', 'MobilePhone', 'Fax', 'Email', 'Website', 'Status', 'Rating', 'NumberOfEmployees'],
  ),
  section('Address Information', ['Street', 'City'], ['State', 'PostalCode', 'Country']),
];

const HIDDEN = new Set([
  'Id',
  'IsDeleted',
  'SystemModstamp',
  'CreatedById',
  'LastModifiedById',
  'CreatedDate',
  'LastViewedDate',
  'LastReferencedDate',
  'LastModifiedDate',
]);

/** The layout of an object for which none was deployed: Salesforce's own for leads, every field in two columns for others. */
export function standardLayout(object: ObjectDef): readonly SectionPlan[] {
  if (object.name !== 'Lead') return [inTwoColumns('Information', fieldsOf(object)), SYSTEM_SECTION];
  const custom = object.fields.filter((field) => field.custom).map((field) => field.name);
  return [
    ...LEAD,
    inTwoColumns('Additional Information', custom),
    section('Description Information', ['Description'], []),
    SYSTEM_SECTION,
  ];
}

function fieldsOf(object: ObjectDef): readonly string[] {
  return object.fields
    .filter(
      (field) =>
        !HIDDEN.has(field.name) && (field.compoundFieldName === undefined || field.compoundFieldName === field.name),
    )
    .map((field) => field.name);
}

function inTwoColumns(label: string, fields: readonly string[]): SectionPlan {
  return section(
    label,
    fields.filter((_, i) => i % 2 === 0),
    fields.filter((_, i) => i % 2 === 1),
  );
}

function section(label: string, left: readonly string[], right: readonly string[]): SectionPlan {
  return { label, columns: [left.map(toItem), right.map(toItem)] };
}

function toItem(field: string): FieldPlan {
  return { field, readOnly: field === 'OwnerId' };
}
