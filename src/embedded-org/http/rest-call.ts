import type { IncomingHttpHeaders } from 'node:http';
import { OrgError } from '../data/org-error.ts';
import type { DmlOptions, UserContext } from '../data/types.ts';
import { placeOf, tokenOf } from './json-place.ts';
import type { HttpContext } from './http-context.ts';

/** One REST request below `/services/data/vNN.N`, whether it came alone or inside a composite one. */
export type RestCall<Context extends HttpContext = HttpContext> = {
  readonly method: string;
  readonly version: number;
  /** Path segments below the version, decoded. */
  readonly segments: readonly string[];
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  readonly user: UserContext;
  readonly wire: Context;
};

export type RestAnswer = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export type RestRoute<Context extends HttpContext = HttpContext> = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Segments below the version; `:name` takes any one segment. */
  readonly path: string;
  readonly handle: (call: RestCall<Context>) => RestAnswer;
};

export const ok = (body: unknown): RestAnswer => ({ status: 200, body });

export const basePath = (call: RestCall): string => `/services/data/v${call.version}.0`;

export function param(call: RestCall, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`Route parameter ${name} is missing`);
  return value;
}

/** The body as a JSON object; throws JSON_PARSER_ERROR otherwise. */
export function bodyObject(call: RestCall): Record<string, unknown> {
  const missing = 'The HTTP entity body is required, but this request has no entity body.';
  const token = tokenOf(call.body);
  return asObject(
    call.body,
    token === undefined ? missing : `Cannot deserialize instance of object from ${token} value`,
  );
}

export function asObject(value: unknown, refusal: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new OrgError('JSON_PARSER_ERROR', refusal, 400);
}

/** A switch in a body, off when it is left out; a text such as "true" is refused, so that it is not taken for off. */
export function booleanOf(body: Readonly<Record<string, unknown>>, name: string): boolean {
  const value = body[name] ?? false;
  if (typeof value === 'boolean') return value;
  const found = `${tokenOf(value)} value ${typeof value === 'string' || typeof value === 'number' ? value : '{'}`;
  const place = placeOf(body, [name]);
  const message = `Cannot deserialize instance of boolean from ${found} or request may be missing a required field at ${place}`;
  throw new OrgError('JSON_PARSER_ERROR', message, 400);
}

/** What the headers of a write ask for; assignment rules run unless `Sforce-Auto-Assign` says no. */
export function dmlOptions(call: RestCall, allOrNone: boolean): DmlOptions {
  const duplicates = header(call, 'sforce-duplicate-rule-header') ?? '';
  return {
    allOrNone,
    autoAssign: autoAssign(header(call, 'sforce-auto-assign')),
    allowSaveDuplicates: /allowSave\s*=\s*true/i.test(duplicates),
    apiVersion: call.version,
  };
}

function autoAssign(value: string | undefined): boolean | string {
  if (value === undefined || /^true$/i.test(value)) return true;
  return /^false$/i.test(value) ? false : value;
}

export function header(call: RestCall, name: string): string | undefined {
  const value = call.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

export const notFound = (): OrgError => new OrgError('NOT_FOUND', 'The requested resource does not exist', 404);
