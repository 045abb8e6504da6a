import type { PageComponent, PageRegion, RecordPage } from '../../shell-context.ts';
import { mountActivityPanel } from './activity-panel.ts';
import { mountComponent } from './component-host.ts';
import { mountDetailPanel } from './detail-panel.ts';
import { mountHighlightsPanel } from './highlights-panel.ts';
import { RecordSource } from './record-source.ts';
import { mountRelatedLists } from './related-lists.ts';
import { mountTabs } from './tabs.ts';

/** The record that a page shows; app and home pages have none. */
type Shown = { readonly page: RecordPage; readonly source: RecordSource };

/** Lays a page out by its Lightning page and mounts every component in its region. */
export function mountPage(host: HTMLElement, regions: readonly PageRegion[], page?: RecordPage): void {
  const shown = page && { page, source: new RecordSource(page) };
  const frame = document.createElement('div');
  frame.className = 'shell-record-page';
  host.append(frame);
  for (const region of regions) frame.append(mountRegion(region, shown));
  void shown?.source.load();
}

function mountRegion(region: PageRegion, shown: Shown | undefined): HTMLElement {
  const element = document.createElement('div');
  element.className = `shell-region shell-region_${region.name}`;
  element.dataset['region'] = region.name;
  mountAll(element, region.items, shown);
  return element;
}

function mountAll(parent: HTMLElement, items: readonly PageComponent[], shown: Shown | undefined): void {
  for (const item of items) {
    const host = document.createElement('div');
    host.className = 'shell-component';
    host.dataset['component'] = item.name;
    parent.append(host);
    mountItem(host, item, shown);
  }
}

function mountItem(host: HTMLElement, item: PageComponent, shown: Shown | undefined): void {
  if (item.name === 'flexipage:tabset')
    return mountTabs(host, item, (panel, tab) => mountAll(panel, tab.children, shown));
  if (shown && mountRecordPanel(host, item, shown)) return;
  // Standard components that the local shell does not have leave no gap; ours are mounted or say what is wrong.
  if (!item.name.includes(':') || item.name.startsWith('c:')) void mountComponent(host, item, shown?.page);
  else host.remove();
}

/** Mounts a standard component of record pages; false for another. */
function mountRecordPanel(host: HTMLElement, item: PageComponent, { page, source }: Shown): boolean {
  switch (item.name) {
    case 'force:highlightsPanel':
      mountHighlightsPanel(host, page, source);
      return true;
    case 'force:detailPanel':
      mountDetailPanel(host, page, source);
      return true;
    case 'runtime_sales_activities:activityPanel':
      void mountActivityPanel(host, page);
      return true;
    case 'force:relatedListContainer':
      void mountRelatedLists(host, page);
      return true;
    case 'force:relatedListSingleContainer':
      void mountRelatedLists(host, page, item.properties['relatedListApiName']);
      return true;
    default:
      return false;
  }
}
