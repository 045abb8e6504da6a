import { parseQuery, type Query } from '@jetstreamapp/soql-parser-js';
import { missingStep } from '../catalogue.ts';
import type { Finding } from '../finding.ts';
import type { TextFile } from '../package-files.ts';
import type { PackageModel } from '../package-model.ts';
import { lineAt } from '../xml-node.ts';

const ADD = 'Add it to the package or correct its name.';
const TEXT = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g;
const OWN_NAME = /\bAccord_\w+__[cr]\b/g;
/** The store speaks SQL; the embedded org knows nothing of Accord. */
const OTHERS = /^src\/(store|embedded-org)\//;
const SELECT = /^\s*SELECT\s[\s\S]+\sFROM\s/i;

/** Finds names of Accord's objects and fields, and whole SOQL queries, in the service's sources that the package does not match. */
export function checkSources(model: PackageModel): readonly Finding[] {
  const ours = model.sources.filter(({ path }) => path.endsWith('.ts') && !OTHERS.test(path));
  const known = new Set(
    model.files.flatMap(({ type, fullName }) => {
      if (type === 'CustomObject') return [fullName];
      const field = fullName.split('.')[1] ?? '';
      return type === 'CustomField' ? [field, field.replace(/__c$/, '__r')] : [];
    }),
  );
  return ours.flatMap((source) => [...checkNames(source, known), ...checkQueries(source, model)]);
}

function checkNames({ path, text }: TextFile, known: ReadonlySet<string>): readonly Finding[] {
  return [...text.matchAll(OWN_NAME)]
    .filter(([name]) => !known.has(name))
    .map((match) => ({
      file: path,
      line: lineAt(text, match.index),
      rule: 'unknown-name',
      problem: `The package has no ${match[0]}.`,
      advice: ADD,
    }));
}

function checkQueries({ path, text }: TextFile, model: PackageModel): readonly Finding[] {
  return [...text.matchAll(TEXT)].flatMap((match) => {
    const written = match[1] ?? match[2] ?? match[3] ?? '';
    const query = SELECT.test(written) && read(written);
    if (!query || !query.sObject) return [];
    const line = lineAt(text, match.index);
    if (!model.catalogue.hasObject(query.sObject)) {
      const problem = `There is no object ${query.sObject}.`;
      return [{ file: path, line, rule: 'unknown-object', problem, advice: ADD }];
    }
    return fieldsOf(query)
      .flatMap((field) => missingStep(model.catalogue, query.sObject ?? '', field) ?? [])
      .map((step) => ({ file: path, line, rule: 'unknown-field', problem: `There is no field ${step}.`, advice: ADD }));
  });
}

/** A query with a part that is put in at run time is read as far as a stand-in makes sense there; else it is left out. */
function read(written: string): Query | undefined {
  try {
    return parseQuery(written.replaceAll(/\$\{[^}]*\}/g, "'x'"));
  } catch {
    return undefined;
  }
}

function fieldsOf(query: Query): readonly string[] {
  const selected = (query.fields ?? []).flatMap((field) => {
    if (field.type === 'Field') return [field.field];
    return field.type === 'FieldRelationship' ? [[...field.relationships, field.field].join('.')] : [];
  });
  const text = JSON.stringify(query.where ?? {});
  return [...selected, ...[...text.matchAll(/"field":"([\w.]+)"/g)].map(([, field = '']) => field)];
}
