import type { Org } from '../data/org-core.ts';
import type { ObjectDef, UserContext } from '../data/types.ts';
import { toId18 } from '../data/ids.ts';
import type { PageAssets } from './compile/page-assets.ts';
import type { Application } from '../ui-api/metadata/read-application.ts';
import { readFlexiPage } from './metadata/read-flexi-page.ts';
import { highlightsOf, readLayout } from '../ui-api/metadata/read-layout.ts';
import { objectIcon } from './pages/icons.ts';
import type { PageRegion, RecordPage, ShellContext } from './shell-context.ts';

/** The record page of an object for which the app has no Lightning page. */
const STANDARD_REGIONS: readonly PageRegion[] = [
  { name: 'header', items: [{ name: 'force:highlightsPanel', properties: {}, children: [] }] },
  { name: 'main', items: [{ name: 'force:detailPanel', properties: {}, children: [] }] },
  { name: 'sidebar', items: [{ name: 'runtime_sales_activities:activityPanel', properties: {}, children: [] }] },
];

/** What the page of a record needs to run; nothing of the record itself, which the page reads as the user. */
export async function readShellContext(
  org: Org,
  user: UserContext,
  application: Application,
  assets: PageAssets,
  {
    object,
    id,
    sandboxGate,
  }: { readonly object: ObjectDef; readonly id: string; readonly sandboxGate: number | undefined },
): Promise<ShellContext> {
  const recordId = toId18(id) ?? id;
  return {
    user: { id: user.userId, name: user.name, username: user.username },
    locale: user.locale.replace('_', '-'),
    language: user.language.replace('_', '-'),
    timeZone: user.timeZone,
    customPermissions: org.metadataNames('CustomPermission').filter((name) => user.access.custom(name)),
    resources: Object.fromEntries(org.metadataNames('StaticResource').map((name) => [name, `/resource/${name}`])),
    components: await assets.components(),
    ...(sandboxGate !== undefined && { sandboxGate }),
    page: {
      type: 'standard__recordPage',
      attributes: { objectApiName: object.name, recordId, actionName: 'view' },
      state: {},
    },
    record: toRecordPage(org, user, application, object, recordId),
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
    icon: objectIcon(object.name),
    flexiPage,
    regions: (flexiPage === undefined ? undefined : readFlexiPage(org, flexiPage)) ?? STANDARD_REGIONS,
    sections,
    highlights: highlightsOf(sections, object),
  };
}
