import { type FieldNode, Kind, parse, type SelectionSetNode, type ValueNode } from 'graphql';
import { missingStep } from '../catalogue.ts';
import type { Finding } from '../finding.ts';
import type { TextFile } from '../package-files.ts';
import type { PackageModel } from '../package-model.ts';
import { lineAt } from '../xml-node.ts';

type Add = (rule: string, offset: number, problem: string, advice: string) => void;

const ADD = 'Add it to the package or correct its name.';
const LOGIC = new Set(['and', 'or', 'not']);
const WORDS = new Set(['Id', 'ApiName', 'WeakEtag', '__typename']);

/** Finds GraphQL queries of Lightning components that do not parse, paste text in, or name fields that do not exist. */
export function checkGraphql(model: PackageModel): readonly Finding[] {
  return model.components.flatMap((source) => checkSource(source, model));
}

function checkSource({ path, text }: TextFile, model: PackageModel): readonly Finding[] {
  return [...text.matchAll(/gql`([\s\S]*?)`/g)].flatMap((match) => {
    const [, query = ''] = match;
    const found: Finding[] = [];
    const start = match.index + 'gql`'.length;
    const add: Add = (rule, offset, problem, advice) =>
      void found.push({ file: path, line: lineAt(text, start + offset), rule, problem, advice });
    if (query.includes('${')) {
      add('bad-query', query.indexOf('${'), 'Text is pasted into a query.', 'Pass it as a variable.');
      return found;
    }
    try {
      for (const definition of parse(query).definitions) {
        if ('selectionSet' in definition) findRecords(definition.selectionSet, model, add);
      }
    } catch (error) {
      add('bad-query', 0, `The query does not parse: ${(error as Error).message}`, 'Mend it.');
    }
    return found;
  });
}

/** Walks down `uiapi { query { Object { … } } }`. */
function findRecords(set: SelectionSetNode | undefined, model: PackageModel, add: Add): void {
  const query = fieldsOf(fieldsOf(set).find(isNamed('uiapi'))?.selectionSet).find(isNamed('query'));
  for (const field of fieldsOf(query?.selectionSet)) {
    const object = field.name.value;
    if (!model.catalogue.hasObject(object)) {
      add('unknown-object', field.loc?.start ?? 0, `There is no object ${object}.`, ADD);
      continue;
    }
    for (const argument of field.arguments ?? []) {
      if (argument.name.value === 'where' || argument.name.value === 'orderBy') {
        checkInput(argument.value, object, model, add);
      }
    }
    const edges = fieldsOf(field.selectionSet).find(isNamed('edges'));
    checkNode(fieldsOf(edges?.selectionSet).find(isNamed('node'))?.selectionSet, object, model, add);
  }
}

function checkNode(set: SelectionSetNode | undefined, object: string, model: PackageModel, add: Add): void {
  for (const field of fieldsOf(set)) {
    const name = field.name.value;
    if (WORDS.has(name)) continue;
    const target = model.catalogue.follow(object, name);
    if (target) checkNode(field.selectionSet, target, model, add);
    else reportMissing(name, object, field.loc?.start ?? 0, model, add);
  }
}

function checkInput(value: ValueNode, object: string, model: PackageModel, add: Add): void {
  if (value.kind === Kind.LIST) value.values.forEach((each) => checkInput(each, object, model, add));
  if (value.kind !== Kind.OBJECT) return;
  for (const { name, value: inner, loc } of value.fields) {
    const target = model.catalogue.follow(object, name.value);
    if (LOGIC.has(name.value)) checkInput(inner, object, model, add);
    else if (target) checkInput(inner, target, model, add);
    else reportMissing(name.value, object, loc?.start ?? 0, model, add);
  }
}

function reportMissing(name: string, object: string, offset: number, { catalogue }: PackageModel, add: Add): void {
  const step = missingStep(catalogue, object, name);
  if (step) add('unknown-field', offset, `There is no field ${step}.`, ADD);
}

const fieldsOf = (set: SelectionSetNode | undefined): readonly FieldNode[] =>
  set?.selections.filter((selection): selection is FieldNode => selection.kind === Kind.FIELD) ?? [];

const isNamed =
  (name: string) =>
  (field: FieldNode): boolean =>
    field.name.value === name;
