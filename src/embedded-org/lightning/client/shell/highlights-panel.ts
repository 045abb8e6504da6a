import { html, nothing, render } from 'lit';
import type { LayoutItem } from '../../../ui-api/metadata/layout-section.ts';
import type { RecordPage } from '../../shell-context.ts';
import { fieldValue } from './field-value.ts';
import { icon } from './icon.ts';
import type { RecordSource, RecordState } from './record-source.ts';

/** The head of a record page: what it is, its name, and its most telling fields. */
export function mountHighlightsPanel(host: HTMLElement, page: RecordPage, source: RecordSource): void {
  source.subscribe((state) => render(template(page, state), host));
}

const template = (page: RecordPage, state: RecordState) => html`
  <div class="slds-page-header slds-page-header_record-home slds-card_boundary shell-surface">
    <div class="slds-page-header__row">
      <div class="slds-page-header__col-title">
        <div class="slds-media">
          <div class="slds-media__figure">
            <span class=${`slds-icon_container slds-icon-${page.icon.replace(':', '-')}`}>${icon(page.icon, '')}</span>
          </div>
          <div class="slds-media__body">
            <div class="slds-page-header__name">
              <div class="slds-page-header__name-title">
                <h1>
                  <span>${state.kind === 'ready' ? state.info.label : page.objectApiName}</span>
                  <span class="slds-page-header__title slds-truncate">${nameOf(state)}</span>
                </h1>
              </div>
            </div>
          </div>
        </div>
      </div>
    </div>
    <div class="slds-page-header__row slds-page-header__row_gutters">
      <div class="slds-page-header__col-details">
        <ul class="slds-page-header__detail-row">
          ${state.kind === 'ready' ? page.highlights.map((item) => highlight(state, item)) : nothing}
        </ul>
      </div>
    </div>
  </div>
`;

function highlight(state: RecordState & { kind: 'ready' }, { field: name, label }: LayoutItem) {
  const field = state.info.fields[name];
  if (!field) return nothing;
  return html`
    <li class="slds-page-header__detail-block">
      <div class="slds-text-title slds-truncate">${label}</div>
      <div class="slds-truncate">${fieldValue(state.record, field)}</div>
    </li>
  `;
}

function nameOf(state: RecordState): string {
  if (state.kind !== 'ready') return state.kind === 'loading' ? '…' : '';
  const { Name } = state.record.fields;
  return (Name?.value as string | null | undefined) ?? state.record.id;
}
