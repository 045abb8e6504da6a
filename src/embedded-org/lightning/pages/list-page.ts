import type { Org } from '../../data/org-core.ts';
import type { ObjectDef, UserContext } from '../../data/types.ts';
import { findListView, listViewsOf } from '../../ui-api/lists/find-list-view.ts';
import { findCustomTab } from '../../ui-api/metadata/read-application.ts';
import { fieldAt } from '../../ui-api/lists/list-condition.ts';
import { countList, type List, type ListRequest, readList } from '../../ui-api/lists/list-records.ts';
import type { ListView } from '../../ui-api/lists/list-view.ts';
import type { FieldValue, RecordRepresentation } from '../../ui-api/record-representation.ts';
import { html, type Html } from './html.ts';
import { icon, iconColor, objectIcon } from './icons.ts';

const ROWS_ON_PAGE = 50;

/** Like the CRM's list views, which count no further. */
const MOST_ROWS = 2_000;

export type ListPageRequest = {
  readonly search: string;
  readonly page: number;
  /** API name of the list view; the one of all records if not given. */
  readonly view: string | undefined;
  /** Field path, with a minus before it for descending order. */
  readonly sortBy: string | undefined;
};

/** The records of a list view that the user may see, with the way to the object's other list views. */
export function listContent(org: Org, user: UserContext, object: ObjectDef, request: ListPageRequest): Html {
  const views = listViewsOf(org, object);
  const view = request.view === undefined ? mostOf(views) : findListView(org, object, request.view);
  const query: ListRequest = {
    fields: [],
    optionalFields: [],
    pageSize: ROWS_ON_PAGE,
    pageToken: String(Math.min(request.page * ROWS_ON_PAGE, MOST_ROWS)),
    searchTerm: request.search,
    sortBy: request.sortBy === undefined ? [] : [request.sortBy],
    where: undefined,
  };
  const list = readList(org, user, view, query);
  const total = countList(org, user, view, query, MOST_ROWS + 1);
  return html`
    ${header(object, objectIcon(object.name, findCustomTab(org, object.name)?.motif), views, view, request, list, total)}
    <div class="shell-table">
      ${list.records.records.length === 0 ? empty : table(org, object, list, view, request)}
    </div>
    ${pager(view, request, Math.min(total, MOST_ROWS))}
  `;
}

/** The list view that shows the most. */
function mostOf(views: readonly ListView[]): ListView {
  const all = views.find((view) => view.name.startsWith('All')) ?? views[0];
  if (!all) throw new Error('Every object has a list view.');
  return all;
}

const empty = html`<p class="slds-p-around_large slds-text-align_center slds-text-color_weak">No items to display.</p>`;

function header(
  object: ObjectDef,
  iconName: string,
  views: readonly ListView[],
  view: ListView,
  { search }: ListPageRequest,
  { info, records }: List,
  total: number,
): Html {
  const count = total > MOST_ROWS ? `${MOST_ROWS.toLocaleString('en')}+` : String(total);
  const [sorted = ''] = records.sortBy;
  const path = sorted.replace('-', '');
  const label = info.displayColumns.find(({ fieldApiName }) => fieldApiName === path)?.label ?? path;
  return html`
    <div class="slds-page-header slds-page-header_object-home slds-card_boundary shell-surface shell-list-header">
      <div class="slds-media slds-media_center">
        <div class="slds-media__figure">
          <span class="slds-icon_container ${iconColor(iconName)}">${icon(iconName, '')}</span>
        </div>
        <div class="slds-media__body">
          <p class="slds-page-header__meta-text">${object.labelPlural}</p>
          ${picker(views, view)}
          <p class="slds-page-header__meta-text">
            ${count} items${search && html` that match “${search}”`}${label && html` · sorted by ${label}`}
          </p>
        </div>
        <form class="shell-list-search" role="search">
          <input type="hidden" name="filterName" value="${view.name}" />
          <input
            class="slds-input"
            type="search"
            name="q"
            value="${search}"
            placeholder="Search this list…"
            aria-label="Search this list"
          />
        </form>
      </div>
    </div>
  `;
}

