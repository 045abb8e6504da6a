import { componentRecords } from '../metadata/component-store.ts';
import { etagOf } from './etag.ts';
import { type Application, readApplications, type Tab } from './metadata/read-application.ts';
import { notFound, ok, param, type UiCall, type UiRoute, uiPath } from './ui-route.ts';

/** Deployed apps that the user may use, and the tabs of the first, which is the one that pages show. */
export const appRoutes: readonly UiRoute[] = [
  { method: 'GET', path: 'apps', handle: (call) => ok({ apps: appsOf(call) }) },
  { method: 'GET', path: 'apps/selected', handle: (call) => ok(appsOf(call)[0] ?? refuse()) },
  {
    method: 'GET',
    path: 'apps/:id',
    handle: (call) => ok(appsOf(call).find(({ appId }) => appId === param(call, 'id')) ?? refuse()),
  },
  { method: 'GET', path: 'nav-items', handle: (call) => ok(navItemsOf(call)) },
];

function refuse(): never {
  throw notFound();
}

type App = Readonly<Record<string, unknown>> & { readonly appId: string };

function appsOf({ org, user }: UiCall): readonly App[] {
  const ids = new Map(componentRecords(org.core, 'CustomApplication').map(({ fullName, id }) => [fullName, id]));
  return readApplications(org, user).map((application, index) => {
    const body = {
      appId: ids.get(application.developerName) ?? '',
      developerName: application.developerName,
      label: application.label,
      navItems: toNavItems(application),
      selected: index === 0,
      startUrl: application.tabs[0]?.url ?? null,
    };
    return { ...body, eTag: etagOf(body) };
  });
}

function navItemsOf(call: UiCall): unknown {
  const [application] = readApplications(call.org, call.user);
  const navItems = application ? toNavItems(application) : [];
  return { currentPageUrl: uiPath(call, 'nav-items'), eTag: etagOf(navItems), navItems, nextPageUrl: null };
}

const toNavItems = ({ tabs }: Application): readonly object[] => tabs.map(toNavItem);

function toNavItem({ developerName, label, objectName, url }: Tab): object {
  const page =
    objectName === undefined
      ? { type: 'standard__navItemPage', attributes: { apiName: developerName } }
      : { type: 'standard__objectPage', attributes: { objectApiName: objectName, actionName: 'home' } };
  return {
    availableInClassic: false,
    availableInLightning: true,
    content: url,
    custom: !developerName.startsWith('standard-'),
    developerName,
    itemType: objectName === undefined ? 'Standard' : 'Entity',
    label,
    objectApiName: objectName ?? null,
    pageReference: { ...page, state: {} },
    standardType: null,
  };
}
