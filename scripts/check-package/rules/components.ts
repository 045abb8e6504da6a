import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { missingStep } from '../catalogue.ts';
import type { Finding } from '../finding.ts';
import type { MetadataFile, TextFile } from '../package-files.ts';
import type { PackageModel } from '../package-model.ts';
import { childOf, descendantsOf, lineAt } from '../xml-node.ts';

/** Versions that the compiler in use knows; a higher number compiles as the highest. */
const VERSIONS = { lowest: 58, highest: 66 };
const LONGEST_SCRIPT = 128 * 1024;
const LARGEST_RESOURCE = 5 * 1024 * 1024;
const ADD = 'Add it to the package or correct its name.';

/** Finds Lightning components that an org refuses, and imports of things that it does not have. */
export function checkComponents(model: PackageModel): readonly Finding[] {
  const bundles = model.files.filter(({ type }) => type === 'LightningComponentBundle');
  return [
    ...bundles.flatMap((file) => checkBundle(file, model)),
    ...model.components.flatMap((source) => [...checkImports(source, model), ...checkMarkup(source, model)]),
    ...[...model.components].filter(({ size }) => size > LONGEST_SCRIPT).map((file) => tooLarge(file, '128 kB')),
    ...model.resources.filter(({ size }) => size > LARGEST_RESOURCE).map((file) => tooLarge(file, '5 MB')),
  ];
}

const tooLarge = ({ path, size }: TextFile, limit: string): Finding => {
  const problem = `The file has ${size} bytes; an org accepts ${limit}.`;
  return { file: path, line: 1, rule: 'too-long', problem, advice: 'Split it or leave something out.' };
};

function checkBundle({ path, root, fullName }: MetadataFile, model: PackageModel): readonly Finding[] {
  const found: Finding[] = [];
  const add = (line: number, rule: string, problem: string, advice: string): number =>
    found.push({ file: path, line, rule, problem, advice });
  const version = childOf(root, 'apiVersion');
  if (version && !(Number(version.text) >= VERSIONS.lowest && Number(version.text) <= VERSIONS.highest)) {
    const advice = `Use ${VERSIONS.lowest}.0 to ${VERSIONS.highest}.0.`;
    add(version.line, 'bad-value', `The compiler does not know apiVersion ${version.text}.`, advice);
  }
  const script = path.replace('.js-meta.xml', '.js');
  if (!existsSync(join(model.root, script))) add(1, 'bad-component', `${fullName}.js is missing.`, 'Add it.');
  for (const node of descendantsOf(root, 'object')) {
    if (!model.catalogue.hasObject(node.text)) {
      add(node.line, 'unknown-object', `There is no object ${node.text}.`, ADD);
    }
  }
  return found;
}

const IMPORT = /from\s+['"]@salesforce\/(schema|customPermission|resourceUrl)\/([\w.]+)['"]/g;

function checkImports({ path, text }: TextFile, { catalogue }: PackageModel): readonly Finding[] {
  return [...text.matchAll(IMPORT)].flatMap((match) => {
    const [, kind, name = ''] = match;
    const add = (rule: string, problem: string): Finding[] => [
      { file: path, line: lineAt(text, match.index), rule, problem, advice: ADD },
    ];
    if (kind === 'customPermission') {
      return catalogue.has('CustomPermission', name)
        ? []
        : add('unknown-permission', `There is no permission ${name}.`);
    }
    if (kind === 'resourceUrl') {
      return catalogue.has('StaticResource', name)
        ? []
        : add('unknown-resource', `There is no static resource ${name}.`);
    }
    const [object = '', ...rest] = name.split('.');
    if (!catalogue.hasObject(object)) return add('unknown-object', `There is no object ${object}.`);
    const step = rest.length > 0 && missingStep(catalogue, object, rest.join('.'));
    return step ? add('unknown-field', `There is no field ${step}.`) : [];
  });
}

/** Custom elements need `lwc:external` and a definition in the bundle, and are heard by lower-case events only. */
function checkMarkup({ path, text }: TextFile, { sources }: PackageModel): readonly Finding[] {
  if (!path.endsWith('.html')) return [];
  return [...text.matchAll(/<(accord-[a-z-]+)\b([^>]*)>/g)].flatMap((match) => {
    const [, tag = '', attributes = ''] = match;
    const line = lineAt(text, match.index);
    const found: Finding[] = [];
    const add = (problem: string, advice: string): number =>
      found.push({ file: path, line, rule: 'bad-component', problem, advice });
    if (!attributes.includes('lwc:external'))
      add(`<${tag}> lacks lwc:external.`, 'Add it, or the tag is looked for as a module.');
    if (!sources.some((source) => source.text.includes(`define('${tag}'`))) {
      add(`No element is defined as ${tag}.`, 'Define it in lwc-bridge/elements.');
    }
    for (const [, event = ''] of attributes.matchAll(/\son([A-Za-z-]+)=/g)) {
      if (/[A-Z-]/.test(event))
        add(`The event ${event} is not in lower case.`, 'Rename it without capitals and hyphens.');
    }
    return found;
  });
}
