import type { OrgCore } from '../data/org-core.ts';
import type { Schema } from '../data/types.ts';
import { findComponent } from './component-store.ts';
import { DeployError } from './deploy-error.ts';

/** A module that a file of a Lightning web component asks for. */
export type ModuleImport = { readonly module: string; readonly fileName: string };

/** Throws the platform's refusal of a component that asks the org for what it has not; `others` come in the same deployment. */
export function checkImports(
  core: OrgCore,
  name: string,
  imports: readonly ModuleImport[],
  others: { has(name: string): boolean },
): void {
  for (const { module, fileName } of imports) {
    const [, bundle] = /^c\/(\w+)$/.exec(module) ?? [];
    if (bundle !== undefined && !others.has(bundle) && !findComponent(core, 'LightningComponentBundle', bundle)) {
      throw new DeployError(`No MODULE named markup://c:${bundle} found : [markup://c:${name}]`);
    }
    const [, kind = '', reference = ''] = /^@salesforce\/(\w+)\/(.+)$/.exec(module) ?? [];
    const missing = Object.hasOwn(REFERENCES, kind) ? REFERENCES[kind]?.(core, reference) : undefined;
    if (missing === undefined) continue;
    throw new DeployError(`Invalid reference ${reference} of type ${missing} in file ${fileName}`);
  }
}

/** Kind of module → what the platform calls the thing that is missing; undefined when it is there. */
const REFERENCES: Readonly<Record<string, (core: OrgCore, reference: string) => string | undefined>> = {
  schema: ({ schema }, path) => missingInSchema(schema, path),
  resourceUrl: (core, path) => missingComponent(core, 'StaticResource', path.split('/')[0] ?? '', 'resourceUrl'),
  customPermission: (core, name) => missingComponent(core, 'CustomPermission', name, 'customPermission'),
  apex: () => 'apex',
  apexContinuation: () => 'apexContinuation',
  label: () => 'label',
  messageChannel: () => 'messageChannel',
};

const missingComponent = (core: OrgCore, type: string, name: string, kind: string): string | undefined =>
  findComponent(core, type, name) === undefined ? kind : undefined;

/** Follows `Lead.Owner.Name` through the relationships to the field. */
function missingInSchema(schema: Schema, path: string): string | undefined {
  const [objectName = '', ...steps] = path.split('.');
  let object = schema.find(objectName);
  if (!object) return 'sobjectClass';
  for (const [index, step] of steps.entries()) {
    const isLast = index === steps.length - 1;
    const field = object && (isLast ? schema.field(object, step) : schema.relationship(object, step));
    if (!field) return 'sobjectField';
    if (!isLast) object = schema.find(field.referenceTo?.find((each) => each !== 'Group') ?? '');
  }
  return undefined;
}
