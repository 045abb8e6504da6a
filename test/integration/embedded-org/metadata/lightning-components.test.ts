import { beforeEach, describe, expect, it } from 'vitest';
import { openTestOrg, packageXml, xml, type TestOrg } from '../../../support/test-org.ts';

let test: TestOrg;
beforeEach(() => {
  test = openTestOrg();
  return () => test.org.close();
});

const META = xml('LightningComponentBundle', '<apiVersion>62.0</apiVersion><isExposed>false</isExposed>');

/** A deployment of components: bundle name → file ending → source; `import`s alone stand for a script. */
function bundles(sources: Readonly<Record<string, Readonly<Record<string, string>>>>): Record<string, string> {
  const files = Object.entries(sources).flatMap(([name, own]) => [
    ...Object.entries(own).map(([ending, source]) => [`lwc/${name}/${name}${ending}`, source] as const),
    [`lwc/${name}/${name}.js-meta.xml`, META] as const,
  ]);
  const types = { LightningComponentBundle: Object.keys(sources) };
  return { 'package.xml': packageXml(types), ...Object.fromEntries(files) };
}

const script = (head = ''): string =>
  `${head}\nimport { LightningElement } from 'lwc';\nexport default class Tile extends LightningElement {}\n`;

const problemsOf = async (files: Record<string, string>) =>
  (await test.deploy(files)).messages.flatMap(({ fullName, problem, lineNumber, fileName }) =>
    problem === undefined ? [] : [{ fullName, problem, lineNumber, fileName }],
  );

describe('a deployment of Lightning web components', () => {
  it('is not held up by a text that looks like imports without an end', async () => {
    const lines = `const text = \`${'\nexport'.repeat(60_000)}\`;\nconsole.log(text);`;
    expect(await problemsOf(bundles({ tile: { '.js': `${script()}${lines}` } }))).toEqual([]);
  });

  it.each([
    ['.js', 'export default class {', 'LWC1007: tile.js: Unexpected token (1:22)'],
    ['.html', '<template>\n<div lwc:if={a></template>', expect.stringMatching(/^LWC1058: Invalid HTML syntax/)],
    ['.css', '.a { color: red', 'LWC1009: tile.css:1:1: Unclosed block'],
  ])('refuses a %s file that does not compile, in the compiler’s words', async (ending, source, problem) => {
    const found = await problemsOf(bundles({ tile: { '.js': script(), [ending]: source } }));
    expect(found).toEqual([
      { fullName: 'tile', problem, lineNumber: expect.any(Number), fileName: `lwc/tile/tile${ending}` },
    ]);
    expect(test.org.metadataNames('LightningComponentBundle')).toEqual([]);
  });

  it.each([
    [
      "import F from '@salesforce/schema/Lead.Nope__c';",
      'Invalid reference Lead.Nope__c of type sobjectField in file tile.js',
    ],
    ["import O from '@salesforce/schema/Nope__c';", 'Invalid reference Nope__c of type sobjectClass in file tile.js'],
    ["import R from '@salesforce/resourceUrl/nope';", 'Invalid reference nope of type resourceUrl in file tile.js'],
    [
      "import P from '@salesforce/customPermission/Nope';",
      'Invalid reference Nope of type customPermission in file tile.js',
    ],
    ["import a from '@salesforce/apex/Leads.find';", 'Invalid reference Leads.find of type apex in file tile.js'],
    ["import { x } from 'c/nope';", 'No MODULE named markup://c:nope found : [markup://c:tile]'],
  ])('refuses a component that asks the org for what it has not: %s', async (head, problem) => {
    expect(await problemsOf(bundles({ tile: { '.js': script(head) } }))).toMatchObject([{ fullName: 'tile', problem }]);
  });

  it('takes a component that asks for what is there, or comes in the same deployment', async () => {
    const head = "import N from '@salesforce/schema/Lead.Owner.Name'; import { x } from 'c/words';";
    const files = bundles({
      tile: { '.js': script(head), '.html': '<template><c-inner-tile></c-inner-tile></template>' },
      innerTile: { '.js': script() },
      words: { '.js': 'export const x = 1;' },
    });
    expect(await problemsOf(files)).toEqual([]);
    const alone = bundles({ other: { '.js': script("import { x } from 'c/words';") } });
    expect(await problemsOf(alone)).toEqual([]);
  });
});
