import { html, nothing, type TemplateResult } from 'lit';
import type { FieldInfo } from '../platform/ui-object-info-api.ts';
import type { UiRecord } from '../platform/ui-record-api.ts';
import { icon } from './icon.ts';

type Shown = TemplateResult | string | typeof nothing;

/** A field's value as a page shows it: links for references and addresses of all kinds, the user's formats for the rest. */
export function fieldValue(record: UiRecord, field: FieldInfo): Shown {
  const { value, displayValue } = record.fields[field.apiName] ?? { value: null, displayValue: null };
  if (field.dataType === 'Boolean')
    return value ? icon('utility:check', 'slds-icon_x-small slds-icon-text-default') : nothing;
  if (value === null || value === '') return nothing;
  const text = displayValue ?? (typeof value === 'object' ? '' : String(value));
  switch (field.dataType) {
    case 'Reference':
      return referenceLink(record, field, text);
    case 'Email':
      return html`<a href=${`mailto:${text}`}>${text}</a>`;
    case 'Phone':
      return html`<a href=${`tel:${text.replaceAll(/[^\d+]/g, '')}`}>${text}</a>`;
    case 'Url':
      return webLink(text);
    case 'TextArea':
      return html`<span class="shell-lines">${text}</span>`;
    default:
      return text;
  }
}

function referenceLink(record: UiRecord, field: FieldInfo, id: string): Shown {
  const parent = field.relationshipName ? record.fields[field.relationshipName] : undefined;
  const name = parent?.displayValue ?? id;
  const apiName = (parent?.value as UiRecord | null | undefined)?.apiName;
  return apiName && apiName !== 'User' && apiName !== 'Group'
    ? html`<a href=${`/lightning/r/${apiName}/${id}/view`}>${name}</a>`
    : name;
}

/** Only web addresses become links: a stored `javascript:` text must not run in the page. */
function webLink(text: string): Shown {
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  return URL.canParse(address) ? html`<a href=${address} target="_blank" rel="noopener noreferrer">${text}</a>` : text;
}
