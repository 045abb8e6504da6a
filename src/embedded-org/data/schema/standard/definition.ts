import type { FieldDef, ObjectDef } from '../../types.ts';
import {
  field,
  flag,
  int,
  plainReference,
  readOnly,
  standardObject,
  system,
  text,
  type Traits,
} from '../field-builders.ts';

/** An object without records of its own: its rows are worked out for each query. */
const virtual = (name: string, fields: readonly FieldDef[]): ObjectDef =>
  standardObject(name, '', {
    setup: true,
    createable: false,
    updateable: false,
    deletable: false,
    undeletable: false,
    fields: [field('Id', 'id', system, { length: 18 }), ...fields],
  });

const shown: Traits = readOnly;
const sure: Traits = { ...readOnly, nillable: false };
/** A reference by name rather than by id. */
const named = (name: string, target: string): FieldDef =>
  text(name, 255, shown, { referenceTo: [target], relationshipName: name.replace(/Id$/, '') });

export const entityDefinition = virtual('EntityDefinition', [
  text('DurableId', 255, shown),
  text('QualifiedApiName', 70, sure, { nameField: true }),
  text('NamespacePrefix', 15, shown),
  text('DeveloperName', 40, shown),
  text('MasterLabel', 40, sure),
  text('Label', 40, shown),
  text('PluralLabel', 40, shown),
  text('KeyPrefix', 3, shown),
  text('InternalSharingModel', 40, sure),
  text('ExternalSharingModel', 40, sure),
  ...['IsCustomizable', 'IsQueryable', 'IsRetrieveable', 'IsSearchable', 'IsLayoutable', 'IsTriggerable'].map((name) =>
    flag(name, sure),
  ),
  ...['IsReplicateable', 'IsIdEnabled', 'IsCustomSetting', 'IsDeprecatedAndHidden', 'IsMruEnabled'].map((name) =>
    flag(name, sure),
  ),
  ...['IsEverCreatable', 'IsEverUpdatable', 'IsEverDeletable'].map((name) => flag(name, sure)),
]);

export const fieldDefinition = virtual('FieldDefinition', [
  text('DurableId', 255, shown),
  text('QualifiedApiName', 70, sure, { nameField: true }),
  named('EntityDefinitionId', 'EntityDefinition'),
  text('NamespacePrefix', 15, shown),
  text('DeveloperName', 40, shown),
  text('MasterLabel', 40, sure),
  text('Label', 40, shown),
  text('DataType', 90, shown),
  int('Length', 9, shown),
  int('Precision', 9, shown),
  int('Scale', 9, shown),
  text('RelationshipName', 80, shown),
  ...['IsCalculated', 'IsNillable', 'IsNameField', 'IsIndexed', 'IsFieldHistoryTracked', 'IsCompound'].map((name) =>
    flag(name, sure),
  ),
  ...['IsApiFilterable', 'IsApiSortable', 'IsApiGroupable', 'IsHtmlFormatted', 'IsPolymorphicForeignKey'].map((name) =>
    flag(name, sure),
  ),
]);

export const userRecordAccess = virtual('UserRecordAccess', [
  plainReference('UserId', ['User'], sure),
  plainReference('RecordId', ['Account', 'Campaign', 'Contact', 'Lead', 'Opportunity'], sure),
  flag('HasReadAccess', sure),
  flag('HasEditAccess', sure),
  flag('HasDeleteAccess', sure),
  flag('HasTransferAccess', sure),
  flag('HasAllAccess', sure),
  text('MaxAccessLevel', 10, shown),
]);

export const userFieldAccess = virtual('UserFieldAccess', [
  text('DurableId', 255, shown),
  plainReference('UserId', ['User'], shown),
  flag('IsUpdatable', sure),
  flag('IsCreatable', sure),
  flag('IsAccessible', sure),
  named('EntityDefinitionId', 'EntityDefinition'),
  named('FieldDefinitionId', 'FieldDefinition'),
]);
