import type { Org } from '../../data/org-core.ts';
import type { UserContext } from '../../data/types.ts';
import { UI_API_VERSION } from '../read-record.ts';
import { allOf, parseXml, textOf, textsOf } from '../../metadata/xml-element.ts';

export type Application = {
  readonly developerName: string;
  readonly label: string;
  readonly tabs: readonly Tab[];
  /** Lightning page that shows records of an object. */
  readonly recordPages: ReadonlyMap<string, string>;
  /** Lightning page that stands in for the home page. */
  readonly homePage: string | undefined;
};

export type Tab = {
  readonly developerName: string;
  readonly label: string;
  readonly url: string;
  readonly objectName: string | undefined;
  /** The look that a deployed tab gives its object, e.g. `Custom18: Form`. */
  readonly motif: string | undefined;
};

const HOME_URL = '/lightning/page/home';

/** What a user sees who may use no deployed app. */
const STANDARD_TABS = ['standard-home', 'standard-Lead', 'standard-Contact', 'standard-Account', 'standard-Campaign'];

/** The first deployed app that the user may use, with the tabs that the user may see; else the standard one. */
export function readApplication(org: Org, user: UserContext): Application {
  return (
    readApplications(org, user)[0] ?? {
      developerName: 'standard__Sales',
      label: 'Sales',
      tabs: toTabs(org, user, STANDARD_TABS),
      recordPages: new Map(),
      homePage: undefined,
    }
  );
}

/** The deployed apps that the user may use. */
export const readApplications = (org: Org, user: UserContext): readonly Application[] =>
  visibleApplications(org, user).flatMap((name) => {
    const [file] = org.metadataFiles('CustomApplication', name).values();
    return file ? [toApplication(org, user, name, file)] : [];
  });

function toApplication(org: Org, user: UserContext, name: string, file: Uint8Array): Application {
  const node = parseXml(file);
  const pages = allOf(node, 'actionOverrides').filter((each) => textOf(each, 'type')?.toLowerCase() === 'flexipage');
  const overrides = pages.filter((each) => textOf(each, 'actionName') === 'View');
  const home = pages.find((each) => textOf(each, 'pageOrSobjectType') === 'standard-home');
  return {
    developerName: name,
    label: textOf(node, 'label') ?? name,
    tabs: toTabs(org, user, textsOf(node, 'tabs')),
    recordPages: new Map(
      overrides.map((each) => [textOf(each, 'pageOrSobjectType') ?? '', textOf(each, 'content') ?? '']),
    ),
    homePage: home && textOf(home, 'content'),
  };
}

/** Deployed apps that a permission set of the user makes visible. */
function visibleApplications(org: Org, user: UserContext): readonly string[] {
  const soql = `SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE AssigneeId = '${user.userId}'
    AND PermissionSet.HasActivationRequired = false`;
  const rows = org.query(org.system(), soql, { includeDeleted: false, apiVersion: UI_API_VERSION }).page(0, 2_000);
  const visible = new Set(
    rows.flatMap((row) => applicationsOf(org, String((row['PermissionSet'] as { Name?: string } | null)?.Name))),
  );
  return org.metadataNames('CustomApplication').filter((name) => visible.has(name));
}

function applicationsOf(org: Org, permissionSet: string): readonly string[] {
  const [file] = org.metadataFiles('PermissionSet', permissionSet).values();
  if (!file) return [];
  return allOf(parseXml(file), 'applicationVisibilities')
    .filter((each) => textOf(each, 'visible') === 'true')
    .map((each) => textOf(each, 'application') ?? '');
}

function toTabs(org: Org, user: UserContext, names: readonly string[]): readonly Tab[] {
  return names.flatMap((name) => {
    if (name === 'standard-home')
      return { developerName: name, label: 'Home', url: HOME_URL, objectName: undefined, motif: undefined };
    const custom = findCustomTab(org, name);
    const motif = custom?.motif;
    if (custom && !custom.customObject)
      return { developerName: name, label: custom.label, url: `/lightning/n/${name}`, objectName: undefined, motif };
    const object = org.core.schema.find(name.replace(/^standard-/, ''));
    if (!object || !user.access.object(object.name).read) return [];
    const url = `/lightning/o/${object.name}/list`;
    return { developerName: name, label: object.labelPlural, url, objectName: object.name, motif };
  });
}

/** A deployed tab: what it shows, and its label. */
export type CustomTab = {
  readonly label: string;
  readonly customObject: boolean;
  readonly flexiPage: string | undefined;
  readonly component: string | undefined;
  readonly motif: string | undefined;
};

export function findCustomTab(org: Org, name: string): CustomTab | undefined {
  const [file] = org.metadataFiles('CustomTab', name).values();
  if (!file) return undefined;
  const node = parseXml(file);
  return {
    label: textOf(node, 'label') ?? name.replaceAll('_', ' '),
    customObject: textOf(node, 'customObject') === 'true',
    flexiPage: textOf(node, 'flexiPage'),
    component: textOf(node, 'lwcComponent'),
    motif: textOf(node, 'motif'),
  };
}
