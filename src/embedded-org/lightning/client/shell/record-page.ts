import { html, render } from 'lit';
import type { PageComponent, PageRegion, RecordPage } from '../../shell-context.ts';
import { mountActivityPanel } from './activity-panel.ts';
import { mountComponent } from './component-host.ts';
import { mountDetailPanel } from './detail-panel.ts';
import { mountHighlightsPanel } from './highlights-panel.ts';
import { RecordSource } from './record-source.ts';
import { mountTabs } from './tabs.ts';

/** Lays a record page out by its Lightning page and mounts every component in its region. */
export function mountRecordPage(host: HTMLElement, page: RecordPage): void {
  const source = new RecordSource(page);
  render(html`<div class="shell-record-page"></div>`, host);
  const frame = host.firstElementChild as HTMLElement;
  for (const region of page.regions) frame.append(mountRegion(region, page, source));
  void source.load();
}

function mountRegion(region: PageRegion, page: RecordPage, source: RecordSource): HTMLElement {
  const element = document.createElement('div');
  element.className = `shell-region shell-region_${region.name}`;
  element.dataset['region'] = region.name;
  mountAll(element, region.items, page, source);
  return element;
}

function mountAll(parent: HTMLElement, items: readonly PageComponent[], page: RecordPage, source: RecordSource): void {
  for (const item of items) {
    const host = document.createElement('div');
    host.className = 'shell-component';
    host.dataset['component'] = item.name;
    parent.append(host);
    mountItem(host, item, page, source);
  }
}

function mountItem(host: HTMLElement, item: PageComponent, page: RecordPage, source: RecordSource): void {
  switch (item.name) {
    case 'force:highlightsPanel':
      return mountHighlightsPanel(host, page, source);
    case 'force:detailPanel':
      return mountDetailPanel(host, page, source);
    case 'flexipage:tabset':
      return mountTabs(host, item, (panel, tab) => mountAll(panel, tab.children, page, source));
    case 'runtime_sales_activities:activityPanel':
      void mountActivityPanel(host, page);
      return;
    default:
      // Standard components that the local shell does not have leave no gap; ours are mounted or say what is wrong.
      if (!item.name.includes(':') || item.name.startsWith('c:')) void mountComponent(host, item, page);
      else host.remove();
  }
}
