import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Org } from '../data/org-core.ts';
import { OrgError } from '../data/org-error.ts';
import { runGraphQl, toGraphQlRequest } from '../ui-api/graphql/run-graphql.ts';
import { UI_API_VERSION } from '../ui-api/read-record.ts';
import { toUiErrorBody } from '../ui-api/record-error.ts';
import { ok, param, type UiAnswer, type UiRoute } from '../ui-api/ui-route.ts';
import { UI_ROUTES } from '../ui-api/ui-routes.ts';
import { readActivities } from './read-activities.ts';
import { findPageUser, isFromOwnPage, type PageSessions } from './page-session.ts';

/** What pages read and write, as the signed-in user; like the CRM's own pages this uses up no API calls. */
const ROUTES: readonly UiRoute[] = [
  ...UI_ROUTES,
  {
    method: 'POST',
    path: 'graphql',
    handle: ({ org, user, body }) => ok(runGraphQl(org, user, toGraphQlRequest(body))),
  },
  {
    method: 'GET',
    path: 'activities/:id',
    handle: (call) => ok(readActivities(call.org, call.user, param(call, 'id'))),
  },
];

export function registerPageApi(scope: FastifyInstance, org: Org, sessions: PageSessions): void {
  for (const route of ROUTES) {
    scope.route({
      method: route.method,
      url: `/lightning/api/${route.path}`,
      handler: (request, reply) => {
        const user = findPageUser(request, org, sessions);
        if (!user)
          return refuse(reply, new OrgError('INVALID_SESSION_ID', 'Your session has ended. Log in again.', 401));
        if (route.method !== 'GET' && !isFromOwnPage(request)) {
          return refuse(
            reply,
            new OrgError('INSUFFICIENT_ACCESS', 'Only pages of this org may write with its cookie.', 403),
          );
        }
        const { headers, body, method } = request;
        const call = { org, user, method, version: UI_API_VERSION, query: queryOf(request), headers, body };
        return answer(reply, () => route.handle({ ...call, params: request.params as Record<string, string> }));
      },
    });
  }
}

function answer(reply: FastifyReply, run: () => UiAnswer): FastifyReply {
  try {
    const { status, body } = run();
    return reply.code(status).header('cache-control', 'no-store').send(body);
  } catch (error) {
    if (error instanceof OrgError) return refuse(reply, error);
    throw error;
  }
}

const refuse = (reply: FastifyReply, error: OrgError): FastifyReply =>
  reply.code(error.status).send(toUiErrorBody(error));

const queryOf = (request: FastifyRequest): URLSearchParams => new URL(request.url, 'http://localhost').searchParams;
