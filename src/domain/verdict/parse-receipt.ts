import type { Receipt } from './decision.ts';

/**
 * Reads a receipt that the service wrote; undefined for anything else, a later layout included.
 *
 * Checks what a screen relies on by hand: it runs in the browser, where a schema library would weigh more than the card.
 */
export function parseReceipt(json: string | null | undefined): Receipt | undefined {
  if (!json) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  return isReceipt(value) ? value : undefined;
}

function isReceipt(value: unknown): value is Receipt {
  if (!isObject(value) || value['v'] !== 1) return false;
  const { agreement, stage, decidedAt, definitions } = value;
  return (
    isObject(agreement) &&
    hasTexts(agreement, 'name', 'hash') &&
    typeof agreement['version'] === 'number' &&
    isObject(stage) &&
    hasTexts(stage, 'id', 'title') &&
    typeof decidedAt === 'string' &&
    Array.isArray(definitions) &&
    definitions.every(isDefinition)
  );
}

function isDefinition(value: unknown): boolean {
  if (!isObject(value) || !hasTexts(value, 'stage', 'title')) return false;
  const { clauses, withheld, outcome, wouldHold } = value;
  return (
    typeof withheld === 'number' &&
    (outcome === undefined || isOutcome(outcome)) &&
    (wouldHold === undefined || isCounterfactual(wouldHold)) &&
    Array.isArray(clauses) &&
    clauses.every(isClause)
  );
}

function isCounterfactual(value: unknown): boolean {
  if (!isObject(value) || (value['ask'] !== undefined && typeof value['ask'] !== 'string')) return false;
  const { alternatives } = value;
  return Array.isArray(alternatives) && alternatives.every((each) => isObject(each) && Array.isArray(each['changes']));
}

function isClause(value: unknown): boolean {
  if (!isObject(value) || !hasTexts(value, 'id', 'sentence', 'group') || !isOutcome(value['outcome'])) return false;
  const { source, finding } = value;
  if (!isObject(source) || (finding !== undefined && typeof finding !== 'string')) return false;
  const check = sourceChecks[String(source['kind'])];
  return check?.(source) ?? false;
}

type Keyed = Readonly<Record<string, unknown>>;

const sourceChecks: Readonly<Record<string, ((source: Keyed) => boolean) | undefined>> = {
  field: (source) => hasTexts(source, 'field'),
  events: (source) => hasTexts(source, 'event'),
  stage: () => true,
  score: ({ lines, fields }) => Array.isArray(fields) && Array.isArray(lines) && lines.every(isLine),
};

const isLine = (line: unknown): boolean =>
  isObject(line) && hasTexts(line, 'sentence') && isOutcome(line['outcome']) && typeof line['points'] === 'number';

const isOutcome = (value: unknown): boolean => value === 'met' || value === 'not-met' || value === 'unknown';

const isObject = (value: unknown): value is Keyed =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const hasTexts = (value: Keyed, ...keys: readonly string[]): boolean =>
  keys.every((key) => typeof value[key] === 'string');
