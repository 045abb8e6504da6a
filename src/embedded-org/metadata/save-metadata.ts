import type { OrgCore } from '../data/org-core.ts';
import { OrgError } from '../data/org-error.ts';
import { RowError } from '../data/dml/row-error.ts';
import type { SaveError, UserContext } from '../data/types.ts';
import { COMPONENT_TYPES, type ComponentType } from './component-types.ts';
import { DeployError } from './deploy-error.ts';
import type { Component, DeployRun } from './deploy-run.ts';
import { attempt, inOneTransaction } from './deploy-transaction.ts';
import { checkBundles, type CheckedBundle } from './check-bundles.ts';
import { checkImports } from './check-imports.ts';
import { partsOf } from './find-components.ts';
import { componentName } from './read-component.ts';
import { removeComponent } from './remove-component.ts';
import { toComponent } from './to-component.ts';
import type { XmlElement } from './xml-element.ts';

export type SaveKind = 'create' | 'update' | 'upsert';

/** What became of one component that a client saved or deleted without a zip. */
export type MetadataResult = {
  readonly fullName: string;
  readonly success: boolean;
  readonly created: boolean;
  readonly errors: readonly SaveError[];
};

/**
 * Saves components given as elements, each by itself; with `allOrNone` one failure undoes them all.
 *
 * They go the way that deployed ones go, so both accept and refuse the same.
 */
export async function saveMetadata(
  core: OrgCore,
  user: UserContext,
  kind: SaveKind,
  records: readonly { readonly type: string; readonly element: XmlElement }[],
  allOrNone: boolean,
): Promise<readonly MetadataResult[]> {
  const run: DeployRun = { core, user };
  const components = records.map(({ type, element }) => ({ type: componentType(type), element }));
  const prepared = components.map(({ type, element }) => ({ type, component: toComponent(type, element) }));
  const bundles = await compileAll(prepared.map((each) => each.component));
  const save = (): readonly MetadataResult[] =>
    prepared.map(({ type, component }) => saveOne(run, kind, type, component, bundles));
  return allOrNothing(run, allOrNone, save);
}

export function deleteMetadata(
  core: OrgCore,
  user: UserContext,
  typeName: string,
  fullNames: readonly string[],
  allOrNone: boolean,
): readonly MetadataResult[] {
  const run: DeployRun = { core, user };
  const type = componentType(typeName);
  return allOrNothing(run, allOrNone, () =>
    fullNames.map((fullName) =>
      attempt(
        run,
        () => {
          const name = componentName(core, type.name, fullName) ?? fullName;
          if (removeComponent(run, type.name, name) === undefined) throw missing(type.name, fullName);
          return saved(fullName, false);
        },
        (why) => failed(fullName, why),
      ),
    ),
  );
}

/** Throws INVALID_TYPE for what is no metadata type of this org. */
export function componentType(name: string): ComponentType {
  const type = COMPONENT_TYPES.find((each) => each.name === name);
  if (!type) throw new OrgError('INVALID_TYPE', `Unknown type:${name}`);
  return type;
}

async function compileAll(components: readonly Component[]): Promise<ReadonlyMap<string, CheckedBundle>> {
  const bundles = components.filter((each) => each.type === 'LightningComponentBundle');
  return checkBundles(new Map(bundles.flatMap((each) => [...each.files])));
}

/** A component's name becomes a path in the zip of a retrieve. */
const LEAVES_FOLDER = /[/\\\0]|\.\./;

function saveOne(
  run: DeployRun,
  kind: SaveKind,
  type: ComponentType,
  component: Component,
  bundles: ReadonlyMap<string, CheckedBundle>,
): MetadataResult {
  const { fullName } = component;
  const work = (): MetadataResult => {
    if (fullName === '') throw new DeployError('Required field is missing: fullName', 'REQUIRED_FIELD_MISSING');
    if (LEAVES_FOLDER.test(fullName)) throw new DeployError(`${fullName} is not a valid name for a ${type.name}`);
    if (type.name === 'LightningComponentBundle') refuseBroken(run, fullName, bundles);
    const isKnown = componentName(run.core, type.name, fullName) !== undefined;
    if (kind === 'create' && isKnown) throw duplicate(type.name, fullName);
    if (kind === 'update' && !isKnown) throw missing(type.name, fullName);
    type.apply(run, component);
    if (type.name === 'CustomObject') applyParts(run, component);
    return saved(fullName, !isKnown);
  };
  return attempt(run, work, (why) => failed(fullName, why));
}

function refuseBroken(run: DeployRun, name: string, bundles: ReadonlyMap<string, CheckedBundle>): void {
  const bundle = bundles.get(name);
  if (bundle?.verdict?.problemType === 'Error') throw new DeployError(bundle.verdict.problem);
  checkImports(run.core, name, bundle?.imports ?? [], bundles);
}

function applyParts(run: DeployRun, object: Component): void {
  for (const part of partsOf(object)) {
    if ('problem' in part) throw new DeployError(part.problem);
    part.type.apply(run, part.component);
  }
}

const duplicate = (type: string, fullName: string): DeployError =>
  new DeployError(`There is already a ${type} named ${fullName}`, 'DUPLICATE_DEVELOPER_NAME');

const missing = (type: string, fullName: string): DeployError =>
  new DeployError(`In field: fullName - no ${type} named ${fullName} found`, 'INVALID_CROSS_REFERENCE_KEY');

const saved = (fullName: string, created: boolean): MetadataResult => ({
  fullName,
  success: true,
  created,
  errors: [],
});

function failed(fullName: string, why: DeployError | RowError): MetadataResult {
  const errors =
    why instanceof RowError ? why.errors : [{ statusCode: why.statusCode, message: why.message, fields: [] }];
  return { fullName, success: false, created: false, errors };
}

function allOrNothing(
  run: DeployRun,
  allOrNone: boolean,
  work: () => readonly MetadataResult[],
): readonly MetadataResult[] {
  const { success, messages } = inOneTransaction(run, { checkOnly: false, rollbackOnError: allOrNone }, work);
  if (success || !allOrNone) return messages;
  const message = 'Record rolled back because not all records were valid and the request was using AllOrNone header';
  const undone = { statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message, fields: [] };
  return messages.map((each) => (each.success ? { ...each, success: false, created: false, errors: [undone] } : each));
}
