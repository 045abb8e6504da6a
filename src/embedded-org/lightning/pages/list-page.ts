import type { Org } from '../../data/org-core.ts';
import type { FieldDef, ObjectDef, UserContext, Value } from '../../data/types.ts';
import { toDisplayValue } from '../../ui-api/display-value.ts';
import { isReadable } from '../../ui-api/field-tree.ts';
import { UI_API_VERSION } from '../../ui-api/read-record.ts';
import { soqlContains } from '../../ui-api/soql-literal.ts';
import { labelOn } from '../../ui-api/metadata/read-layout.ts';
import { html, type Html } from './html.ts';
import { icon, objectIcon } from './icons.ts';

const ROWS_ON_PAGE = 50;

/** Like the CRM's list views, which count no further. */
const MOST_ROWS = 2_000;

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  Lead: ['Name', 'Company', 'Status', 'Accord_Stage__c', 'OwnerId', 'CreatedDate'],
  Contact: ['Name', 'AccountId', 'Title', 'Phone', 'Email', 'OwnerId'],
  Campaign: ['Name', 'Type', 'Status', 'StartDate', 'EndDate', 'OwnerId'],
};

export type ListRequest = { readonly search: string; readonly page: number };

/** The records of an object that the user may see, the latest first. */
export function listContent(org: Org, user: UserContext, object: ObjectDef, request: ListRequest): Html {
  const columns = columnsOf(org, user, object);
  const { rows, total } = readRows(org, user, object, columns, request);
  const count = total > MOST_ROWS ? `${MOST_ROWS.toLocaleString('en')}+` : String(total);
  return html`
    <div class="slds-page-header slds-page-header_object-home slds-card_boundary shell-surface shell-list-header">
      <div class="slds-media slds-media_center">
        <div class="slds-media__figure">
          <span class="slds-icon_container slds-icon-standard-${objectIcon(object.name)}"
            >${icon(`standard:${objectIcon(object.name)}`, '')}</span
          >
        </div>
        <div class="slds-media__body">
          <h1><span class="slds-page-header__title">${object.labelPlural}</span></h1>
          <p class="slds-page-header__meta-text">
            ${count} items${request.search && html` that match “${request.search}”`} · newest first
          </p>
        </div>
        <form class="shell-list-search" role="search">
          <input
            class="slds-input"
            type="search"
            name="q"
            value="${request.search}"
            placeholder="Search this list…"
            aria-label="Search this list"
          />
        </form>
      </div>
    </div>
    <div class="shell-table">${rows.length === 0 ? empty : table(columns, rows, object, user)}</div>
    ${pager(request, Math.min(total, MOST_ROWS))}
  `;
}

const empty = html`<p class="slds-p-around_large slds-text-align_center slds-text-color_weak">No items to display.</p>`;

function columnsOf(org: Org, user: UserContext, object: ObjectDef): readonly FieldDef[] {
  const names = COLUMNS[object.name] ?? defaultColumns(object);
  return names.flatMap((name) => {
    const field = org.core.schema.field(object, name);
    return field && isReadable(user, object, field) ? [field] : [];
  });
}

function defaultColumns(object: ObjectDef): readonly string[] {
  const fields = object.fields.filter((field) => field.custom && field.type !== 'textarea').slice(0, 5);
  return [
    ...object.fields.filter((field) => field.nameField).map((field) => field.name),
    ...fields.map((field) => field.name),
  ];
}

type Row = Readonly<Record<string, unknown>>;

function readRows(org: Org, user: UserContext, object: ObjectDef, columns: readonly FieldDef[], request: ListRequest) {
  const select = columns.map((field) =>
    nameOf(org, field) ? `${field.relationshipName}.Name, ${field.name}` : field.name,
  );
  const searched = columns.filter((field) => ['string', 'email', 'phone'].includes(field.type) && field.filterable);
  const where =
    request.search === '' ? [] : searched.map((field) => `${field.name} LIKE ${soqlContains(request.search)}`);
  const soql = [
    `SELECT ${[...new Set(['Id', ...select])].join(', ')} FROM ${object.name}`,
    where.length > 0 ? `WHERE ${where.join(' OR ')}` : '',
    `ORDER BY CreatedDate DESC, Id DESC LIMIT ${MOST_ROWS + 1}`,
  ].join(' ');
  const result = org.query(user, soql, { includeDeleted: false, apiVersion: UI_API_VERSION });
  const rows = result.page(request.page * ROWS_ON_PAGE, ROWS_ON_PAGE) as readonly Row[];
  return { rows, total: result.totalSize };
}

/** Whether a reference leads to objects that have a name to show. */
function nameOf(org: Org, field: FieldDef): boolean {
  return (
    field.relationshipName !== undefined &&
    (field.referenceTo ?? []).some((name) => org.core.schema.find(name)?.fields.some((each) => each.name === 'Name'))
  );
}

const table = (columns: readonly FieldDef[], rows: readonly Row[], object: ObjectDef, user: UserContext): Html => html`
  <table class="slds-table slds-table_bordered slds-table_cell-buffer">
    <thead>
      <tr class="slds-line-height_reset">
        ${columns.map((field) => html`<th scope="col"><div class="slds-truncate">${labelOn(object, field)}</div></th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr class="slds-hint-parent">
            ${columns.map((field) => cell(field, row, object, user))}
          </tr>`,
      )}
    </tbody>
  </table>
`;

function cell(field: FieldDef, row: Row, object: ObjectDef, user: UserContext): Html {
  const text = cellText(field, row, user);
  if (!field.nameField) return html`<td><div class="slds-truncate" title="${text}">${text}</div></td>`;
  return html`
    <th scope="row">
      <div class="slds-truncate" title="${text}">
        <a href="/lightning/r/${object.name}/${row['Id'] as string}/view">${text}</a>
      </div>
    </th>
  `;
}

function cellText(field: FieldDef, row: Row, user: UserContext): string {
  const parent = row[field.relationshipName ?? ''] as { readonly Name?: string | null } | null | undefined;
  if (parent) return parent.Name ?? '';
  const value = row[field.name] as Value | undefined;
  if (field.type === 'boolean') return value === true ? '✓' : '';
  return toDisplayValue(field, value, user) ?? String(value ?? '');
}

function pager({ search, page }: ListRequest, total: number): Html | undefined {
  const last = Math.ceil(total / ROWS_ON_PAGE) - 1;
  if (last < 1) return undefined;
  const link = (to: number, label: string): Html =>
    to < 0 || to > last
      ? html`<span class="slds-button slds-button_neutral" aria-disabled="true">${label}</span>`
      : html`<a
          class="slds-button slds-button_neutral"
          href="?${new URLSearchParams({ q: search, page: String(to) }).toString()}"
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
