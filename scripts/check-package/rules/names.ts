import type { Finding } from '../finding.ts';
import type { MetadataFile } from '../package-files.ts';
import type { PackageModel } from '../package-model.ts';
import { childOf, descendantsOf } from '../xml-node.ts';

/** Longest texts that an org accepts, by type and element. */
const LONGEST: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  CustomObject: { label: 40, pluralLabel: 40, description: 1000 },
  CustomField: { label: 40, description: 1000, inlineHelpText: 510, relationshipLabel: 80, relationshipName: 40 },
  ValidationRule: { description: 255, errorMessage: 255, errorConditionFormula: 3900 },
  PermissionSet: { label: 80, description: 255 },
  CustomPermission: { label: 80, description: 255 },
  CustomApplication: { label: 40, description: 255 },
  FlexiPage: { masterLabel: 80, description: 255 },
  CustomTab: { description: 255 },
  ListView: { label: 40 },
  LightningComponentBundle: { masterLabel: 80 },
};
const LONGEST_API_NAME = 40;

/** Finds names and texts that are too long, names that no org accepts, and files whose name is not their content's. */
export function checkNames({ files }: PackageModel): readonly Finding[] {
  return files.flatMap((file) => [...checkTexts(file), ...checkApiName(file)]);
}

function checkTexts({ path, type, root }: MetadataFile): readonly Finding[] {
  return Object.entries(LONGEST[type] ?? {}).flatMap(([name, longest]) => {
    const node = childOf(root, name);
    if (!node || node.text.length <= longest) return [];
    const problem = `<${name}> has ${node.text.length} characters.`;
    return [{ file: path, line: node.line, rule: 'too-long', problem, advice: `Use at most ${longest}.` }];
  });
}

function checkApiName({ path, type, fullName, root }: MetadataFile): readonly Finding[] {
  if (type === 'Layout') return [];
  const name = (fullName.split('.').at(-1) ?? '').replace(/__c$/, '');
  const found: Finding[] = [];
  const add = (rule: string, problem: string, advice: string, line = 1): number =>
    found.push({ file: path, line, rule, problem, advice });
  if (name.length > LONGEST_API_NAME) {
    add('too-long', `The API name ${name} has ${name.length} characters.`, `Use at most ${LONGEST_API_NAME}.`);
  }
  if (!/^[A-Za-z](?!.*__)\w*(?<!_)$/.test(name)) {
    add('bad-name', `${name} is no API name.`, 'Use letters, digits and single underscores; begin with a letter.');
  }
  const inside = childOf(root, 'fullName');
  const expected = fullName.split('.').at(-1);
  if (inside && inside.text !== expected) {
    add(
      'bad-name',
      `The file is called ${expected} and its <fullName> is ${inside.text}.`,
      'Make them equal.',
      inside.line,
    );
  }
  for (const value of descendantsOf(root, 'value').filter(({ children }) => children.length > 0)) {
    const label = childOf(value, 'label');
    if (label && label.text.length > LONGEST_API_NAME) {
      add('too-long', `The picklist label "${label.text}" is too long.`, 'Use at most 40 characters.', label.line);
    }
  }
  return found;
}
