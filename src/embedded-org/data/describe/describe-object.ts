import type { OrgCore } from '../org-core.ts';
import { OrgError } from '../org-error.ts';
import type { ChildRelationship, ObjectDef, UserContext } from '../types.ts';
import { availableRecordTypes, defaultRecordType, recordTypesOf } from '../security/record-types.ts';
import { sobjectsUrl } from '../values.ts';
import { describeField } from './describe-field.ts';
import { describeSummary } from './describe-global.ts';

const MASTER_RECORD_TYPE = '012000000000000AAA';

/** The body of `/sobjects/X/describe`; fields and children that the user may not read are left out. */
export function describeObject(
  core: OrgCore,
  user: UserContext,
  objectName: string,
  apiVersion: number,
): Record<string, unknown> {
  const object = core.schema.find(objectName);
  if (object === undefined || !user.access.object(object.name).read) {
    throw new OrgError('NOT_FOUND', 'The requested resource does not exist', 404);
  }
  const fields = object.fields.flatMap((field) => {
    const access = user.access.field(object.name, field.name);
    return access.read ? [describeField(object, field, access.edit)] : [];
  });
  return {
    actionOverrides: [],
    ...describeSummary(object, user, apiVersion),
    childRelationships: core.schema
      .children(object.name)
      .filter((child) => user.access.field(child.childSObject, child.field).read)
      .map(describeChild),
    compactLayoutable: !object.setup,
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields,
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: object.setup ? [] : describeRecordTypes(core, user, object, apiVersion),
    searchLayoutable: !object.setup,
    sobjectDescribeOption: 'FULL',
    supportedScopes: scopesOf(core, object),
  };
}

const describeChild = (child: ChildRelationship): Record<string, unknown> => ({
  cascadeDelete: child.cascadeDelete,
  childSObject: child.childSObject,
  deprecatedAndHidden: false,
  field: child.field,
  junctionIdListNames: [],
  junctionReferenceTo: [],
  relationshipName: child.relationshipName ?? null,
  restrictedDelete: child.restrictedDelete,
});

function scopesOf(core: OrgCore, object: ObjectDef): readonly Record<string, string>[] {
  const all = { label: `All ${object.labelPlural.toLowerCase()}`, name: 'everything' };
  const mine = { label: `My ${object.labelPlural.toLowerCase()}`, name: 'mine' };
  return core.schema.field(object, 'OwnerId') === undefined ? [all] : [all, mine];
}

/** Every active record type and the master one, which is the default of users who have no other. */
function describeRecordTypes(
  core: OrgCore,
  user: UserContext,
  object: ObjectDef,
  apiVersion: number,
): readonly Record<string, unknown>[] {
  const available = availableRecordTypes(core, user);
  const defaultId = defaultRecordType(core, user, object.name) ?? MASTER_RECORD_TYPE;
  const describe = (id: string, name: string, developerName: string): Record<string, unknown> => ({
    active: true,
    available: id === MASTER_RECORD_TYPE || available.has(id),
    defaultRecordTypeMapping: id === defaultId,
    developerName,
    master: id === MASTER_RECORD_TYPE,
    name,
    recordTypeId: id,
    urls: { layout: `${sobjectsUrl(apiVersion)}/${object.name}/describe/layouts/${id}` },
  });
  const active = recordTypesOf(core, object.name).filter((each) => each.active);
  return [
    ...active.map((each) => describe(each.id, each.name, each.developerName)),
    describe(MASTER_RECORD_TYPE, 'Master', 'Master'),
  ];
}
