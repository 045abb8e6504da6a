import type { Finding } from '../finding.ts';
import type { MetadataFile } from '../package-files.ts';
import type { PackageModel } from '../package-model.ts';
import { childOf, textOf } from '../xml-node.ts';

const LONGEST_LONG_TEXT = 131_072;

/** Finds custom fields whose attributes do not go together, and lookups to objects that do not exist. */
export function checkFields(model: PackageModel): readonly Finding[] {
  const fields = model.files.filter(({ type }) => type === 'CustomField');
  return [...fields.flatMap((file) => checkField(file, model)), ...checkRelationshipNames(fields)];
}

function checkField(file: MetadataFile, { catalogue }: PackageModel): readonly Finding[] {
  const { path, root } = file;
  const found: Finding[] = [];
  const add = (element: string, problem: string, advice: string): number =>
    found.push({ file: path, line: childOf(root, element)?.line ?? 1, rule: 'bad-field', problem, advice });
  const type = textOf(root, 'type');
  const required = textOf(root, 'required') === 'true';
  const target = textOf(root, 'referenceTo');
  if (target && !catalogue.hasObject(target)) {
    add('referenceTo', `There is no object ${target}.`, 'Add it to the package or correct its name.');
  }
  if (type === 'Lookup' && required && textOf(root, 'deleteConstraint') === 'SetNull') {
    add('deleteConstraint', 'A required lookup cannot be emptied.', 'Use Restrict, or make the field optional.');
  }
  if (type === 'LongTextArea' && required) {
    add('required', 'A long text area cannot be required.', 'Check its length in a validation rule.');
  }
  if (type === 'LongTextArea' && !withinLongText(textOf(root, 'length'))) {
    add('length', 'A long text area has between 256 and 131,072 characters.', 'Change its length.');
  }
  if (type === 'Text' && !(Number(textOf(root, 'length')) <= 255)) {
    add('length', 'A text field needs a length of at most 255.', 'Set it, or use LongTextArea.');
  }
  if (!textOf(root, 'description')) {
    add('type', 'The field has no description.', 'Say in a sentence what it holds and who writes it.');
  }
  return found;
}

const withinLongText = (length: string | undefined): boolean =>
  Number(length) >= 256 && Number(length) <= LONGEST_LONG_TEXT;

/** Two child relationships of one name below one parent cannot both be deployed. */
function checkRelationshipNames(fields: readonly MetadataFile[]): readonly Finding[] {
  const seen = new Map<string, string>();
  return fields.flatMap(({ path, root, fullName }) => {
    const node = childOf(root, 'relationshipName');
    const key = `${textOf(root, 'referenceTo')}.${node?.text}`;
    const other = node && seen.get(key);
    if (node) seen.set(key, fullName);
    if (!node || !other) return [];
    const problem = `The relationship ${key} already belongs to ${other}.`;
    return [{ file: path, line: node.line, rule: 'bad-field', problem, advice: 'Choose another relationship name.' }];
  });
}
