import type { Org } from '../../data/org-core.ts';
import type { UserContext } from '../../data/types.ts';
import { UI_API_VERSION } from '../read-record.ts';
import { childrenOf, parseMetadata, textOf, textsOf } from './parse-metadata.ts';

export type Application = {
  readonly label: string;
  readonly tabs: readonly Tab[];
  /** Lightning page that shows records of an object. */
  readonly recordPages: ReadonlyMap<string, string>;
  /** Lightning page that stands in for the home page. */
  readonly homePage: string | undefined;
};

export type Tab = { readonly label: string; readonly url: string; readonly objectName: string | undefined };

/** What a user sees who may use no deployed app. */
const STANDARD_TABS = ['standard-home', 'standard-Lead', 'standard-Contact', 'standard-Account', 'standard-Campaign'];

/** The first deployed app that the user may use, with the tabs that the user may see; else the standard one. */
export function readApplication(org: Org, user: UserContext): Application {
  for (const name of visibleApplications(org, user)) {
    const [file] = org.metadataFiles('CustomApplication', name).values();
    if (!file) continue;
    const node = parseMetadata(file);
    const tabs = textsOf(node, 'tabs');
    const pages = childrenOf(node, 'actionOverrides').filter(
      (each) => textOf(each, 'type')?.toLowerCase() === 'flexipage',
    );
    const overrides = pages.filter((each) => textOf(each, 'actionName') === 'View');
    const home = pages.find((each) => textOf(each, 'pageOrSobjectType') === 'standard-home');
    return {
      label: textOf(node, 'label') ?? name,
      tabs: toTabs(org, user, tabs),
      recordPages: new Map(
        overrides.map((each) => [textOf(each, 'pageOrSobjectType') ?? '', textOf(each, 'content') ?? '']),
      ),
      homePage: home && textOf(home, 'content'),
    };
  }
  return { label: 'Sales', tabs: toTabs(org, user, STANDARD_TABS), recordPages: new Map(), homePage: undefined };
}

/** Deployed apps that a permission set of the user makes visible. */
function visibleApplications(org: Org, user: UserContext): readonly string[] {
  const soql = `SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE AssigneeId = '${user.userId}'`;
  const rows = org.query(org.system(), soql, { includeDeleted: false, apiVersion: UI_API_VERSION }).page(0, 2_000);
  const visible = new Set(
    rows.flatMap((row) => applicationsOf(org, String((row['PermissionSet'] as { Name?: string } | null)?.Name))),
  );
  return org.metadataNames('CustomApplication').filter((name) => visible.has(name));
}

function applicationsOf(org: Org, permissionSet: string): readonly string[] {
  const [file] = org.metadataFiles('PermissionSet', permissionSet).values();
  if (!file) return [];
  return childrenOf(parseMetadata(file), 'applicationVisibilities')
    .filter((each) => textOf(each, 'visible') === 'true')
    .map((each) => textOf(each, 'application') ?? '');
}

function toTabs(org: Org, user: UserContext, names: readonly string[]): readonly Tab[] {
  return names.flatMap((name) => {
    if (name === 'standard-home') return { label: 'Home', url: '/lightning/page/home', objectName: undefined };
    const custom = findCustomTab(org, name);
    if (custom && !custom.customObject)
      return { label: custom.label, url: `/lightning/n/${name}`, objectName: undefined };
    const object = org.core.schema.find(name.replace(/^standard-/, ''));
    if (!object || !user.access.object(object.name).read) return [];
    return { label: object.labelPlural, url: `/lightning/o/${object.name}/list`, objectName: object.name };
  });
}

/** A deployed tab: what it shows, and its label. */
export type CustomTab = {
  readonly label: string;
  readonly customObject: boolean;
  readonly flexiPage: string | undefined;
  readonly component: string | undefined;
};

export function findCustomTab(org: Org, name: string): CustomTab | undefined {
  const [file] = org.metadataFiles('CustomTab', name).values();
  if (!file) return undefined;
  const node = parseMetadata(file);
  return {
    label: textOf(node, 'label') ?? name.replaceAll('_', ' '),
    customObject: textOf(node, 'customObject') === 'true',
    flexiPage: textOf(node, 'flexiPage'),
    component: textOf(node, 'lwcComponent'),
  };
}
