import type { Finding } from '../finding.ts';
import type { TextFile } from '../package-files.ts';
import type { PackageModel } from '../package-model.ts';
import { lineAt } from '../xml-node.ts';

const DROPPED_TAGS = ['slot', 'dialog', 'main', 'search', 'picture', 'template', 'foreignObject'];
const BINDING = /<([a-z][\w-]*)((?:[^<>]|\$\{[^}]*\})*?)\s([a-zA-Z][\w-]*)=(?:"[^"$]*)?\$\{/g;

/** Finds bindings and tags in Lit templates that Lightning Web Security drops on some orgs. */
export function checkLitTemplates({ sources }: PackageModel): readonly Finding[] {
  return sources
    .filter(({ path, text }) => path.startsWith('lwc-bridge/') && text.includes('html`'))
    .flatMap((source) => [...checkBindings(source), ...checkTags(source)]);
}

function checkBindings({ path, text }: TextFile): readonly Finding[] {
  return [...text.matchAll(BINDING)]
    .filter(([, tag = '']) => !tag.includes('-'))
    .map((match) => ({
      file: path,
      line: lineAt(text, match.index),
      rule: 'dropped-binding',
      problem: `The attribute binding ${match[3]}= on <${match[1]}> is dropped by some releases of the sandbox.`,
      advice: `Bind the property: .${match[3] === 'class' ? 'className' : match[3]}=`,
    }));
}

function checkTags({ path, text }: TextFile): readonly Finding[] {
  return [...text.matchAll(new RegExp(`<(${DROPPED_TAGS.join('|')})[\\s>]`, 'g'))].map((match) => ({
    file: path,
    line: lineAt(text, match.index),
    rule: 'dropped-binding',
    problem: `<${match[1]}> in a template does not survive the sandbox.`,
    advice: 'Make it with document.createElement and place it as a child.',
  }));
}
