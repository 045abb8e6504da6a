import type { Org } from '../data/org-core.ts';
import type { ObjectDef, UserContext } from '../data/types.ts';
import type { PageAssets } from './compile/page-assets.ts';
import { type Application, findCustomTab } from '../ui-api/metadata/read-application.ts';
import { readFlexiPage } from './metadata/read-flexi-page.ts';
import { highlightsOf, readLayout } from '../ui-api/metadata/read-layout.ts';
import { objectIcon } from './pages/icons.ts';
import type { PageReference, PageRegion, RecordPage, ShellContext } from './shell-context.ts';

/** The record page of an object for which the app has no Lightning page. */
const STANDARD_REGIONS: readonly PageRegion[] = [
  { name: 'header', items: [{ name: 'force:highlightsPanel', properties: {}, children: [] }] },
  { name: 'main', items: [{ name: 'force:detailPanel', properties: {}, children: [] }] },
  {
    name: 'sidebar',
    items: ['runtime_sales_activities:activityPanel', 'force:relatedListContainer'].map((name) => ({
      name,
      properties: {},
      children: [],
    })),
  },
];

/** What a page shows that runs components: a record, or the regions of an app or home page. */
export type ComponentPage = {
  readonly page: PageReference;
  readonly record?: { readonly object: ObjectDef; readonly id: string };
  readonly regions?: readonly PageRegion[];
  readonly sandboxGate: number | undefined;
};

/** What a page needs to run; nothing of any record, which the page reads as the user. */
export async function readShellContext(
  org: Org,
  user: UserContext,
  application: Application,
  assets: PageAssets,
  { page, record, regions, sandboxGate }: ComponentPage,
): Promise<ShellContext> {
  return {
    user: { id: user.userId, name: user.name, username: user.username },
    locale: user.locale.replaceAll('_', '-'),
    language: user.language.replace('_', '-'),
    timeZone: user.timeZone,
    customPermissions: org.metadataNames('CustomPermission').filter((name) => user.access.custom(name)),
    resources: Object.fromEntries(org.metadataNames('StaticResource').map((name) => [name, `/resource/${name}`])),
    components: await assets.components(),
    ...(sandboxGate !== undefined && { sandboxGate }),
    page,
    ...(record && { record: toRecordPage(org, user, application, record.object, record.id) }),
    ...(regions && { regions }),
  };
}

function toRecordPage(
  org: Org,
  user: UserContext,
  application: Application,
  object: ObjectDef,
  recordId: string,
): RecordPage {
  const flexiPage = application.recordPages.get(object.name);
  const sections = readLayout(org, user, object);
  return {
    objectApiName: object.name,
    recordId,
    icon: objectIcon(object.name, findCustomTab(org, object.name)?.motif),
    flexiPage,
    regions: (flexiPage === undefined ? undefined : readFlexiPage(org, flexiPage)) ?? STANDARD_REGIONS,
    sections,
    highlights: highlightsOf(sections, object),
  };
}
