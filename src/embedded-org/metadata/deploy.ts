import type { OrgCore } from '../data/org-core.ts';
import type { DeployMessage, DeployOptions, DeployOutcome, UserContext } from '../data/types.ts';
import { LATEST_VERSION } from '../data/values.ts';
import { checkBundles, type CheckedBundle } from './check-bundles.ts';
import { checkImports } from './check-imports.ts';
import { COMPONENT_TYPES, UNSUPPORTED_TYPES } from './component-types.ts';
import type { DeployRun } from './deploy-run.ts';
import { attempt, inOneTransaction } from './deploy-transaction.ts';
import { findComponents, type Found } from './find-components.ts';
import { names, readManifest, type Manifest } from './read-manifest.ts';
import { readZip } from './read-zip.ts';
import { requireMetadataRights } from './require-metadata-rights.ts';
import { removeComponent } from './remove-component.ts';
import { textOf } from './xml-element.ts';

const OLDEST_METADATA = 31;

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
  requireMetadataRights(user);
  const files = await readZip(zip);
  const bundles = await checkBundles(files);
  const work = (): readonly DeployMessage[] => deployFiles({ core, user }, files, bundles);
  return inOneTransaction({ core, user }, options, work, options.beforeCommit);
}

function deployFiles(
  run: DeployRun,
  files: Files,
  bundles: ReadonlyMap<string, CheckedBundle>,
): readonly DeployMessage[] {
  const manifest = manifestOf(files, 'package.xml');
  if (typeof manifest === 'string') return [failure('', 'package.xml', 'package.xml', manifest)];
  const wrong = wrongVersion(manifest);
  if (wrong !== undefined) return [failure('', 'package.xml', 'package.xml', wrong)];
  const found = findComponents(files);
  return [
    ...removeAll(run, files, 'destructiveChangesPre.xml'),
    ...removeAll(run, files, 'destructiveChanges.xml'),
    ...checkManifest(manifest, found, files),
    ...deployAll(
      run,
      found.filter((each) => isNamed(manifest, each)),
      bundles,
    ),
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

/** Metadata may be of older versions than those that the APIs serve, but of none that is yet to come. */
function wrongVersion({ version }: Manifest): string | undefined {
  if (version === undefined) return 'No version specified';
  const major = /^(\d{2})\.0$/.exec(version)?.[1];
  const isKnown = major !== undefined && Number(major) >= OLDEST_METADATA && Number(major) <= LATEST_VERSION;
  return isKnown ? undefined : `Invalid version specified:${version}`;
}

/** Types that are not there, and members that have no file. */
function checkManifest(manifest: Manifest, found: readonly Found[], files: Files): readonly DeployMessage[] {
  return [...manifest.types].flatMap(([type, members]) => {
    if (UNSUPPORTED_TYPES.has(type)) {
      const named = [...members].filter((name) => name !== '*' || hasFilesOf(type, files));
      return named.map((name) => failure(type, name, 'package.xml', `The embedded org does not support ${type}`));
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

/** Where the files of types are that an org has and this one has not. */
const FOLDERS: Readonly<Record<string, string>> = {
  ApexClass: 'classes', ApexComponent: 'components', ApexPage: 'pages', ApexTrigger: 'triggers', AuraDefinitionBundle: 'aura',
  CustomLabels: 'labels', CustomMetadata: 'customMetadata', Dashboard: 'dashboards', EmailTemplate: 'email', Group: 'groups',
  PermissionSetGroup: 'permissionsetgroups', Profile: 'profiles', Queue: 'queues', Report: 'reports', Role: 'roles',
  Settings: 'settings', SharingRules: 'sharingRules', Workflow: 'workflows',
}; // prettier-ignore

/** A wildcard of a type without files asks for nothing; of a type whose folder is not known here, any stranger counts. */
function hasFilesOf(type: string, files: Files): boolean {
  const known = new Set([...COMPONENT_TYPES.map((each) => each.folder), ...Object.values(FOLDERS)]);
  const isOf = (folder: string): boolean =>
    FOLDERS[type] === undefined ? !known.has(folder) : FOLDERS[type] === folder;
  return [...files.keys()].some((path) => path.includes('/') && isOf(path.split('/')[0] ?? ''));
}

const DEFINITIONS: ReadonlySet<string> = new Set(['CustomObject', 'CustomField']);

/** Objects and fields come first, as everything else may need them. */
function deployAll(
  run: DeployRun,
  found: readonly Found[],
  bundles: ReadonlyMap<string, CheckedBundle>,
): readonly DeployMessage[] {
  const deploy = (each: Found): DeployMessage => deployOne(run, each, bundles);
  const isDefinition = (each: Found): boolean => DEFINITIONS.has(each.type.name);
  const definitions = run.core.schema.defineTogether(() => deployDefinitions(found.filter(isDefinition), deploy));
  return [...definitions, ...found.filter((each) => !isDefinition(each)).map(deploy)];
}

/** Formula fields follow the others, and each other until none gets any further, as they may use fields of any file. */
function deployDefinitions(found: readonly Found[], deploy: (each: Found) => DeployMessage): readonly DeployMessage[] {
  const messages = found.filter((each) => !isFormula(each)).map(deploy);
  let waiting = found.filter(isFormula);
  for (;;) {
    const tried = waiting.map((each) => ({ each, message: deploy(each) }));
    const failed = tried.filter(({ message }) => !message.success);
    messages.push(...tried.filter(({ message }) => message.success).map(({ message }) => message));
    if (failed.length === waiting.length) return [...messages, ...failed.map(({ message }) => message)];
    waiting = failed.map(({ each }) => each);
  }
}

const isFormula = (each: Found): boolean =>
  'component' in each && each.type.name === 'CustomField' && textOf(each.component.element, 'formula') !== undefined;

function deployOne(run: DeployRun, each: Found, bundles: ReadonlyMap<string, CheckedBundle>): DeployMessage {
  if ('problem' in each) return failure(each.type.name, each.fullName, each.fileName, each.problem);
  const { component, type } = each;
  const bundle = type.name === 'LightningComponentBundle' ? bundles.get(component.fullName) : undefined;
  const verdict = bundle?.verdict;
  if (verdict?.problemType === 'Error') {
    return { ...failure(type.name, component.fullName, verdict.fileName, verdict.problem), ...verdict.place };
  }
  return refusable(run, type.name, component.fullName, component.fileName, () => {
    if (bundle) checkImports(run.core, component.fullName, bundle.imports, bundles);
    const { id, created, changed } = type.apply(run, component);
    const message = { ...success(type.name, component.fullName, component.fileName), id, created, changed };
    return verdict ? { ...message, problem: verdict.problem, problemType: verdict.problemType } : message;
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
      refusable(run, type, fullName, path, () => {
        const id = removeComponent(run, type, fullName);
        const base = success(type, fullName, path);
        if (id !== undefined) return { ...base, id, deleted: true };
        return { ...base, problem: `No ${type} named: ${fullName} found`, problemType: 'Warning' };
      }),
    ),
  );
}

/** Reports a component's refusal as the failure of that component. */
const refusable = (
  run: DeployRun,
  type: string,
  fullName: string,
  fileName: string,
  work: () => DeployMessage,
): DeployMessage => attempt(run, work, (why) => failure(type, fullName, fileName, why.message));

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
