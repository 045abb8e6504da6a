import type { Finding } from '../finding.ts';
import type { MetadataFile } from '../package-files.ts';
import type { PackageModel } from '../package-model.ts';
import { childrenOf, textOf, type XmlNode } from '../xml-node.ts';

/** Rights that need others on the same object. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  allowCreate: ['allowRead'],
  allowEdit: ['allowRead'],
  allowDelete: ['allowRead', 'allowEdit'],
  viewAllRecords: ['allowRead'],
  modifyAllRecords: ['allowRead', 'allowEdit', 'allowDelete', 'viewAllRecords'],
};
const UNWRITABLE = new Set(['AutoNumber', 'Summary']);

/** Finds grants on things that do not exist or cannot be granted, and fields that nobody may see. */
export function checkPermissionSets(model: PackageModel): readonly Finding[] {
  const sets = model.files.filter(({ type }) => type === 'PermissionSet');
  return [...sets.flatMap((file) => checkSet(file, model)), ...checkUngranted(sets, model)];
}

function checkSet(file: MetadataFile, model: PackageModel): readonly Finding[] {
  const { catalogue } = model;
  const { path, root } = file;
  const unknown = (element: string, key: string, exists: (name: string) => boolean, what: string): Finding[] =>
    childrenOf(root, element).flatMap((node) => {
      const name = textOf(node, key) ?? '';
      if (exists(name)) return [];
      const problem = `There is no ${what} ${name}.`;
      return [{ file: path, line: node.line, rule: `unknown-${what.split(' ').at(-1)}`, problem, advice: ADD }];
    });
  return [
    ...unknown('objectPermissions', 'object', (name) => catalogue.hasObject(name), 'object'),
    ...unknown('customPermissions', 'name', (name) => catalogue.has('CustomPermission', name), 'custom permission'),
    ...unknown('userPermissions', 'name', (name) => catalogue.userPermissions.has(name), 'user permission'),
    ...unknown('applicationVisibilities', 'application', (name) => catalogue.has('CustomApplication', name), 'app'),
    ...unknown('tabSettings', 'tab', (name) => isTab(name, model), 'tab'),
    ...unknown('flowAccesses', 'flow', (name) => catalogue.has('Flow', name), 'flow'),
    ...childrenOf(root, 'objectPermissions').flatMap((node) => checkObjectRights(path, node)),
    ...childrenOf(root, 'fieldPermissions').flatMap((node) => checkFieldRights(path, node, model)),
  ];
}

const ADD = 'Add it to the package or correct its name.';

/** A tab of the package, or the standard tab of an object. */
export const isTab = (name: string, { catalogue }: PackageModel): boolean =>
  catalogue.has('CustomTab', name) ||
  name === 'standard-home' ||
  (name.startsWith('standard-') && catalogue.hasObject(name.slice('standard-'.length)));

function checkObjectRights(file: string, node: XmlNode): readonly Finding[] {
  return Object.entries(NEEDS).flatMap(([right, needed]) => {
    if (textOf(node, right) !== 'true') return [];
    const lacking = needed.filter((each) => textOf(node, each) !== 'true');
    if (lacking.length === 0) return [];
    const problem = `${right} on ${textOf(node, 'object')} needs ${lacking.join(', ')}.`;
    return [{ file, line: node.line, rule: 'bad-grant', problem, advice: 'Grant these too, or take it away.' }];
  });
}

function checkFieldRights(file: string, node: XmlNode, { catalogue }: PackageModel): readonly Finding[] {
  const path = textOf(node, 'field') ?? '';
  const [object = '', field = ''] = path.split('.');
  const custom = catalogue.customFields.get(path);
  const isCompound = field === 'Address' && catalogue.hasField(object, 'Street');
  if (!isCompound && !catalogue.hasField(object, field)) {
    return [{ file, line: node.line, rule: 'unknown-field', problem: `There is no field ${path}.`, advice: ADD }];
  }
  if (custom?.required || custom?.type === 'MasterDetail') {
    const problem = `${path} is required; an org refuses permissions on it.`;
    return [{ file, line: node.line, rule: 'bad-grant', problem, advice: 'Remove the entry; everybody may see it.' }];
  }
  if (custom && UNWRITABLE.has(custom.type) && textOf(node, 'editable') === 'true') {
    const problem = `${path} is filled by the org and cannot be editable.`;
    return [{ file, line: node.line, rule: 'bad-grant', problem, advice: 'Set editable to false.' }];
  }
  return [];
}

/** A deployed field that no permission set shows is invisible even to administrators. */
function checkUngranted(sets: readonly MetadataFile[], { catalogue }: PackageModel): readonly Finding[] {
  const granted = new Set(
    sets.flatMap(({ root }) => childrenOf(root, 'fieldPermissions').map((node) => textOf(node, 'field'))),
  );
  return [...catalogue.customFields]
    .filter(([path, { required, type }]) => !required && type !== 'MasterDetail' && !granted.has(path))
    .map(([path, { file }]) => ({
      file: file.path,
      line: 1,
      rule: 'invisible-field',
      problem: `No permission set shows ${path}.`,
      advice: 'Add a fieldPermissions entry to each set whose users need it.',
    }));
}
