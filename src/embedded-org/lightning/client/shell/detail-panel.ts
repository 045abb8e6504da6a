import { html, nothing, render, type TemplateResult } from 'lit';
import type { LayoutItem } from '../../../ui-api/metadata/layout-section.ts';
import type { RecordPage } from '../../shell-context.ts';
import type { FetchError } from '../api.ts';
import { readPicklistValues, type FieldInfo, type PicklistValues } from '../platform/ui-object-info-api.ts';
import { updateRecord } from '../platform/ui-record-api.ts';
import { fieldInput, type FieldInput } from './field-input.ts';
import { fieldValue } from './field-value.ts';
import { icon } from './icon.ts';
import type { RecordSource, RecordState } from './record-source.ts';
import { showToast } from './toasts.ts';

type FieldErrors = Readonly<Record<string, string>>;

/** Shows the fields of the record in the sections of its layout; a pencil makes those that the user may change editable. */
export function mountDetailPanel(host: HTMLElement, page: RecordPage, source: RecordSource): void {
  const panel = new DetailPanel(host, page);
  source.subscribe((state) => panel.show(state));
}

class DetailPanel {
  readonly #host: HTMLElement;
  readonly #page: RecordPage;
  #state: RecordState = { kind: 'loading' };
  #picklists: Readonly<Record<string, PicklistValues>> = {};
  #draft: Record<string, FieldInput> | undefined;
  #errors: FieldErrors = {};
  #problem = '';

  constructor(host: HTMLElement, page: RecordPage) {
    this.#host = host;
    this.#page = page;
  }

  show(state: RecordState): void {
    this.#state = state;
    this.#render();
  }

  #render(): void {
    render(this.#template(), this.#host);
  }

  #template(): TemplateResult {
    if (this.#state.kind === 'loading')
      return card(html`<div class="slds-p-around_medium shell-skeleton">Loading…</div>`);
    if (this.#state.kind === 'failed')
      return card(html`<p class="slds-p-around_medium" role="alert">${this.#state.message}</p>`);
    return card(html`
      <form class="slds-form" novalidate @submit=${(event: Event) => this.#save(event)}>
        ${this.#problem ? html`<div class="slds-notify slds-notify_alert slds-alert_error" role="alert">${this.#problem}</div>` : nothing}
        ${this.#page.sections.map((section) => this.#section(section))} ${this.#draft ? this.#footer() : nothing}
      </form>
    `);
  }

  #section({ label, columns }: RecordPage['sections'][number]): TemplateResult {
    const rows = Math.max(0, ...columns.map((column) => column.length));
    return html`
      <div class="slds-section slds-is-open">
        <h3 class="slds-section__title slds-theme_shade">
          <span class="slds-truncate slds-p-horizontal_small">${label}</span>
        </h3>
        <div class="slds-section__content">
          ${Array.from(
            { length: rows },
            (_, row) => html`
              <div class="slds-form__row">
                ${columns.map((column) => html`<div class="slds-form__item">${column[row] ? this.#item(column[row]) : nothing}</div>`)}
              </div>
            `,
          )}
        </div>
      </div>
    `;
  }

  #item({ field: name, label, readOnly }: LayoutItem): TemplateResult | typeof nothing {
    if (this.#state.kind !== 'ready') return nothing;
    const { record, info } = this.#state;
    const field = info.fields[name];
    if (!field) return nothing;
    const parts = field.compound
      ? info.nameFields.flatMap((part) => (part === name ? [] : (info.fields[part] ?? [])))
      : [field];
    const editable = info.updateable && !readOnly && parts.some((part) => part.updateable);
    if (this.#draft && editable) return html`<div class="shell-inputs">${parts.map((part) => this.#input(part))}</div>`;
    return html`
      <div class="slds-form-element slds-form-element_stacked slds-form-element_readonly slds-hint-parent">
        <span class="slds-form-element__label">${label}</span>
        <div class="slds-form-element__control">
          <div class="slds-form-element__static" data-field=${name}>${fieldValue(record, field)}</div>
          ${editable ? this.#pencil(field, label) : nothing}
        </div>
      </div>
    `;
  }

  #pencil(field: FieldInfo, label: string): TemplateResult {
    return html`
      <button
        type="button"
        class="slds-button slds-button_icon slds-button_icon-small shell-pencil"
        title=${`Edit ${label}`}
        @click=${() => this.#edit(field)}
      >
        ${icon('utility:edit', 'slds-button__icon')}
        <span class="slds-assistive-text">Edit ${label}</span>
      </button>
    `;
  }

  #input(field: FieldInfo): TemplateResult {
    const current =
      this.#state.kind === 'ready' ? (this.#state.record.fields[field.apiName]?.value as FieldInput) : undefined;
    return fieldInput({
      field,
      value: this.#draft && field.apiName in this.#draft ? this.#draft[field.apiName] : current,
      choices: this.#picklists[field.apiName]?.values,
      error: this.#errors[field.apiName],
      change: (value) => {
        if (this.#draft) this.#draft[field.apiName] = value;
      },
    });
  }

  #footer(): TemplateResult {
    return html`
      <div class="shell-form-footer">
        <button type="button" class="slds-button slds-button_neutral" @click=${() => this.#cancel()}>Cancel</button>
        <button type="submit" class="slds-button slds-button_brand">Save</button>
      </div>
    `;
  }

  async #edit(field: FieldInfo): Promise<void> {
    this.#draft = {};
    this.#render();
    this.#host.querySelector<HTMLElement>(`[name="${field.apiName}"]`)?.focus();
    await this.#loadPicklists();
    this.#render();
  }

  async #loadPicklists(): Promise<void> {
    if (this.#state.kind !== 'ready') return;
    const names = Object.values(this.#state.info.fields).filter(
      (field) => field.dataType === 'Picklist' && field.updateable,
    );
    const entries = await Promise.all(
      names.map(
        async ({ apiName }) => [apiName, await readPicklistValues(`${this.#page.objectApiName}.${apiName}`)] as const,
      ),
    );
    this.#picklists = Object.fromEntries(entries);
  }

  #cancel(): void {
    this.#draft = undefined;
    this.#errors = {};
    this.#problem = '';
    this.#render();
  }

  async #save(event: Event): Promise<void> {
    event.preventDefault();
    const changes = this.#draft ?? {};
    if (Object.keys(changes).length === 0) return this.#cancel();
    try {
      await updateRecord({ fields: { Id: this.#page.recordId, ...changes } });
      this.#cancel();
      showToast({
        title: `${this.#state.kind === 'ready' ? this.#state.info.label : 'Record'} was saved.`,
        variant: 'success',
      });
    } catch (error) {
      this.#refuse(error as FetchError);
    }
  }

  #refuse(error: FetchError): void {
    const output = error.body?.output as { errors?: Refusal[]; fieldErrors?: Record<string, Refusal[]> } | undefined;
    this.#errors = Object.fromEntries(
      Object.entries(output?.fieldErrors ?? {}).map(([field, errors]) => [
        field,
        errors.map((each) => each.message).join(' '),
      ]),
    );
    const general = output?.errors?.map((each) => each.message).join(' ');
    this.#problem = general || Object.values(this.#errors).join(' ') || error.body.message;
    this.#render();
  }
}

type Refusal = { readonly message: string };

const card = (content: TemplateResult): TemplateResult => html`
  <article class="slds-card slds-card_boundary">
    <div class="slds-card__header slds-grid"><h2 class="slds-card__header-title">Details</h2></div>
    <div class="slds-card__body slds-card__body_inner">${content}</div>
  </article>
`;
