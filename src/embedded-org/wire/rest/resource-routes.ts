import { basePath, ok, type RestAnswer, type RestCall, type RestRoute } from '../../http/rest-call.ts';

const RESOURCES = [
  'actions',
  'appMenu',
  'composite',
  'jobs',
  'limits',
  'metadata',
  'parameterizedSearch',
  'query',
  'queryAll',
  'quickActions',
  'recent',
  'search',
  'sobjects',
  'tabs',
  'theme',
  'tooling',
];

/** The map of resources, limits, and the smaller resources that clients call along the way. */
export const resourceRoutes: readonly RestRoute[] = [
  { method: 'GET', path: '', handle: resources },
  { method: 'GET', path: 'limits', handle: (call) => ok(call.wire.limits.all()) },
  {
    method: 'GET',
    path: 'composite',
    handle: (call) => ok(namesToUrls(call, 'composite', ['batch', 'graph', 'sobjects', 'tree'])),
  },
];

function resources(call: RestCall): RestAnswer {
  const { instanceUrl, org } = call.wire;
  const identity = `${instanceUrl}/id/${org.core.organizationId}/${call.user.userId}`;
  const urls = Object.fromEntries(RESOURCES.map((name) => [name, `${basePath(call)}/${name}`]));
  return ok({ ...urls, identity });
}

const namesToUrls = (call: RestCall, resource: string, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, `${basePath(call)}/${resource}/${name}`]));
