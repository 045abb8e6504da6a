import type { Org } from '../../data/org-core.ts';
import type { PageComponent, PageRegion } from '../shell-context.ts';
import { allOf, parseXml, textOf, textsOf, type XmlElement } from '../../metadata/xml-element.ts';

/** The regions of a deployed Lightning page, facets put in where components name them; undefined when not deployed. */
export function readFlexiPage(org: Pick<Org, 'metadataFiles'>, name: string): readonly PageRegion[] | undefined {
  const [file] = org.metadataFiles('FlexiPage', name).values();
  if (!file) return undefined;
  const all = allOf(parseXml(file), 'flexiPageRegions');
  const facets = new Map(all.map((region) => [textOf(region, 'name') ?? '', region]));
  return all
    .filter((region) => textOf(region, 'type') === 'Region')
    .map((region) => ({ name: textOf(region, 'name') ?? '', items: componentsOf(region, facets) }));
}

function componentsOf(region: XmlElement, facets: ReadonlyMap<string, XmlElement>): readonly PageComponent[] {
  return allOf(region, 'itemInstances')
    .flatMap((item) => allOf(item, 'componentInstance'))
    .map((component) => toComponent(component, facets));
}

function toComponent(component: XmlElement, facets: ReadonlyMap<string, XmlElement>): PageComponent {
  const properties = allOf(component, 'componentInstanceProperties').map(
    (property) => [textOf(property, 'name') ?? '', textOf(property, 'value') ?? ''] as const,
  );
  // A facet's name is the value of a property: `tabs` of a tab set, `body` of a tab.
  const inside = properties.map(([, value]) => facets.get(value)).filter((facet) => facet !== undefined);
  const remaining = new Map([...facets].filter(([, facet]) => !inside.includes(facet)));
  return {
    name: textsOf(component, 'componentName')[0] ?? '',
    properties: Object.fromEntries(properties.filter(([, value]) => !facets.has(value))),
    children: inside.flatMap((facet) => componentsOf(facet, remaining)),
  };
}
