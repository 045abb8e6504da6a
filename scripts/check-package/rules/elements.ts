import type { Finding } from '../finding.ts';
import { ALLOWED_VALUES, elementsOf } from '../metadata-schema.ts';
import type { PackageModel } from '../package-model.ts';
import type { XmlNode } from '../xml-node.ts';

/** Finds elements that a metadata type does not have, required ones that are missing, and values outside an enumeration. */
export function checkElements({ files }: PackageModel): readonly Finding[] {
  return files.flatMap(({ path, root }) => checkNode(path, root, root.name));
}

function checkNode(file: string, node: XmlNode, type: string): readonly Finding[] {
  const elements = elementsOf(type);
  if (!elements) {
    const problem = `<${node.name}> has the type ${type}, which is not known.`;
    return [{ file, line: node.line, rule: 'unknown-type', problem, advice: 'Check its spelling.' }];
  }
  const missing = [...elements].filter(
    ([name, { required }]) => required && !node.children.some((c) => c.name === name),
  );
  return [
    ...missing.map(([name]) => ({
      file,
      line: node.line,
      rule: 'missing-element',
      problem: `<${node.name}> lacks <${name}>.`,
      advice: 'Add it.',
    })),
    ...node.children.flatMap((child) => checkChild(file, child, type, elements.get(child.name)?.type)),
  ];
}

function checkChild(file: string, child: XmlNode, parent: string, type: string | undefined): readonly Finding[] {
  const { line, name, text } = child;
  if (!type) {
    const problem = `${parent} has no element <${name}>.`;
    return [{ file, line, rule: 'unknown-element', problem, advice: 'Check its spelling and its place.' }];
  }
  if (type === 'boolean' && text !== 'true' && text !== 'false') {
    return [{ file, line, rule: 'bad-value', problem: `<${name}> is "${text}".`, advice: 'Write true or false.' }];
  }
  if (type === 'number' && !/^-?\d+(\.\d+)?$/.test(text)) {
    return [{ file, line, rule: 'bad-value', problem: `<${name}> is "${text}".`, advice: 'Write a number.' }];
  }
  const allowed = ALLOWED_VALUES[`${parent}.${name}`];
  if (allowed && !allowed.includes(text)) {
    const advice = `Write one of ${allowed.join(', ')}.`;
    return [{ file, line, rule: 'bad-value', problem: `<${name}> is "${text}".`, advice }];
  }
  return PRIMITIVES.has(type) ? [] : checkNode(file, child, type);
}

const PRIMITIVES = new Set(['string', 'number', 'boolean', 'any']);
