import { OrgError } from '../../data/org-error.ts';
import { toErrorAnswer } from '../../http/error-answer.ts';
import { notFound, type RestAnswer } from '../../http/rest-call.ts';
import type { WireCall, WireRoute } from '../wire-context.ts';

type CompiledRoute = WireRoute & { readonly parts: readonly string[] };

/** Finds the route of a call and runs it; more specific paths win over parameters. */
export class RestRouter {
  readonly #routes: readonly CompiledRoute[];

  constructor(routes: readonly WireRoute[]) {
    this.#routes = routes.map((route) => ({ ...route, parts: route.path.split('/') })).toSorted(bySpecificity);
  }

  /** Runs a call; what the client did wrong becomes an error answer, anything else is thrown. */
  answer(call: WireCall): RestAnswer {
    try {
      return this.#dispatch(call);
    } catch (error) {
      if (error instanceof OrgError) return toErrorAnswer(error);
      throw error;
    }
  }

  #dispatch(call: WireCall): RestAnswer {
    const candidates = this.#routes.filter((route) => matches(route.parts, call.segments));
    const method = call.method === 'HEAD' ? 'GET' : call.method;
    const route = candidates.find((each) => each.method === method);
    if (route) return route.handle({ ...call, params: bind(route.parts, call.segments) });
    if (candidates.length === 0) throw notFound();
    throw new OrgError(
      'METHOD_NOT_ALLOWED',
      `HTTP Method '${call.method}' not allowed. Allowed are ${allowed(candidates)}`,
      405,
    );
  }
}

const matches = (parts: readonly string[], segments: readonly string[]): boolean =>
  parts.length === segments.length && parts.every((part, i) => part.startsWith(':') || part === segments[i]);

const bind = (parts: readonly string[], segments: readonly string[]): Record<string, string> =>
  Object.fromEntries(parts.flatMap((part, i) => (part.startsWith(':') ? [[part.slice(1), segments[i] ?? '']] : [])));

function allowed(routes: readonly WireRoute[]): string {
  const methods = new Set<string>(routes.map((route) => route.method));
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods].toSorted().join(',');
}

function bySpecificity(a: CompiledRoute, b: CompiledRoute): number {
  const rank = (route: CompiledRoute): string => route.parts.map((part) => (part.startsWith(':') ? '1' : '0')).join('');
  return rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0;
}