const picker = (views: readonly ListView[], open: ListView): Html => html`
  <details class="shell-list-views">
    <summary>
      <h1><span class="slds-page-header__title">${open.label}</span></h1>
      ${icon('utility:down', 'slds-icon_xx-small slds-icon-text-default')}
      <span class="slds-assistive-text">Select a list view</span>
    </summary>
    <ul aria-label="List views">
      ${views.map(
        ({ name, label }) => html`
          <li>
            <a href="?${toQuery({ filterName: name })}" ${name === open.name && html`aria-current="page"`}>${label}</a>
          </li>
        `,
      )}
    </ul>
  </details>
`;

function table(org: Org, object: ObjectDef, list: List, view: ListView, request: ListPageRequest): Html {
  const columns = list.info.displayColumns;
  const [sorted = ''] = list.records.sortBy;
  return html`
    <table class="slds-table slds-table_bordered slds-table_cell-buffer">
      <thead>
        <tr class="slds-line-height_reset">
          ${columns.map(({ fieldApiName: path, label, sortable }) => {
            const next = sorted === path ? `-${path}` : path;
            const query = toQuery({ filterName: view.name, q: request.search, sortBy: next });
            const order = sorted === path ? 'ascending' : sorted === `-${path}` ? 'descending' : 'none';
            const name = sortable ? html`<a href="?${query}">${label}</a>` : label;
            return html`<th scope="col" aria-sort="${order}"><div class="slds-truncate">${name}</div></th>`;
          })}
        </tr>
      </thead>
      <tbody>
        ${list.records.records.map(
          (record) =>
            html`<tr class="slds-hint-parent">
              ${columns.map(({ fieldApiName: path }) => cell(org, object, record, path))}
            </tr>`,
        )}
      </tbody>
    </table>
  `;
}

function cell(org: Org, object: ObjectDef, record: RecordRepresentation, path: string): Html {
  const { text, parent } = valueAt(record, path);
  const field = fieldAt(org.core.schema, object, path);
  const target = !parent && field?.nameField ? record : parent;
  if (!target || target.apiName === 'User' || target.apiName === 'Group')
    return html`<td><div class="slds-truncate" title="${text}">${text}</div></td>`;
  const link = html`<a href="/lightning/r/${target.apiName}/${target.id}/view">${text}</a>`;
  const content = html`<div class="slds-truncate" title="${text}">${link}</div>`;
  return parent ? html`<td>${content}</td>` : html`<th scope="row">${content}</th>`;
}

/** The text at a path, and the record that the path leads to where it goes beyond the row. */
function valueAt(
  record: RecordRepresentation,
  path: string,
): { readonly text: string; readonly parent?: RecordRepresentation } {
  const [step = '', ...rest] = path.split('.');
  const found: FieldValue | undefined = record.fields[step];
  if (rest.length > 0) {
    if (!found?.value) return { text: '' };
    const parent = found.value as RecordRepresentation;
    return { text: valueAt(parent, rest.join('.')).text, parent };
  }
  if (typeof found?.value === 'boolean') return { text: found.value ? '✓' : '' };
  return { text: found?.displayValue ?? String((found?.value as string | number | null | undefined) ?? '') };
}

function pager(view: ListView, { search, page, sortBy }: ListPageRequest, total: number): Html | undefined {
  const last = Math.ceil(total / ROWS_ON_PAGE) - 1;
  if (last < 1) return undefined;
  const link = (to: number, label: string): Html =>
    to < 0 || to > last
      ? html`<span class="slds-button slds-button_neutral" aria-disabled="true">${label}</span>`
      : html`<a
          class="slds-button slds-button_neutral"
          href="?${toQuery({ filterName: view.name, q: search, page: String(to), sortBy })}"
          >${label}</a
        >`;
  return html`
    <nav class="shell-pager" aria-label="Pages">
      ${link(page - 1, 'Previous')}
      <span>${page * ROWS_ON_PAGE + 1}–${Math.min(total, (page + 1) * ROWS_ON_PAGE)} of ${total}</span>
      ${link(page + 1, 'Next')}
    </nav>
  `;
}

function toQuery(values: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(values).flatMap(([name, value]) => (value ? [[name, value] as [string, string]] : []));
  return new URLSearchParams(given).toString();
}
