import { beforeEach, describe, expect, it } from 'vitest';
import type { DeployOutcome } from '../../../../src/embedded-org/data/types.ts';
import { openTestOrg, packageXml, xml, type TestOrg } from '../../../support/test-org.ts';

let test: TestOrg;
beforeEach(() => {
  test = openTestOrg();
  return () => test.org.close();
});

const problems = (outcome: DeployOutcome) =>
  outcome.messages
    .filter((each) => !each.success)
    .map((each) => `${each.componentType} ${each.fullName}: ${each.problem}`);

describe('a deployed Lightning page', () => {
  it('is refused with a component that is not there or not made for it, or a field that is not there', async () => {
    const page = (content: string) => ({
      'flexipages/P.flexipage': xml(
        'FlexiPage',
        `<masterLabel>P</masterLabel><sobjectType>Lead</sobjectType><type>RecordPage</type><flexiPageRegions>
         <itemInstances>${content}</itemInstances><name>main</name><type>Region</type></flexiPageRegions>`,
      ),
    });
    const card = (target: string) => ({
      'lwc/gameCard/gameCard.js': 'export default 1;',
      'lwc/gameCard/gameCard.js-meta.xml': xml(
        'LightningComponentBundle',
        `<isExposed>true</isExposed><targets><target>${target}</target></targets>`,
      ),
    });
    const manifest = { 'package.xml': packageXml({ LightningComponentBundle: ['*'], FlexiPage: ['*'] }) };
    const instance = '<componentInstance><componentName>c:gameCard</componentName></componentInstance>';
    const missing = "FlexiPage P: We couldn't retrieve the design time component information for component c:gameCard.";
    const deploy = async (files: Record<string, string>) => problems(await test.deploy({ ...manifest, ...files }));
    expect(await deploy(page(instance))).toEqual([missing]);
    expect(await deploy({ ...page(instance), ...card('lightning__AppPage') })).toEqual([missing]);
    expect(await deploy({ ...page(instance), ...card('lightning__RecordPage') })).toEqual([]);
    expect(await deploy(page('<fieldInstance><fieldItem>Record.Nope__c</fieldItem></fieldInstance>'))).toEqual([
      'FlexiPage P: In field: field - no CustomField named Lead.Nope__c found',
    ]);
    const invalid = (name: string, type: string) =>
      `FlexiPage P: Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}${name} invalid at this location in type ${type}`;
    expect(await deploy(page('<componentInstances/>'))).toEqual([invalid('componentInstances', 'ItemInstance')]);
    expect(await deploy(page(instance.replace('</componentInstance>', '<colour/></componentInstance>')))).toEqual([
      invalid('colour', 'ComponentInstance'),
    ]);
  });

  it('is refused when it sets a property that its component does not have on such pages', async () => {
    const files = (property: string) => ({
      'package.xml': packageXml({ LightningComponentBundle: ['*'], FlexiPage: ['*'] }),
      'lwc/gameCard/gameCard.js': 'export default 1;',
      'lwc/gameCard/gameCard.js-meta.xml': xml(
        'LightningComponentBundle',
        `<isExposed>true</isExposed><targets><target>lightning__AppPage</target><target>lightning__HomePage</target></targets>
         <targetConfigs><targetConfig targets="lightning__HomePage"><property name="score" type="Integer"/></targetConfig>
         <targetConfig targets="lightning__AppPage, lightning__HomePage"><property name="title" type="String"/></targetConfig></targetConfigs>`,
      ),
      'flexipages/P.flexipage': xml(
        'FlexiPage',
        `<masterLabel>P</masterLabel><type>AppPage</type><flexiPageRegions><itemInstances><componentInstance>
         <componentInstanceProperties><name>${property}</name><value>1</value></componentInstanceProperties>
         <componentName>c:gameCard</componentName></componentInstance></itemInstances><name>main</name><type>Region</type></flexiPageRegions>`,
      ),
    });
    expect(problems(await test.deploy(files('title')))).toEqual([]);
    for (const name of ['score', 'Title'])
      expect(problems(await test.deploy(files(name)))).toEqual([
        `FlexiPage P: Invalid property [${name}] in component [c:gameCard]`,
      ]);
  });
});
