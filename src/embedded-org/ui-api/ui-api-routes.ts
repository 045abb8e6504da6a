import { OrgError } from '../data/org-error.ts';
import { ok, type RestAnswer, type RestCall, type RestRoute } from '../http/rest-call.ts';
import { runGraphQl, toGraphQlRequest } from './graphql/run-graphql.ts';
import { errorBodyOf } from './record-error.ts';
import type { UiRoute } from './ui-route.ts';
import { UI_ROUTES } from './ui-routes.ts';

/** `/ui-api/…` and `/graphql` below `/services/data/vNN.N`. */
export const uiApiRoutes: readonly RestRoute[] = [
  {
    method: 'POST',
    path: 'graphql',
    handle: (call) => ok(runGraphQl(call.wire.org, call.user, toGraphQlRequest(call.body), call.version)),
  },
  ...UI_ROUTES.map((route) => ({
    method: route.method,
    path: `ui-api/${route.path}`,
    handle: (call: RestCall) => answer(route, call),
  })),
];

/** A refused write names the fields it concerns, which other REST errors cannot. */
function answer(route: UiRoute, call: RestCall): RestAnswer {
  try {
    return route.handle({ ...call, org: call.wire.org });
  } catch (error) {
    if (error instanceof OrgError) return { status: error.status, body: [errorBodyOf(error)] };
    throw error;
  }
}
