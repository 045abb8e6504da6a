import { describeSummary } from '../describe/describe-global.ts';
import { OrgError } from '../org-error.ts';
import type { FieldDef, ObjectDef } from '../types.ts';
import { LATEST_VERSION } from '../values.ts';
import { filterPaths } from './filter-values.ts';
import type { VirtualRequest, VirtualRow } from './virtual-row.ts';

/** Every object that the user may read. */
export function entityRows({ core, user }: VirtualRequest): readonly VirtualRow[] {
  return readable({ core, user }).map((object) => {
    const summary = describeSummary(object, user, LATEST_VERSION);
    const is = (name: string): number => Number(summary[name] === true);
    return {
      Id: object.name,
      DurableId: object.name,
      QualifiedApiName: object.name,
      DeveloperName: object.name.replace(/__c$/, ''),
      MasterLabel: object.label,
      Label: object.label,
      PluralLabel: object.labelPlural,
      KeyPrefix: object.keyPrefix === '' ? null : object.keyPrefix,
      InternalSharingModel: object.sharingModel,
      ExternalSharingModel: 'Private',
      IsCustomizable: Number(!object.setup),
      IsQueryable: is('queryable'),
      IsRetrieveable: is('retrieveable'),
      IsSearchable: is('searchable'),
      IsLayoutable: is('layoutable'),
      IsTriggerable: is('triggerable'),
      IsReplicateable: is('replicateable'),
      IsIdEnabled: 1,
      IsCustomSetting: 0,
      IsDeprecatedAndHidden: 0,
      IsMruEnabled: is('mruEnabled'),
      IsEverCreatable: Number(object.createable),
      IsEverUpdatable: Number(object.updateable),
      IsEverDeletable: Number(object.deletable),
    };
  });
}

const ENTITY_FILTERS = ['durableid', 'entitydefinitionid'];

/** The fields of the objects that the user may read; a query has to say of which objects. */
export function fieldRows({ core, user, query }: VirtualRequest): readonly VirtualRow[] {
  const asked = query.sObject?.toLowerCase() === 'fielddefinition' ? filterPaths(query) : ENTITY_FILTERS;
  if (!asked.some((path) => ENTITY_FILTERS.includes(path) || path.startsWith('entitydefinition.'))) {
    const message = 'a filter on a reified column is required [EntityDefinitionId,DurableId]';
    throw new OrgError('MALFORMED_QUERY', message);
  }
  return readable({ core, user }).flatMap((object) =>
    object.fields
      .filter((field) => user.access.field(object.name, field.name).read)
      .map((field) => fieldRow(object, field)),
  );
}

const readable = ({ core, user }: Pick<VirtualRequest, 'core' | 'user'>): readonly ObjectDef[] =>
  core.schema.all().filter((object) => user.access.object(object.name).read);

const fieldRow = (object: ObjectDef, field: FieldDef): VirtualRow => ({
  Id: `${object.name}.${field.name}`,
  DurableId: `${object.name}.${field.name}`,
  QualifiedApiName: field.name,
  EntityDefinitionId: object.name,
  DeveloperName: field.name.replace(/__c$/, ''),
  MasterLabel: field.label,
  Label: field.label,
  DataType: dataType(field),
  Length: field.length ?? 0,
  Precision: field.precision ?? 0,
  Scale: field.scale ?? 0,
  RelationshipName: field.relationshipName ?? null,
  IsCalculated: Number(field.formula !== undefined),
  IsNillable: Number(field.nillable),
  IsNameField: Number(field.nameField === true),
  IsIndexed: Number(
    field.type === 'id' || field.type === 'reference' || field.unique === true || field.externalId === true,
  ),
  IsFieldHistoryTracked: Number(field.trackHistory === true && object.enableHistory === true),
  IsCompound: Number(field.type === 'address' || (field.nameField === true && field.sql !== undefined)),
  IsApiFilterable: Number(field.filterable),
  IsApiSortable: Number(field.sortable),
  IsApiGroupable: Number(field.groupable),
  IsHtmlFormatted: Number(field.htmlFormatted === true),
  IsPolymorphicForeignKey: Number((field.referenceTo?.length ?? 0) > 1),
});

/** The type as the setup pages word it: `Text(80)`, `Lookup(User)`. */
function dataType(field: FieldDef): string {
  const number = `(${(field.precision ?? 18) - (field.scale ?? 0)}, ${field.scale ?? 0})`;
  const words: Partial<Record<FieldDef['type'], string>> = {
    id: 'Lookup()',
    string: `Text(${field.length ?? 255})`,
    textarea: (field.length ?? 0) > 255 ? `Long Text Area(${field.length})` : 'Text Area(255)',
    boolean: 'Checkbox',
    int: number.replace('(', 'Number('),
    double: number.replace('(', 'Number('),
    currency: number.replace('(', 'Currency('),
    percent: number.replace('(', 'Percent('),
    date: 'Date',
    datetime: 'Date/Time',
    time: 'Time',
    email: 'Email',
    phone: 'Phone',
    url: `URL(${field.length ?? 255})`,
    picklist: 'Picklist',
    multipicklist: 'Picklist (Multi-Select)',
    combobox: 'Picklist',
    reference: `Lookup(${(field.referenceTo ?? []).join(',')})`,
    address: 'Address',
  };
  const word = words[field.type] ?? field.type;
  return field.formula === undefined ? word : `Formula (${word.replace(/\(.*$/, '')})`;
}
