import type { IncomingHttpHeaders } from 'node:http';
import type { Org } from '../data/org-core.ts';
import { OrgError } from '../data/org-error.ts';
import type { UserContext } from '../data/types.ts';

/** One request below `/ui-api`, from an API client or from a page of the org. */
export type UiCall = {
  readonly org: Org;
  readonly user: UserContext;
  readonly method: string;
  readonly version: number;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
};

export type UiAnswer = { readonly status: number; readonly body?: unknown };

export type UiRoute = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Segments below `/ui-api`; `:name` takes any one segment. */
  readonly path: string;
  readonly handle: (call: UiCall) => UiAnswer;
};

export const ok = (body: unknown): UiAnswer => ({ status: 200, body });

export function param(call: UiCall, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`Route parameter ${name} is missing`);
  return value;
}

/** A comma-separated list in a path or a query. */
export const toList = (text: string | null | undefined): readonly string[] =>
  (text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** A list that a body gives as an array or as comma-separated text. */
export function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : toList(typeof value === 'string' ? value : undefined);
}

/** A text or number of a query or body as text; undefined where it is neither. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

export function bodyOf(call: UiCall): Record<string, unknown> {
  if (typeof call.body === 'object' && call.body !== null && !Array.isArray(call.body))
    return call.body as Record<string, unknown>;
  throw new OrgError('JSON_PARSER_ERROR', 'The request body must be a JSON object.');
}

/** A value of a query that is not among those that the resource knows. */
export const illegalValue = (name: string, value: string): OrgError =>
  new OrgError('ILLEGAL_QUERY_PARAMETER_VALUE', `Illegal value for query parameter '${name}': ${value}`);

export const notFound = (): OrgError => new OrgError('NOT_FOUND', 'The requested resource does not exist', 404);

/** A whole number of a query or body within bounds; the default where it is not given. */
export function wholeNumber(name: string, value: unknown, fallback: number, least: number, most: number): number {
  if (value === null || value === undefined || value === '') return fallback;
  const number = Number(value);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw illegalValue(name, textOf(value) ?? JSON.stringify(value));
}

export const uiPath = (call: Pick<UiCall, 'version'>, path: string): string =>
  `/services/data/v${call.version}.0/ui-api/${path}`;
