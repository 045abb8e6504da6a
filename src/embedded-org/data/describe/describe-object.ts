import type { OrgCore } from '../org-core.ts';
import { OrgError } from '../org-error.ts';
import type { ChildRelationship, ObjectDef, UserContext } from '../types.ts';
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
    return access.read ? [describeField(field, access.edit)] : [];
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
    recordTypeInfos: object.setup ? [] : [masterRecordType(object, apiVersion)],
    searchLayoutable: !object.setup,
    sobjectDescribeOption: 'FULL',
    supportedScopes: [{ label: `All ${object.labelPlural.toLowerCase()}`, name: 'everything' }],
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

const masterRecordType = (object: ObjectDef, apiVersion: number): Record<string, unknown> => ({
  active: true,
  available: true,
  defaultRecordTypeMapping: true,
  developerName: 'Master',
  master: true,
  name: 'Master',
  recordTypeId: MASTER_RECORD_TYPE,
  urls: { layout: `${sobjectsUrl(apiVersion)}/${object.name}/describe/layouts/${MASTER_RECORD_TYPE}` },
});
