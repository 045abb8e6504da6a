import { html, render, type TemplateResult } from 'lit';
import type { RecordPage } from '../../shell-context.ts';
import { callApi, type FetchError } from '../api.ts';
import type { UiRecord } from '../platform/ui-record-api.ts';
import { onRecordChange } from '../record-changes.ts';

type Summary = { readonly relatedListId: string; readonly label: string };

type Column = { readonly fieldApiName: string; readonly label: string; readonly lookupId: string | null };

type RelatedList = {
  readonly label: string;
  readonly columns: readonly Column[];
  readonly records: readonly UiRecord[];
  readonly more: boolean;
};

/** Like the CRM's own, a related list of a page shows the first few records only. */
const SHOWN = 6;

/** The related lists of the record, or one of them, each with the records that the user may see. */
export async function mountRelatedLists(host: HTMLElement, page: RecordPage, only?: string): Promise<void> {
  const show = async (): Promise<void> => {
    try {
      render((await readLists(page, only)).map(card), host);
    } catch (error) {
      const reason = (error as FetchError).body?.message ?? String(error);
      render(html`<p class="slds-card slds-p-around_medium" role="alert">Related lists: ${reason}</p>`, host);
    }
  };
  onRecordChange(() => void show());
  await show();
}

async function readLists(page: RecordPage, only: string | undefined): Promise<readonly RelatedList[]> {
  const path = `related-list-info/${page.objectApiName}`;
  const { relatedLists } = (await callApi('GET', path)) as { relatedLists: readonly Summary[] };
  const wanted = relatedLists.filter(({ relatedListId }) => only === undefined || relatedListId === only);
  return Promise.all(wanted.map((list) => readList(page, list)));
}

async function readList(page: RecordPage, { relatedListId, label }: Summary): Promise<RelatedList> {
  const [info, records] = await Promise.all([
    callApi('GET', `related-list-info/${page.objectApiName}/${relatedListId}`),
    callApi('GET', `related-list-records/${page.recordId}/${relatedListId}?pageSize=${SHOWN}`),
  ]);
  const { displayColumns: columns } = info as { displayColumns: readonly Column[] };
  const { records: rows, nextPageToken } = records as { records: readonly UiRecord[]; nextPageToken: string | null };
  return { label, columns, records: rows, more: nextPageToken !== null };
}

const card = ({ label, columns, records, more }: RelatedList): TemplateResult => html`
  <article class="slds-card slds-card_boundary" data-related-list=${label}>
    <div class="slds-card__header slds-grid">
      <h2 class="slds-card__header-title">${label} (${records.length}${more ? '+' : ''})</h2>
    </div>
    ${records.length > 0 ? html`<div class="slds-card__body shell-related">${table(columns, records)}</div>` : ''}
  </article>
`;

const table = (columns: readonly Column[], records: readonly UiRecord[]): TemplateResult => html`
  <table class="slds-table slds-table_bordered slds-table_cell-buffer">
    <thead>
      <tr class="slds-line-height_reset">
        ${columns.map(({ label }) => html`<th scope="col"><div class="slds-truncate">${label}</div></th>`)}
      </tr>
    </thead>
    <tbody>
      ${records.map(
        (record) =>
          html`<tr>
            ${columns.map((column) => html`<td>${cell(record, column)}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>
`;

/** A column's value; the name of a record leads to it. */
function cell(record: UiRecord, { fieldApiName, lookupId }: Column): TemplateResult {
  const { owner, text } = valueAt(record, fieldApiName.split('.'));
  const links = lookupId !== null && text !== '' && !['User', 'Group'].includes(owner.apiName);
  const content = links ? html`<a href=${`/lightning/r/${owner.apiName}/${owner.id}/view`}>${text}</a>` : text;
  return html`<div class="slds-truncate" title=${text}>${content}</div>`;
}

/** The text at a path, and the record whose field it is. */
function valueAt(record: UiRecord, path: readonly string[]): { readonly owner: UiRecord; readonly text: string } {
  const [step = '', ...rest] = path;
  const { value = null, displayValue = null } = record.fields[step] ?? {};
  if (rest.length > 0) return value === null ? { owner: record, text: '' } : valueAt(value as UiRecord, rest);
  return { owner: record, text: displayValue ?? String((value as string | number | boolean | null) ?? '') };
}
