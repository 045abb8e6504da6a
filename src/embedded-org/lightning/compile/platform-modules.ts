import type { Schema } from '../../data/types.ts';

const KINDS = /^@salesforce\/(resourceUrl|schema|user|customPermission|i18n|label)\/(.+)$/;

const ofContext = (expression: string): string =>
  `import { context } from 'lightning-shell/context';\nexport default ${expression};`;

/** Formats that follow the signed-in user; the rest of `@salesforce/i18n` comes with the base components. */
const INTERNATIONAL: Readonly<Record<string, string>> = {
  lang: 'context.language',
  locale: 'context.locale',
  timeZone: 'context.timeZone',
};

/** What of the org the modules depend on. */
export type ModuleOrg = { readonly schema: Schema; readonly resources: readonly string[] };

/** Kind of module → source text for the rest of its name. */
const SOURCES: Readonly<Record<string, (rest: string, org: ModuleOrg) => string | undefined>> = {
  customPermission: (name) => ofContext(`context.customPermissions.includes(${JSON.stringify(name)}) || undefined`),
  i18n: (name) => (INTERNATIONAL[name] === undefined ? undefined : ofContext(INTERNATIONAL[name])),
  label: (name) => (name.startsWith('c.') ? `export default ${JSON.stringify(`[${name.slice(2)}]`)};` : undefined),
  resourceUrl: (name, { resources }) => {
    if (!resources.includes(name))
      throw new Error(`@salesforce/resourceUrl/${name}: the org has no such static resource.`);
    return ofContext(`context.resources[${JSON.stringify(name)}]`);
  },
  schema: (path, { schema }) => `export default ${JSON.stringify(toSchemaReference(path, schema))};`,
  user: (name) => ofContext(name === 'Id' ? 'context.user.id' : 'false'),
};

/**
 * The source of a module that only an org can supply (`@salesforce/schema/Lead.Name`, `@salesforce/user/Id` …).
 *
 * What depends on the user is read from the page, so that one compiled component serves all users. Undefined for a
 * module of another kind; throws, as a deploy would refuse the component, for a field or resource that is not there.
 */
export function platformModule(name: string, org: ModuleOrg): string | undefined {
  const [, kind = '', rest = ''] = KINDS.exec(name) ?? [];
  return SOURCES[kind]?.(rest, org);
}

function toSchemaReference(path: string, schema: Schema): Record<string, string> {
  const [objectName = '', ...steps] = path.split('.');
  let object = schema.find(objectName);
  if (!object) throw new Error(`@salesforce/schema/${path}: the org has no object named ${objectName}.`);
  if (steps.length === 0) return { objectApiName: object.name };
  for (const [index, step] of steps.entries()) {
    const last = index === steps.length - 1;
    const field = object && (last ? schema.field(object, step) : schema.relationship(object, step));
    if (!object || !field)
      throw new Error(`@salesforce/schema/${path}: no field ${step} on ${object?.name ?? objectName}.`);
    if (!last) object = schema.find(field.referenceTo?.find((name) => name !== 'Group') ?? '');
  }
  return { objectApiName: objectName, fieldApiName: steps.join('.') };
}
