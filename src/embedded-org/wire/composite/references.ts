/** A reference to an earlier answer that holds no such value. */
export class MissingReference extends Error {
  constructor(expression: string, referenceId: string) {
    super(`Invalid reference specified. No value for ${expression} found in ${referenceId}`);
    this.name = 'MissingReference';
  }
}

/** No brace inside, so that a text of many openings is read once and not from each of them to its end. */
const REFERENCE = /@\{([^{}]+)\}/g;
const WHOLE_REFERENCE = /^@\{([^{}]+)\}$/;

/**
 * Replaces `@{ref.path[0].field}` in text, lists and objects by values from the answers of earlier subrequests.
 *
 * A text that is nothing but a reference becomes the value itself, number or text; inside a longer text it is spelled out.
 */
export function resolveReferences(value: unknown, answers: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') return resolveText(value, answers);
  if (Array.isArray(value)) return value.map((each: unknown) => resolveReferences(each, answers));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolveReferences(each, answers)]));
}

function resolveText(text: string, answers: ReadonlyMap<string, unknown>): unknown {
  const whole = WHOLE_REFERENCE.exec(text)?.[1];
  if (whole !== undefined) return lookUp(whole, answers);
  return text.replaceAll(REFERENCE, (_match, expression: string) => String(lookUp(expression, answers)));
}

function lookUp(expression: string, answers: ReadonlyMap<string, unknown>): unknown {
  const [referenceId = '', ...path] = expression.split(/[.[\]]+/).filter((part) => part !== '');
  let value = answers.get(referenceId);
  for (const key of path) {
    value = isIndexable(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  if (value === undefined || value === null) throw new MissingReference(expression, referenceId);
  return value;
}

const isIndexable = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
