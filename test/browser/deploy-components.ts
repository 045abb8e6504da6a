import JSZip from 'jszip';
import type { Org } from '../../src/embedded-org/data/org-core.ts';

const NS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

export type ComponentFiles = Readonly<Record<string, string>>;

/**
 * Deploys Lightning web components with an app `Probe` whose Lead page shows them in their order, and a permission set
 * `Probe` that makes the app visible.
 */
export async function deployComponents(org: Org, components: Readonly<Record<string, ComponentFiles>>): Promise<void> {
  const zip = new JSZip();
  const names = Object.keys(components);
  for (const [name, files] of Object.entries(components)) {
    for (const [ending, text] of Object.entries(files)) zip.file(`lwc/${name}/${name}.${ending}`, text);
    zip.file(`lwc/${name}/${name}.js-meta.xml`, META);
  }
  zip.file('flexipages/Probe.flexipage', flexiPage(names));
  zip.file('applications/Probe.app', APPLICATION);
  zip.file('permissionsets/Probe.permissionset', PERMISSION_SET);
  zip.file(
    'package.xml',
    manifest({
      LightningComponentBundle: names,
      FlexiPage: ['Probe'],
      CustomApplication: ['Probe'],
      PermissionSet: ['Probe'],
    }),
  );
  const bytes = await zip.generateAsync({ type: 'uint8array' });
  const outcome = await org.deploy(org.system(), bytes, {
    checkOnly: false,
    rollbackOnError: true,
    singlePackage: true,
  });
  if (!outcome.success) throw new Error(JSON.stringify(outcome.messages.filter((message) => !message.success)));
}

const META = `<LightningComponentBundle ${NS}><apiVersion>66.0</apiVersion><isExposed>true</isExposed>
  <targets><target>lightning__RecordPage</target></targets></LightningComponentBundle>`;

const APPLICATION = `<CustomApplication ${NS}><actionOverrides><actionName>View</actionName><content>Probe</content>
  <formFactor>Large</formFactor><skipRecordTypeSelect>false</skipRecordTypeSelect><type>Flexipage</type>
  <pageOrSobjectType>Lead</pageOrSobjectType></actionOverrides><formFactors>Large</formFactors><label>Probe</label>
  <navType>Standard</navType><tabs>standard-Lead</tabs><uiType>Lightning</uiType></CustomApplication>`;

const PERMISSION_SET = `<PermissionSet ${NS}><applicationVisibilities><application>Probe</application><visible>true</visible>
  </applicationVisibilities><label>Probe</label></PermissionSet>`;

const instance = (name: string): string =>
  `<itemInstances><componentInstance><componentName>${name}</componentName><identifier>${name}</identifier></componentInstance></itemInstances>`;

const flexiPage = (names: readonly string[]): string => `<FlexiPage ${NS}>
  <flexiPageRegions>${instance('force:detailPanel')}${names.map(instance).join('')}<name>main</name><type>Region</type></flexiPageRegions>
  <masterLabel>Probe</masterLabel><sobjectType>Lead</sobjectType>
  <template><name>flexipage:recordHomeTemplateDesktop</name></template><type>RecordPage</type></FlexiPage>`;

const manifest = (types: Readonly<Record<string, readonly string[]>>): string => {
  const lists = Object.entries(types).map(
    ([type, names]) =>
      `<types>${names.map((name) => `<members>${name}</members>`).join('')}<name>${type}</name></types>`,
  );
  return `<Package ${NS}>${lists.join('')}<version>68.0</version></Package>`;
};
