import { OrgError } from '../../data/org-error.ts';
import { runQuery } from './query-routes.ts';
import type { RestAnswer } from '../../http/rest-call.ts';
import type { WireCall, WireRoute } from '../wire-context.ts';

/** As much of Tooling API as clients ask along the way: queries of setup objects. All else is not found. */
export const toolingRoutes: readonly WireRoute[] = [{ method: 'GET', path: 'tooling/query', handle: queryTooling }];

function queryTooling(call: WireCall): RestAnswer {
  return runQuery(call, false, (objectName) => {
    if (call.wire.org.core.schema.find(objectName)?.setup) return;
    throw new OrgError('INVALID_TYPE', `sObject type '${objectName}' is not supported.`, 400);
  });
}
