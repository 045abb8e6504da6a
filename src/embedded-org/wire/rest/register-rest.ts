import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actionRoutes } from '../../actions/action-routes.ts';
import { OrgError } from '../../data/org-error.ts';
import { uiApiRoutes } from '../../ui-api/ui-api-routes.ts';
import { parseVersion } from '../api-version.ts';
import { unsupportedMedia } from '../../http/decode-body.ts';
import { jobRoutes } from '../bulk/job-routes.ts';
import { collectionRoutes } from '../composite/collection-routes.ts';
import { compositeRoutes } from '../composite/composite-routes.ts';
import { graphRoutes } from '../composite/graph-routes.ts';
import { treeRoutes } from '../composite/tree-routes.ts';
import { deployRoutes } from '../metadata/deploy-routes.ts';
import type { WireCall, WireContext } from '../wire-context.ts';
import { admit } from '../../http/admit.ts';
import { appRoutes } from './app-routes.ts';
import { describeRoutes } from './describe-routes.ts';
import { layoutRoutes } from './layout-routes.ts';
import { listViewRoutes } from './list-view-routes.ts';
import { queryRoutes } from './query-routes.ts';
import { recentRoutes } from './recent-routes.ts';
import { recordCountRoutes } from './record-count-routes.ts';
import { replicationRoutes } from './replication-routes.ts';
import { resourceRoutes } from './resource-routes.ts';
import { RestRouter } from './rest-router.ts';
import { searchRoutes } from './search-routes.ts';
import { splitAddress } from './split-address.ts';
import { sobjectRoutes } from './sobject-routes.ts';
import { toolingRoutes } from './tooling-routes.ts';

/**
 * Serves everything below `/services/data/vNN.N` that answers JSON.
 *
 * One catch-all instead of a fastify route each: composite requests run the same routes synchronously, inside one
 * transaction, without HTTP.
 */
export function registerRest(server: FastifyInstance, wire: WireContext): void {
  const router: RestRouter = new RestRouter([
    ...resourceRoutes,
    ...actionRoutes,
    ...sobjectRoutes,
    ...describeRoutes,
    ...recentRoutes,
    ...recordCountRoutes,
    ...replicationRoutes,
    ...toolingRoutes,
    ...queryRoutes,
    ...collectionRoutes,
    ...treeRoutes,
    ...jobRoutes,
    ...deployRoutes,
    ...uiApiRoutes,
    ...searchRoutes,
    ...appRoutes,
    ...layoutRoutes,
    ...listViewRoutes,
    ...compositeRoutes((call) => router.answer(call)),
    ...graphRoutes((call) => router.answer(call)),
  ]);
  const handler = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const call = toCall(request, reply, wire);
    const answer = router.answer(call);
    if (answer.headers) reply.headers(answer.headers);
    return reply.code(answer.status).send(answer.body);
  };
  for (const url of ['/services/data/:version', '/services/data/:version/*']) {
    server.route({ method: ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE'], url, handler });
  }
}

function toCall(request: FastifyRequest, reply: FastifyReply, wire: WireContext): WireCall {
  const user = admit(request, reply, wire);
  refuseOtherFormats(request.headers.accept);
  if (request.isMultipart()) throw unsupportedMedia(request.headers['content-type']);
  const { version, segments, query } = splitAddress(request.url);
  return {
    method: overriddenMethod(request.method, query),
    version: parseVersion(version),
    segments,
    params: {},
    query,
    headers: request.headers,
    body: request.body,
    user,
    wire,
  };
}

/** The org answers JSON alone; a client that wants XML and nothing else is told so instead of being given JSON. */
function refuseOtherFormats(accept: string | undefined): void {
  if (accept === undefined || /json|\*\/\*|application\/\*/i.test(accept)) return;
  throw new OrgError('NOT_ACCEPTABLE', `The org cannot answer as ${accept}; ask for application/json`, 406);
}

/** Clients that cannot send PATCH post with `?_HttpMethod=PATCH`. */
const overriddenMethod = (method: string, query: URLSearchParams): string =>
  (method === 'POST' ? query.get('_HttpMethod')?.toUpperCase() : undefined) ?? method;
