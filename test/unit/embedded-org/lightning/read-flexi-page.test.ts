import { describe, expect, it } from 'vitest';
import { readFlexiPage } from '../../../../src/embedded-org/lightning/metadata/read-flexi-page.ts';

const component = (name: string, properties: Readonly<Record<string, string>> = {}): string => `
  <itemInstances><componentInstance>
    ${Object.entries(properties)
      .map(
        ([key, value]) =>
          `<componentInstanceProperties><name>${key}</name><value>${value}</value></componentInstanceProperties>`,
      )
      .join('')}
    <componentName>${name}</componentName><identifier>${name}</identifier>
  </componentInstance></itemInstances>`;

const region = (name: string, type: string, content: string): string =>
  `<flexiPageRegions>${content}<name>${name}</name><type>${type}</type></flexiPageRegions>`;

const read = (regions: string) => {
  const file = new TextEncoder().encode(`<?xml version="1.0"?><FlexiPage>${regions}</FlexiPage>`);
  return readFlexiPage({ metadataFiles: () => new Map([['flexipages/P.flexipage', file]]) }, 'P');
};

describe('readFlexiPage', () => {
  it('puts facets where components name them', () => {
    const regions = read(
      region('body', 'Facet', component('accordLeadCard', { compact: 'true' })) +
        region('tabs', 'Facet', component('flexipage:tab', { title: 'Details', body: 'body' })) +
        region('main', 'Region', component('flexipage:tabset', { tabs: 'tabs' })),
    );
    const card = { name: 'accordLeadCard', properties: { compact: 'true' }, children: [] };
    const tab = { name: 'flexipage:tab', properties: { title: 'Details' }, children: [card] };
    expect(regions).toEqual([{ name: 'main', items: [{ name: 'flexipage:tabset', properties: {}, children: [tab] }] }]);
  });

  it('ends on facets that name one another', () => {
    const loop =
      region('a', 'Facet', component('x', { body: 'b' })) + region('b', 'Facet', component('y', { body: 'a' }));
    const [main] = read(loop + region('main', 'Region', component('z', { body: 'a' }))) ?? [];
    expect(JSON.stringify(main)).toContain('"name":"y"');
  });

  it('knows no page that was not deployed', () => {
    expect(readFlexiPage({ metadataFiles: () => new Map() }, 'P')).toBeUndefined();
  });
});
