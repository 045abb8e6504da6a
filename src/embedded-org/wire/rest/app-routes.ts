import { readApplication } from '../../ui-api/metadata/read-application.ts';
import { allOf, parseXml, textOf } from '../../metadata/xml-element.ts';
import { basePath, notFound, ok, param, type RestAnswer, type RestCall, type RestRoute } from '../../http/rest-call.ts';
import { objectOf } from './sobject-routes.ts';

/** What the user's app shows: its tabs, its name, and the actions deployed for records. */
export const appRoutes: readonly RestRoute[] = [
  { method: 'GET', path: 'tabs', handle: tabs },
  { method: 'GET', path: 'theme', handle: theme },
  { method: 'GET', path: 'appMenu/AppSwitcher', handle: appMenu },
  { method: 'GET', path: 'quickActions', handle: (call) => ok(quickActions(call, undefined)) },
  {
    method: 'GET',
    path: 'sobjects/:object/quickActions',
    handle: (call) => ok(quickActions(call, objectOf(call).name)),
  },
  { method: 'GET', path: 'sobjects/:object/quickActions/:action', handle: quickAction },
];

function tabs(call: RestCall): RestAnswer {
  const { org, instanceUrl } = call.wire;
  return ok(
    readApplication(org, call.user).tabs.map(({ label, url, objectName }) => ({
      colors: [],
      custom: objectName !== undefined && (org.core.schema.find(objectName)?.custom ?? false),
      iconUrl: null,
      icons: [],
      label,
      miniIconUrl: null,
      name: objectName === undefined ? 'standard-home' : tabName(call, objectName),
      sobjectName: objectName ?? null,
      url: instanceUrl + url,
    })),
  );
}

const tabName = (call: RestCall, objectName: string): string =>
  call.wire.org.core.schema.find(objectName)?.custom ? objectName : `standard-${objectName}`;

/** Objects that have tabs; the org draws no icons of its own and gives no colours. */
function theme(call: RestCall): RestAnswer {
  const names = readApplication(call.wire.org, call.user).tabs.flatMap(({ objectName }) => objectName ?? []);
  return ok({ themeItems: names.map((name) => ({ colors: [], icons: [], name })) });
}

function appMenu(call: RestCall): RestAnswer {
  const { label } = readApplication(call.wire.org, call.user);
  const item = {
    colors: null,
    content: null,
    icons: null,
    label,
    type: 'Tabset',
    url: `${call.wire.instanceUrl}/lightning/page/home`,
  };
  return ok({ appMenuItems: [item] });
}

type QuickAction = { readonly fullName: string } & Readonly<Record<string, unknown>>;

/** Actions deployed for an object, or without one for the whole org. */
function quickActions(call: RestCall, objectName: string | undefined): readonly QuickAction[] {
  const { org } = call.wire;
  const wanted = org.metadataNames('QuickAction').filter((name) => objectOfAction(name) === objectName?.toLowerCase());
  return wanted.flatMap((fullName) => {
    const [file] = org.metadataFiles('QuickAction', fullName).values();
    if (!file) return [];
    const root = parseXml(file);
    const [node = root] = allOf(root, 'QuickAction');
    const base = objectName === undefined ? basePath(call) : `${basePath(call)}/sobjects/${objectName}`;
    return [
      {
        fullName,
        label: textOf(node, 'label') ?? fullName,
        name: fullName,
        type: textOf(node, 'type') ?? '',
        urls: { quickAction: `${base}/quickActions/${fullName.slice(fullName.indexOf('.') + 1)}` },
      },
    ];
  });
}

function quickAction(call: RestCall): RestAnswer {
  const object = objectOf(call).name;
  const name = param(call, 'action').toLowerCase();
  const found = quickActions(call, object).find(
    ({ fullName }) => fullName.toLowerCase() === `${object}.${name}`.toLowerCase(),
  );
  if (!found) throw notFound();
  return ok(found);
}

const objectOfAction = (fullName: string): string | undefined =>
  fullName.includes('.') ? fullName.slice(0, fullName.indexOf('.')).toLowerCase() : undefined;
