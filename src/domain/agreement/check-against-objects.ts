import { misfits, type ValueType } from './fact-type.ts';
import { nearestName } from './nearest-name.ts';
import { factField, fieldName, objectName } from './fact-source.ts';
import { withSuggestion, type Problem } from './problem.ts';
import type { Agreement, Fact } from './schema.ts';
import { walkCriteria, type WrittenCriterion } from './walk-criteria.ts';

export type DescribedField = {
  readonly name: string;
  /** Salesforce's own name of the type: `double`, `picklist`, … */
  readonly type: string;
  readonly picklistValues: readonly string[];
};

/** An object as an org describes it to the user who asks. */
export type DescribedObject = { readonly name: string; readonly fields: readonly DescribedField[] };

/** Finds what a checked agreement expects of an org that the org does not have: fields, types, picklist values. */
export function checkAgainstObjects(agreement: Agreement, objects: readonly DescribedObject[]): readonly Problem[] {
  const lead = objects.find((object) => object.name === 'Lead');
  if (!lead) {
    const message = 'The object Lead does not exist in this org, or you may not see it.';
    return [{ severity: 'error', path: ['facts'], message, code: 'unknown-field' }];
  }
  const fields = new Map(
    objects.flatMap(({ name, fields: all }) => all.map((field) => [`${name}.${field.name}`, field] as const)),
  );
  return [
    ...Object.entries(agreement.facts).flatMap(([name, fact]) => factProblems(name, fact, fields)),
    ...walkCriteria(agreement).flatMap((criterion) =>
      criterionProblems(agreement.facts[criterion.fact], criterion, fields),
    ),
  ];
}

/** Fields by their path, such as `Lead.Industry`. */
type Fields = ReadonlyMap<string, DescribedField>;

function factProblems(name: string, fact: Fact, fields: Fields): Problem[] {
  const read = factField(fact);
  if (read === undefined) return [];
  const kind = 'field' in fact ? 'field' : 'emailDomain' in fact ? 'emailDomain' : 'daysSince';
  const path = ['facts', name, kind];
  const field = fields.get(read);
  if (!field) return [unknownField(read, path, fields)];
  const types = readableTypes[kind];
  if (!types || types.includes(field.type)) return [];
  const message = `${read} is of type ${field.type}; ${kind} needs ${types.join(' or ')}.`;
  return [{ severity: 'error', path, message, code: 'wrong-type' }];
}

/** Field types that a kind of fact can read; undefined is any. A date is none: its day begins at another hour elsewhere. */
const readableTypes: Readonly<Record<'field' | 'emailDomain' | 'daysSince', readonly string[] | undefined>> = {
  field: undefined,
  emailDomain: ['email', 'string'],
  daysSince: ['datetime'],
};

function unknownField(written: string, path: Problem['path'], fields: Fields): Problem {
  const start = `${objectName(written)}.`;
  const names = [...fields.keys()].filter((path) => path.startsWith(start)).map(fieldName);
  const nearest = nearestName(fieldName(written), names);
  const message = `The field ${written} does not exist in this org, or you may not see it.`;
  const suggestion = nearest === undefined ? undefined : start + nearest;
  return withSuggestion({ severity: 'error', path, message, code: 'unknown-field' }, suggestion);
}

function criterionProblems(fact: Fact | undefined, { comparison, path }: WrittenCriterion, fields: Fields): Problem[] {
  if (!fact || !('field' in fact)) return [];
  const field = fields.get(fact.field);
  if (!field) return [];
  const wrong = misfits(comparison, comparedAs(field.type)).map((key): Problem => {
    const message = `${fact.field} is of type ${field.type}; ${key} with this value does not fit it.`;
    return { severity: 'error', path: [...path, key], message, code: 'wrong-comparison' };
  });
  return [...wrong, ...valueProblems(fact.field, field, comparison, path)];
}

const numberTypes = new Set(['int', 'long', 'double', 'currency', 'percent']);

function comparedAs(type: string): ValueType {
  if (numberTypes.has(type)) return 'number';
  if (type === 'date' || type === 'datetime') return 'date';
  if (type === 'multipicklist') return 'list';
  return type === 'boolean' ? 'boolean' : 'text';
}

/** A value that no picklist entry has is only a warning: inactive values may still stand on old records. */
function valueProblems(
  fieldPath: string,
  field: DescribedField,
  comparison: WrittenCriterion['comparison'],
  path: Problem['path'],
): Problem[] {
  if (field.type !== 'picklist' || field.picklistValues.length === 0) return [];
  const known = new Set(field.picklistValues.map((value) => value.toLowerCase()));
  return (['is', 'isNot', 'in', 'notIn'] as const).flatMap((key) => {
    const given = comparison[key];
    if (given === undefined) return [];
    return [given].flat().flatMap((value, index): Problem[] => {
      if (typeof value !== 'string' || known.has(value.toLowerCase())) return [];
      const at = Array.isArray(given) ? [...path, key, index] : [...path, key];
      const message = `${fieldPath} has no value "${value}".`;
      const problem: Problem = { severity: 'warning', path: at, message, code: 'unknown-value' };
      return [withSuggestion(problem, nearestName(value, field.picklistValues))];
    });
  });
}
