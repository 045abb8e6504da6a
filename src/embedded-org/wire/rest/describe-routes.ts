import { header, ok, type RestAnswer } from '../../http/rest-call.ts';
import { objectOf } from './sobject-routes.ts';
import type { WireCall, WireRoute } from '../wire-context.ts';

/** What objects there are and what they look like; answered with 304 to clients that know it already. */
export const describeRoutes: readonly WireRoute[] = [
  {
    method: 'GET',
    path: 'sobjects',
    handle: (call) => sinceModified(call, '', call.wire.org.describeGlobal(call.user, call.version)),
  },
  {
    method: 'GET',
    path: 'sobjects/:object/describe',
    handle: (call) => {
      const { name } = objectOf(call);
      return sinceModified(call, name, call.wire.org.describe(call.user, name, call.version));
    },
  },
];

function sinceModified(call: WireCall, objectName: string, body: Record<string, unknown>): RestAnswer {
  const key = `${call.user.userId} ${call.version} ${objectName}`;
  const changedAt = call.wire.describeStamps.changedAt(key, JSON.stringify(body));
  const known = Date.parse(header(call, 'if-modified-since') ?? '');
  const headers = { 'last-modified': new Date(changedAt).toUTCString() };
  return known >= changedAt ? { status: 304, headers } : { ...ok(body), headers };
}
