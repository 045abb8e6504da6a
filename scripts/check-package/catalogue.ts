import type { MetadataFile } from './package-files.ts';
import { readStandardSchema } from './standard-schema.ts';
import { childrenOf, textOf, type XmlNode } from './xml-node.ts';

export type CustomField = { readonly file: MetadataFile; readonly type: string; readonly required: boolean };

/** Answers which objects, fields and components exist: those of the package and the standard ones. */
export type Catalogue = {
  readonly customFields: ReadonlyMap<string, CustomField>;
  readonly userPermissions: ReadonlySet<string>;
  hasObject(name: string): boolean;
  hasField(object: string, field: string): boolean;
  /** The object that a relationship (`Agreement__r`, `Owner`) leads to; undefined where there is none. */
  follow(object: string, relationship: string): string | undefined;
  /** Tells whether the package has a component, such as `('FlexiPage', 'Accord_Lead')`. */
  has(type: string, fullName: string): boolean;
};

const SYSTEM_FIELDS = new Set([
  'Id',
  'OwnerId',
  'IsDeleted',
  'CreatedDate',
  'CreatedById',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
  'LastViewedDate',
  'LastReferencedDate',
]);
const SYSTEM_RELATIONSHIPS = new Map([
  ['Owner', 'User'],
  ['CreatedBy', 'User'],
  ['LastModifiedBy', 'User'],
]);

/** Collects what the package defines and what every org has. */
export function toCatalogue(files: readonly MetadataFile[]): Catalogue {
  const standard = readStandardSchema();
  const customObjects = new Set(files.filter(({ type }) => type === 'CustomObject').map(({ fullName }) => fullName));
  const customFields = new Map(files.filter(({ type }) => type === 'CustomField').map(toField));
  const names = new Set(files.map(({ type, fullName }) => `${type}:${fullName}`));
  const relationships = new Map([...customFields].flatMap(([path, { file }]) => toRelationship(path, file.root)));

  return {
    customFields,
    userPermissions: standard.userPermissions,
    hasObject: (name) => customObjects.has(name) || standard.objects.has(name),
    hasField: (object, field) =>
      customFields.has(`${object}.${field}`) ||
      standard.objects.get(object)?.fields.has(field) === true ||
      (customObjects.has(object) && (SYSTEM_FIELDS.has(field) || field === 'Name')),
    follow: (object, relationship) =>
      relationships.get(`${object}.${relationship}`) ??
      standard.objects.get(object)?.relationships.get(relationship) ??
      (customObjects.has(object) ? SYSTEM_RELATIONSHIPS.get(relationship) : undefined),
    has: (type, fullName) => names.has(`${type}:${fullName}`),
  };
}

/** Follows `Agreement__r.Name` from an object; a text says which step does not exist. */
export function missingStep(catalogue: Catalogue, object: string, path: string): string | undefined {
  const steps = path.split('.');
  let at = object;
  for (const [index, step] of steps.entries()) {
    // an owner, who or what may be several objects; their common fields are all that can be named
    if (at === 'Name') return undefined;
    if (index === steps.length - 1) return catalogue.hasField(at, step) ? undefined : `${at}.${step}`;
    const next = catalogue.follow(at, step);
    if (!next) return `${at}.${step}`;
    at = next;
  }
  return undefined;
}

function toField(file: MetadataFile): [string, CustomField] {
  const { root } = file;
  return [file.fullName, { file, type: textOf(root, 'type') ?? '', required: textOf(root, 'required') === 'true' }];
}

function toRelationship(path: string, root: XmlNode): [string, string][] {
  const target = childrenOf(root, 'referenceTo')[0]?.text;
  return target ? [[path.replace(/__c$/, '__r'), target]] : [];
}
