import { missingStep } from '../catalogue.ts';
import type { Finding } from '../finding.ts';
import type { MetadataFile } from '../package-files.ts';
import type { PackageModel } from '../package-model.ts';
import { childOf, childrenOf, descendantsOf, textOf, type XmlNode } from '../xml-node.ts';
import { isTab } from './permission-sets.ts';

/** Columns that list views call by their own names. */
const LIST_COLUMNS = new Set(
  'NAME FULL_NAME LEAD.COMPANY LEAD.STATUS CORE.USERS.ALIAS CREATEDBY_USER CREATEDBY_USER.ALIAS CREATED_DATE UPDATEDBY_USER UPDATEDBY_USER.ALIAS LAST_UPDATE LAST_ACTIVITY OWNER.ALIAS OWNER.FIRST_NAME OWNER.LAST_NAME RECORDTYPE'.split(
    ' ',
  ),
);
const ADD = 'Add it to the package or correct its name.';

/** Finds parts of the app, its pages, layouts and list views that name things that do not exist. */
export function checkApp(model: PackageModel): readonly Finding[] {
  return model.files.flatMap((file) => CHECKS[file.type]?.(file, model) ?? []);
}

type Check = (file: MetadataFile, model: PackageModel) => readonly Finding[];

const unknown = (file: MetadataFile, { line }: XmlNode, what: string, name: string): Finding => ({
  file: file.path,
  line,
  rule: `unknown-${what}`,
  problem: `There is no ${what} ${name}.`,
  advice: ADD,
});

const checkApplication: Check = (file, model) => [
  ...childrenOf(file.root, 'tabs')
    .filter(({ text }) => !isTab(text, model))
    .map((node) => unknown(file, node, 'tab', node.text)),
  ...childrenOf(file.root, 'actionOverrides')
    .filter((node) => textOf(node, 'type') === 'Flexipage')
    .filter((node) => !model.catalogue.has('FlexiPage', textOf(node, 'content') ?? ''))
    .map((node) => unknown(file, node, 'page', textOf(node, 'content') ?? '')),
];

const checkTab: Check = (file, { catalogue }) =>
  textOf(file.root, 'customObject') === 'true' && !catalogue.hasObject(file.fullName)
    ? [unknown(file, file.root, 'object', file.fullName)]
    : [];

const checkFlexiPage: Check = (file, model) => {
  const { root, path } = file;
  const object = childOf(root, 'sobjectType');
  const seen = new Set<string>();
  const instances = [...descendantsOf(root, 'componentInstance'), ...descendantsOf(root, 'fieldInstance')];
  return [
    ...(object && !model.catalogue.hasObject(object.text) ? [unknown(file, object, 'object', object.text)] : []),
    ...instances.flatMap((node): Finding[] => {
      const identifier = textOf(node, 'identifier') ?? '';
      if (identifier && !seen.has(identifier)) {
        seen.add(identifier);
        return [];
      }
      const problem = identifier ? `The identifier ${identifier} is used twice.` : 'A component has no identifier.';
      return [{ file: path, line: node.line, rule: 'bad-page', problem, advice: 'Give each its own identifier.' }];
    }),
    ...instances.flatMap((node) => checkInstance(file, node, object?.text ?? '', model)),
  ];
};

function checkInstance(file: MetadataFile, node: XmlNode, object: string, { catalogue }: PackageModel): Finding[] {
  const component = textOf(node, 'componentName');
  const own = component?.replace(/^c:/, '') ?? '';
  if (component && !own.includes(':') && !catalogue.has('LightningComponentBundle', own)) {
    return [unknown(file, node, 'component', component)];
  }
  const field = textOf(node, 'fieldItem')?.replace(/^Record\./, '');
  const step = field && missingStep(catalogue, object, field);
  return step ? [unknown(file, node, 'field', step)] : [];
}

const checkLayout: Check = (file, { catalogue }) => {
  const object = file.fullName.split('-')[0] ?? '';
  const named = [...descendantsOf(file.root, 'layoutItems')].flatMap((item) => childrenOf(item, 'field'));
  return [
    ...named
      .filter(({ text }) => !catalogue.hasField(object, text))
      .map((node) => unknown(file, node, 'field', `${object}.${node.text}`)),
    ...childrenOf(file.root, 'relatedLists').flatMap((list) => {
      const name = textOf(list, 'relatedList') ?? '';
      if (!name.includes('__c.')) return [];
      const child = name.split('.')[0] ?? '';
      if (!catalogue.customFields.has(name)) return [unknown(file, list, 'field', name)];
      return childrenOf(list, 'fields')
        .filter(({ text }) => !LIST_COLUMNS.has(text) && !catalogue.hasField(child, text))
        .map((node) => unknown(file, node, 'field', `${child}.${node.text}`));
    }),
  ];
};

const checkListView: Check = (file, { catalogue }) => {
  const { root, object = '' } = file;
  const named = [
    ...childrenOf(root, 'columns'),
    ...childrenOf(root, 'filters').flatMap((filter) => childrenOf(filter, 'field')),
  ];
  return named
    .filter(({ text }) => !LIST_COLUMNS.has(text) && !catalogue.hasField(object, text))
    .map((node) => unknown(file, node, 'field', `${object}.${node.text}`));
};

const CHECKS: Readonly<Record<string, Check>> = {
  CustomApplication: checkApplication,
  CustomTab: checkTab,
  FlexiPage: checkFlexiPage,
  Layout: checkLayout,
  ListView: checkListView,
};
