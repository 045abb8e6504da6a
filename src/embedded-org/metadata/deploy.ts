import type { OrgCore } from '../data/org-core.ts';
import { OrgError } from '../data/org-error.ts';
import { ensureCounters } from '../data/dml/counter-table.ts';
import { RowError } from '../data/dml/row-error.ts';
import type { DeployMessage, DeployOptions, DeployOutcome, UserContext } from '../data/types.ts';
import { ensureComponentTables } from './component-store.ts';
import { COMPONENT_TYPES, UNSUPPORTED_TYPES } from './component-types.ts';
import { DeployError } from './deploy-error.ts';
import type { DeployRun } from './deploy-run.ts';
import { findComponents, type Found } from './find-components.ts';
import { names, readManifest, type Manifest } from './read-manifest.ts';
import { readZip } from './read-zip.ts';
import { removeComponent } from './remove-component.ts';

type Files = ReadonlyMap<string, Uint8Array>;

/**
 * Deploys a zip in metadata format: what package.xml names is created or changed, what destructiveChanges*.xml name is removed.
 *
 * One transaction; a component that fails leaves nothing behind, and with `rollbackOnError` neither do the others.
 */
export async function deployZip(
  core: OrgCore,
  user: UserContext,
  zip: Uint8Array,
  options: DeployOptions,
): Promise<DeployOutcome> {
  if (!user.access.system('ModifyMetadata') && !user.access.system('ModifyAllData')) {
    const message = 'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions';
    throw new OrgError('INSUFFICIENT_ACCESS', message, 403);
  }
  const files = await readZip(zip);
  return inOneTransaction({ core, user }, options, () => deployFiles({ core, user }, files));
}

function inOneTransaction(run: DeployRun, options: DeployOptions, work: () => readonly DeployMessage[]): DeployOutcome {
  const { core } = run;
  ensureComponentTables(core);
  ensureCounters(core);
  core.db.exec('begin immediate');
  try {
    const messages = work();
    const success = messages.every((each) => each.success);
    const keep = !options.checkOnly && (success || !options.rollbackOnError);
    core.db.exec(keep ? 'commit' : 'rollback');
    if (!keep) core.schema.reload();
    return { success, messages };
  } catch (error) {
    core.db.exec('rollback');
    core.schema.reload();
    throw error;
  }
}

function deployFiles(run: DeployRun, files: Files): readonly DeployMessage[] {
  const manifest = manifestOf(files, 'package.xml');
  if (typeof manifest === 'string') return [failure('', 'package.xml', 'package.xml', manifest)];
  const found = findComponents(files);
  return [
    ...removeAll(run, files, 'destructiveChangesPre.xml'),
    ...removeAll(run, files, 'destructiveChanges.xml'),
    ...checkManifest(manifest, found),
    ...found.filter((each) => isNamed(manifest, each)).map((each) => deployOne(run, each)),
    ...removeAll(run, files, 'destructiveChangesPost.xml'),
    { ...success('', 'package.xml', 'package.xml'), changed: true },
  ];
}

function manifestOf(files: Files, path: string): Manifest | string {
  const bytes = files.get(path);
  if (!bytes) return `No ${path} found`;
  try {
    return readManifest(bytes);
  } catch (error) {
    return (error as Error).message;
  }
}

/** Types that are not there, and members that have no file. */
function checkManifest(manifest: Manifest, found: readonly Found[]): readonly DeployMessage[] {
  return [...manifest.types].flatMap(([type, members]) => {
    if (UNSUPPORTED_TYPES.has(type)) {
      return [...members].map((name) =>
        failure(type, name, 'package.xml', `The embedded org does not support ${type}`),
      );
    }
    if (!COMPONENT_TYPES.some((each) => each.name === type)) {
      return [failure('', type, 'package.xml', `Unknown type name '${type}' specified in package.xml`)];
    }
    const missing = [...members].filter((name) => name !== '*' && !found.some((each) => isSame(each, type, name)));
    return missing.map((name) => {
      const problem = `An object '${name}' of type ${type} was named in package.xml, but was not found in zipped directory`;
      return failure(type, name, 'package.xml', problem);
    });
  });
}

const isSame = (each: Found, type: string, name: string): boolean => each.type.name === type && each.fullName === name;

/** A custom object's file is deployed whole when the object is named; of a standard object's file the named parts are. */
function isNamed(manifest: Manifest, each: Found): boolean {
  if (names(manifest, each.type.name, each.fullName)) return true;
  return each.type.element !== undefined && names(manifest, 'CustomObject', each.fullName.split('.')[0] ?? '');
}

function deployOne(run: DeployRun, each: Found): DeployMessage {
  if ('problem' in each) return failure(each.type.name, each.fullName, each.fileName, each.problem);
  const { component, type } = each;
  return attempt(run, type.name, component.fullName, component.fileName, () => {
    const { id, created, changed } = type.apply(run, component);
    return { ...success(type.name, component.fullName, component.fileName), id, created, changed };
  });
}

function removeAll(run: DeployRun, files: Files, path: string): readonly DeployMessage[] {
  if (!files.has(path)) return [];
  const manifest = manifestOf(files, path);
  if (typeof manifest === 'string') return [failure('', path, path, manifest)];
  const order = COMPONENT_TYPES.map((type) => type.name).toReversed();
  const types = [...manifest.types].toSorted(([left], [right]) => order.indexOf(left) - order.indexOf(right));
  return types.flatMap(([type, members]) =>
    [...members].map((fullName) =>
      attempt(run, type, fullName, path, () => {
        const id = removeComponent(run, type, fullName);
        const base = success(type, fullName, path);
        if (id !== undefined) return { ...base, id, deleted: true };
        return { ...base, problem: `No ${type} named: ${fullName} found`, problemType: 'Warning' };
      }),
    ),
  );
}

/** Runs one component behind a savepoint, so that its failure leaves nothing behind. */
function attempt(
  run: DeployRun,
  type: string,
  fullName: string,
  fileName: string,
  work: () => DeployMessage,
): DeployMessage {
  const { core } = run;
  core.db.exec('savepoint component');
  try {
    const message = work();
    core.db.exec('release component');
    return message;
  } catch (error) {
    core.db.exec('rollback to component; release component');
    core.schema.reload();
    if (error instanceof DeployError || error instanceof RowError)
      return failure(type, fullName, fileName, error.message);
    throw error;
  }
}

const success = (componentType: string, fullName: string, fileName: string): DeployMessage => ({
  fullName,
  componentType,
  fileName,
  id: undefined,
  created: false,
  changed: false,
  deleted: false,
  success: true,
});

const failure = (componentType: string, fullName: string, fileName: string, problem: string): DeployMessage => ({
  ...success(componentType, fullName, fileName),
  success: false,
  problem,
  problemType: 'Error',
});
