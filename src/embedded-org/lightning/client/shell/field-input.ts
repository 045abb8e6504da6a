import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { FieldInfo, PicklistValues } from '../platform/ui-object-info-api.ts';

/** What a control holds of a field that is not a parent record. */
export type FieldInput = string | number | boolean | null | undefined;

type Input = {
  readonly field: FieldInfo;
  readonly value: FieldInput;
  readonly choices: PicklistValues['values'] | undefined;
  readonly error: string | undefined;
  readonly change: (value: FieldInput) => void;
};

/** The control that edits one field; it tells its value in the form that UI API takes. */
export function fieldInput(input: Input): TemplateResult {
  const { field, error } = input;
  return html`
    <div class=${`slds-form-element slds-form-element_stacked ${error ? 'slds-has-error' : ''}`}>
      <label class="slds-form-element__label" for=${`input-${field.apiName}`}>
        ${field.required ? html`<abbr class="slds-required" title="required">* </abbr>` : nothing}${field.label}
      </label>
      <div class="slds-form-element__control">${control(input)}</div>
      ${error ? html`<div class="slds-form-element__help" id=${`error-${field.apiName}`} role="alert">${error}</div>` : nothing}
    </div>
  `;
}

function control({ field, value, choices, error, change }: Input): TemplateResult {
  const id = `input-${field.apiName}`;
  const text = value === null || value === undefined ? '' : String(value);
  const described = error ? `error-${field.apiName}` : nothing;
  const tell = (event: Event): void => change(toInput(field, (event.target as HTMLInputElement).value));
  if (field.dataType === 'Boolean') {
    const toggle = (event: Event): void => change((event.target as HTMLInputElement).checked);
    return html`<input type="checkbox" id=${id} name=${field.apiName} .checked=${Boolean(value)} @change=${toggle} />`;
  }
  if (field.dataType === 'TextArea') {
    return html`<textarea
      class="slds-textarea"
      id=${id}
      name=${field.apiName}
      aria-describedby=${described}
      .value=${live(text)}
      @input=${tell}
    ></textarea>`;
  }
  if (field.dataType === 'Picklist' && choices) return select({ field, text, choices, described, tell });
  return html`<input
    class="slds-input"
    type="text"
    id=${id}
    name=${field.apiName}
    aria-describedby=${described}
    .value=${live(text)}
    @input=${tell}
  />`;
}

function select({
  field,
  text,
  choices,
  described,
  tell,
}: {
  readonly field: FieldInfo;
  readonly text: string;
  readonly choices: PicklistValues['values'];
  readonly described: string | typeof nothing;
  readonly tell: (event: Event) => void;
}): TemplateResult {
  const known = choices.some((choice) => choice.value === text) || text === '';
  const all = known ? choices : [...choices, { value: text, label: text }];
  return html`
    <div class="slds-select_container">
      <select
        class="slds-select"
        id=${`input-${field.apiName}`}
        name=${field.apiName}
        aria-describedby=${described}
        @change=${tell}
      >
        <option value="" ?selected=${text === ''}>--None--</option>
        ${all.map(({ value, label }) => html`<option value=${value} ?selected=${value === text}>${label}</option>`)}
      </select>
    </div>
  `;
}

const NUMBERS = new Set(['Int', 'Double', 'Currency', 'Percent']);

/** An empty box clears the field; text that is no number is sent as it is, for the org to refuse. */
function toInput(field: FieldInfo, text: string): FieldInput {
  if (text === '') return null;
  const number = Number(text.replaceAll(',', ''));
  return NUMBERS.has(field.dataType) && !Number.isNaN(number) ? number : text;
}
