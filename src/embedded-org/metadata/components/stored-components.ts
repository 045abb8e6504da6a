import { saveComponent } from '../component-store.ts';
import { DeployError } from '../deploy-error.ts';
import type { Apply, Component, DeployRun } from '../deploy-run.ts';
import { checkElements } from '../known-elements.ts';
import { allOf, isTrue, oneOf, textOf, textsOf } from '../xml-element.ts';
import { getField, getObject, requireComponent } from './reference-checks.ts';

export type Check = (run: DeployRun, component: Component) => void;

/** A type that the org keeps as files and shows in its pages, once what it refers to is there. */
export const stored =
  (type: string, keyPrefix: string, check: Check = () => {}): Apply =>
  (run, component) => {
    checkElements(type, component.element);
    check(run, component);
    return saveComponent(run, type, component.fullName, keyPrefix, component.files);
  };

export const checkLayout: Check = (run, { element, fullName }) => {
  const object = getObject(run.core, fullName.split('-')[0] ?? '');
  for (const section of allOf(element, 'layoutSections')) {
    for (const item of allOf(section, 'layoutColumns').flatMap((column) => allOf(column, 'layoutItems'))) {
      const field = textOf(item, 'field');
      if (field !== undefined) getField(run.core, object, field);
    }
  }
};

export const checkTab: Check = (run, { element, fullName }) => {
  if (isTrue(element, 'customObject')) getObject(run.core, fullName);
  const [page, bundle] = [textOf(element, 'flexiPage'), textOf(element, 'lwcComponent')];
  if (page !== undefined) requireComponent(run.core, 'FlexiPage', page, 'flexiPage');
  if (bundle !== undefined) requireComponent(run.core, 'LightningComponentBundle', bundle, 'lwcComponent');
};

export const checkApplication: Check = (run, { element }) => {
  for (const tab of allOf(element, 'tabs')) requireComponent(run.core, 'CustomTab', tab.text.trim(), 'tab');
  const utilityBar = textOf(element, 'utilityBar');
  if (utilityBar !== undefined) requireComponent(run.core, 'FlexiPage', utilityBar, 'utilityBar');
  for (const override of allOf(element, 'actionOverrides')) {
    const [content, target] = [textOf(override, 'content'), textOf(override, 'pageOrSobjectType')];
    if (target !== undefined && target !== 'standard-home') getObject(run.core, target);
    if (textOf(override, 'type') === 'Flexipage') requireComponent(run.core, 'FlexiPage', content ?? '', 'content');
  }
};

export const checkListView: Check = (run, { element, fullName }) => {
  const object = getObject(run.core, fullName.split('.')[0] ?? '');
  const filters = allOf(element, 'filters').map((each) => textOf(each, 'field') ?? '');
  for (const column of [...textsOf(element, 'columns'), ...filters]) {
    if (!column.endsWith('__c') || run.core.schema.field(object, column)) continue;
    throw new DeployError(`Could not resolve list view column: ${column}`);
  }
};

export const checkQuickAction: Check = (run, { element }) => {
  const [target, bundle] = [textOf(element, 'targetObject'), textOf(element, 'lightningWebComponent')];
  if (target !== undefined) getObject(run.core, target);
  if (bundle !== undefined) requireComponent(run.core, 'LightningComponentBundle', bundle, 'lightningWebComponent');
};

/** Only flows with screens: the org runs no triggers, and says so instead of keeping a flow that never starts. */
export const checkFlow: Check = (_run, { element }) => {
  const processType = textOf(element, 'processType');
  const start = oneOf(element, 'start');
  if (processType === 'Flow' && (!start || textOf(start, 'triggerType') === undefined)) return;
  throw new DeployError(
    `The embedded org runs screen flows only, not flows of type ${processType ?? 'none'} or with a trigger`,
  );
};

export const checkBundle: Check = (_run, { files, fullName }) => {
  const has = (suffix: string): boolean => [...files.keys()].some((path) => path.endsWith(`/${fullName}${suffix}`));
  if (!/^[a-z][A-Za-z0-9_]*$/.test(fullName))
    throw new DeployError(`${fullName} is not a valid name for a Lightning component bundle`);
  const stranger = [...files.keys()].find((path) => !path.startsWith(`lwc/${fullName}/`) || path.includes('..'));
  if (stranger !== undefined) throw new DeployError(`${stranger} is not a path inside the bundle lwc/${fullName}`);
  if (!has('.js') && !has('.css') && !has('.html'))
    throw new DeployError(`Cannot find Lightning Component Bundle ${fullName}`);
};

const LARGEST_RESOURCE = 5 * 1024 * 1024;

export const checkStaticResource: Check = (_run, { element, files, fullName }) => {
  if (textOf(element, 'contentType') === undefined) throw new DeployError('Required field is missing: contentType');
  const content = [...files].find(([path]) => !path.endsWith('-meta.xml'))?.[1];
  if (!content) throw new DeployError(`The content of static resource ${fullName} is missing`);
  if (content.byteLength > LARGEST_RESOURCE) throw new DeployError('Static resource cannot exceed 5 MB in size.');
};
