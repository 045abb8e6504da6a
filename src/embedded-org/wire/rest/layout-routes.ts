import type { ObjectDef } from '../../data/types.ts';
import type { LayoutItem, LayoutSection } from '../../ui-api/metadata/layout-section.ts';
import { highlightsOf, labelOn, readLayout } from '../../ui-api/metadata/read-layout.ts';
import { MASTER_RECORD_TYPE } from '../../ui-api/record-type-info.ts';
import { basePath, notFound, ok, param, type RestAnswer, type RestCall, type RestRoute } from '../../http/rest-call.ts';
import { objectOf } from './sobject-routes.ts';

/** Page layouts as SOAP and REST describe them, drawn from the same layouts as those of UI API. */
export const layoutRoutes: readonly RestRoute[] = [
  { method: 'GET', path: 'sobjects/:object/describe/layouts', handle: layouts },
  { method: 'GET', path: 'sobjects/:object/describe/layouts/:recordType', handle: layoutOfRecordType },
  { method: 'GET', path: 'sobjects/:object/describe/compactLayouts', handle: compactLayouts },
  { method: 'GET', path: 'sobjects/:object/describe/approvalLayouts', handle: approvalLayouts },
];

type Described = Readonly<Record<string, unknown>> & { readonly name: string };

function layouts(call: RestCall): RestAnswer {
  const object = laidOut(call);
  const mapping = {
    active: true,
    available: true,
    defaultRecordTypeMapping: true,
    developerName: 'Master',
    layoutId: layoutId(object),
    master: true,
    name: 'Master',
    picklistsForRecordType: [],
    recordTypeId: MASTER_RECORD_TYPE,
    urls: { layout: `${basePath(call)}/sobjects/${object.name}/describe/layouts/${MASTER_RECORD_TYPE}` },
  };
  return ok({
    layouts: [layoutBody(call, object)],
    recordTypeMappings: [mapping],
    recordTypeSelectorRequired: [false],
  });
}

function layoutOfRecordType(call: RestCall): RestAnswer {
  if (!MASTER_RECORD_TYPE.startsWith(param(call, 'recordType'))) throw notFound();
  return ok(layoutBody(call, laidOut(call)));
}

function compactLayouts(call: RestCall): RestAnswer {
  const object = laidOut(call);
  const fields = fieldsOf(call, object);
  const name = object.fields.find((field) => field.nameField);
  const first = name && { field: name.name, label: labelOn(object, name), readOnly: false, required: true };
  const items = [...(first ? [first] : []), ...highlightsOf(readLayout(call.wire.org, call.user, object), object)];
  const compact = {
    actions: [],
    fieldItems: items.map((item) => itemBody(item, fields)),
    id: null,
    imageItems: [],
    label: 'System Default',
    name: 'SYSTEM',
    objectType: object.name,
  };
  const mapping = {
    available: true,
    compactLayoutId: null,
    compactLayoutName: 'SYSTEM',
    recordTypeId: MASTER_RECORD_TYPE,
    recordTypeName: 'Master',
    urls: { compactLayout: `${basePath(call)}/sobjects/${object.name}/describe/compactLayouts/${MASTER_RECORD_TYPE}` },
  };
  const urls = { primary: `${basePath(call)}/sobjects/${object.name}/describe/compactLayouts/primary` };
  return ok({
    compactLayouts: [compact],
    defaultCompactLayoutId: null,
    recordTypeCompactLayoutMappings: [mapping],
    urls,
  });
}

/** The org has no approval processes, hence no layouts for them. */
function approvalLayouts(call: RestCall): RestAnswer {
  laidOut(call);
  return ok({ approvalLayouts: [] });
}

function layoutBody(call: RestCall, object: ObjectDef): object {
  const fields = fieldsOf(call, object);
  const sections = readLayout(call.wire.org, call.user, object).map((section) => sectionBody(section, object, fields));
  return {
    buttonLayoutSection: null,
    detailLayoutSections: sections,
    editLayoutSections: sections,
    feedView: null,
    highlightsPanelLayoutSection: null,
    id: layoutId(object),
    multirowEditLayoutSections: [],
    offlineLinks: [],
    quickActionList: { quickActionListItems: [] },
    relatedContent: null,
    relatedLists: [],
    saveOptions: [],
  };
}

function sectionBody({ label, columns }: LayoutSection, object: ObjectDef, fields: ReadonlyMap<string, Described>) {
  const rows = Math.max(0, ...columns.map((column) => column.length));
  return {
    collapsed: false,
    columns: columns.length,
    heading: label,
    layoutRows: Array.from({ length: rows }, (_, row) => ({
      layoutItems: columns.map((column) => itemBody(column[row], fields)),
      numItems: columns.length,
    })),
    layoutSectionId: null,
    parentLayoutId: layoutId(object),
    rows,
    tabOrder: 'LeftToRight',
    useCollapsibleSection: false,
    useHeading: true,
  };
}

function itemBody(item: LayoutItem | undefined, fields: ReadonlyMap<string, Described>): object {
  const details = item && fields.get(item.field);
  if (!item || !details) return EMPTY_ITEM;
  const component = { details, displayLines: 1, tabOrder: 0, type: 'Field', value: item.field };
  return {
    editableForNew: !item.readOnly && details['createable'] === true,
    editableForUpdate: !item.readOnly && details['updateable'] === true,
    label: item.label,
    layoutComponents: [component],
    placeholder: false,
    required: item.required || (details['nillable'] === false && details['createable'] === true),
  };
}

const EMPTY_ITEM = {
  editableForNew: false,
  editableForUpdate: false,
  label: '',
  layoutComponents: [],
  placeholder: true,
  required: false,
};

function fieldsOf(call: RestCall, object: ObjectDef): ReadonlyMap<string, Described> {
  const { fields } = call.wire.org.describe(call.user, object.name, call.version) as { fields: readonly Described[] };
  return new Map(fields.map((field) => [field.name, field]));
}

/** The id of an object's one layout: the prefix of layouts and the object's own. */
const layoutId = ({ keyPrefix }: ObjectDef): string => `00h${keyPrefix.padStart(12, '0')}AAA`;

function laidOut(call: RestCall): ObjectDef {
  const object = objectOf(call);
  if (object.setup || !object.createable) throw notFound();
  return object;
}
