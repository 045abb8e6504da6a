import type { OrgCore } from '../../data/org-core.ts';
import { metadataFiles } from '../component-store.ts';
import { DeployError } from '../deploy-error.ts';
import { checkPageParts } from '../known-elements.ts';
import { allOf, isTrue, oneOf, parseXml, textOf, textsOf, type XmlElement } from '../xml-element.ts';
import { getField, getObject } from './reference-checks.ts';
import type { Check } from './stored-components.ts';

/** Page type → the target that a component must be made for to stand on such a page. */
const TARGETS: Readonly<Record<string, string>> = {
  RecordPage: 'lightning__RecordPage',
  AppPage: 'lightning__AppPage',
  HomePage: 'lightning__HomePage',
  UtilityBar: 'lightning__UtilityBar',
};

/** A Lightning page is about an object that is there, with its fields and with components made for such pages. */
export const checkFlexiPage: Check = ({ core }, { element }) => {
  const [type = '', objectName] = [textOf(element, 'type'), textOf(element, 'sobjectType')];
  const object = objectName === undefined ? undefined : getObject(core, objectName);
  if (type === 'RecordPage' && !object) throw new DeployError('Required field is missing: sobjectType');
  checkPageParts(element);
  for (const instance of withName(element, 'componentInstance')) checkComponent(core, instance, type);
  for (const item of withName(element, 'fieldItem')) {
    if (object) getField(core, object, item.text.trim().replace(/^Record\./, ''));
  }
};

/** Elements of a name anywhere in a page: in regions, and in the facets of other components. */
function withName(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.flatMap((each) => [...(each.name === name ? [each] : []), ...withName(each, name)]);
}

/** Components of other namespaces are the platform's own. */
function checkComponent(core: OrgCore, instance: XmlElement, pageType: string): void {
  const name = (textOf(instance, 'componentName') ?? '').replace(/^c:/, '');
  if (name.includes(':')) return;
  const definition = [...metadataFiles(core, 'LightningComponentBundle', name)].find(([path]) =>
    path.endsWith('.js-meta.xml'),
  );
  const element = definition && parseXml(definition[1]);
  const targets = element ? textsOf(oneOf(element, 'targets') ?? element, 'target') : [];
  const wanted = TARGETS[pageType];
  if (!element || !isTrue(element, 'isExposed') || (wanted !== undefined && !targets.includes(wanted)))
    throw new DeployError(`We couldn't retrieve the design time component information for component c:${name}.`);
  const known = propertiesOf(element, wanted);
  const given = allOf(instance, 'componentInstanceProperties').map((each) => textOf(each, 'name') ?? '');
  const stranger = given.find((each) => !known.has(each));
  if (stranger !== undefined) throw new DeployError(`Invalid property [${stranger}] in component [c:${name}]`);
}

/** What a page's builder may set of a component that is on pages of a kind. */
function propertiesOf(definition: XmlElement, target: string | undefined): ReadonlySet<string> {
  const configs = allOf(oneOf(definition, 'targetConfigs') ?? definition, 'targetConfig').filter(
    (each) => target === undefined || each.attributes?.['targets']?.split(',').some((one) => one.trim() === target),
  );
  return new Set(configs.flatMap((each) => allOf(each, 'property')).map((each) => each.attributes?.['name'] ?? ''));
}
