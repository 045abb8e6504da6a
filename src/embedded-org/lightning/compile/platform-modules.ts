import type { Schema } from '../../data/types.ts';

const KINDS = /^@salesforce\/(resourceUrl|schema|user|customPermission|i18n|label)\/(.+)$/;

const CONTEXT = `import { context } from 'lightning-shell/context';\n`;

/** Formats that follow the signed-in user; the rest of `@salesforce/i18n` comes with the base components. */
const INTERNATIONAL: Readonly<Record<string, string>> = {
  lang: 'context.language',
  locale: 'context.locale',
  timeZone: 'context.timeZone',
};

/**
 * The source of a module that only an org can supply (`@salesforce/schema/Lead.Name`, `@salesforce/user/Id` …).
 *
 * What depends on the user is read from the page, so that one compiled component serves all users. Undefined for a
 * module of another kind; throws, as a deploy would refuse the component, for a field or resource that is not there.
 */
export function platformModule(
  name: string,
  org: { schema: Schema; resources: readonly string[] },
): string | undefined {
  const [, kind, rest = ''] = KINDS.exec(name) ?? [];
  switch (kind) {
    case 'schema':
      return `export default ${JSON.stringify(toSchemaReference(rest, org.schema))};`;
    case 'resourceUrl':
      if (!org.resources.includes(rest)) throw new Error(`${name}: the org has no static resource named ${rest}.`);
      return `${CONTEXT}export default context.resources[${JSON.stringify(rest)}];`;
    case 'user':
      return `${CONTEXT}export default ${rest === 'Id' ? 'context.user.id' : 'false'};`;
    case 'customPermission':
      return `${CONTEXT}export default context.customPermissions.includes(${JSON.stringify(rest)}) || undefined;`;
    case 'i18n':
      return INTERNATIONAL[rest] && `${CONTEXT}export default ${INTERNATIONAL[rest]};`;
    case 'label':
      return rest.startsWith('c.') ? `export default ${JSON.stringify(`[${rest.slice(2)}]`)};` : undefined;
    default:
      return undefined;
  }
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
