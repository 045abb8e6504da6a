import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Org } from '../data/org-core.ts';
import { OrgError } from '../data/org-error.ts';
import type { UserContext } from '../data/types.ts';
import { runGraphQl, toGraphQlRequest } from '../ui-api/graphql/run-graphql.ts';
import { readObjectInfo } from '../ui-api/object-info.ts';
import { readPicklistValues } from '../ui-api/picklist-values.ts';
import { readRecord } from '../ui-api/read-record.ts';
import { toUiErrorBody } from '../ui-api/record-error.ts';
import { toRecordRequest } from '../ui-api/ui-api-routes.ts';
import { createRecord, deleteRecord, updateRecord } from '../ui-api/write-record.ts';
import { readActivities } from './read-activities.ts';
import { findPageUser, isFromOwnPage, type PageSessions } from './page-session.ts';

type Call = {
  readonly user: UserContext;
  readonly request: FastifyRequest;
  readonly params: Readonly<Record<string, string>>;
};

type Route = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly run: (org: Org, call: Call) => unknown;
};

/** What pages read and write, as the signed-in user; like the CRM's own pages this uses up no API calls. */
const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: 'records/:id',
    run: (org, { user, request, params }) =>
      readRecord(org, user, params['id'] ?? '', toRecordRequest(queryOf(request))),
  },
  { method: 'POST', path: 'records', run: (org, { user, request }) => createRecord(org, user, request.body) },
  {
    method: 'PATCH',
    path: 'records/:id',
    run: (org, { user, request, params }) => updateRecord(org, user, params['id'] ?? '', request.body),
  },
  {
    method: 'DELETE',
    path: 'records/:id',
    run: (org, { user, params }) => deleteRecord(org, user, params['id'] ?? ''),
  },
  {
    method: 'GET',
    path: 'object-info/:object',
    run: (org, { user, params }) => readObjectInfo(org, user, params['object'] ?? ''),
  },
  {
    method: 'GET',
    path: 'object-info/:object/picklist-values/:field',
    run: (org, { user, params }) => readPicklistValues(org, user, params['object'] ?? '', params['field'] ?? ''),
  },
  {
    method: 'POST',
    path: 'graphql',
    run: (org, { user, request }) => runGraphQl(org, user, toGraphQlRequest(request.body)),
  },
  {
    method: 'GET',
    path: 'activities/:id',
    run: (org, { user, params }) => readActivities(org, user, params['id'] ?? ''),
  },
];

export function registerPageApi(scope: FastifyInstance, org: Org, sessions: PageSessions): void {
  for (const { method, path, run } of ROUTES) {
    scope.route({
      method,
      url: `/lightning/api/${path}`,
      handler: (request, reply) => {
        const user = findPageUser(request, org, sessions);
        if (!user)
          return refuse(reply, new OrgError('INVALID_SESSION_ID', 'Your session has ended. Log in again.', 401));
        if (method !== 'GET' && !isFromOwnPage(request)) {
          return refuse(
            reply,
            new OrgError('INSUFFICIENT_ACCESS', 'Only pages of this org may write with its cookie.', 403),
          );
        }
        return answer(reply, () => run(org, { user, request, params: request.params as Record<string, string> }));
      },
    });
  }
}

function answer(reply: FastifyReply, run: () => unknown): FastifyReply {
  try {
    const body = run();
    return body === undefined ? reply.code(204).send() : reply.header('cache-control', 'no-store').send(body);
  } catch (error) {
    if (error instanceof OrgError) return refuse(reply, error);
    throw error;
  }
}

const refuse = (reply: FastifyReply, error: OrgError): FastifyReply =>
  reply.code(error.status).send(toUiErrorBody(error));

const queryOf = (request: FastifyRequest): URLSearchParams => new URL(request.url, 'http://localhost').searchParams;
