import { html, svg, type TemplateResult } from 'lit';

/** An icon of the page's sprite, e.g. `utility:edit`; decoration only, so screen readers skip it. */
export const icon = (name: string, classes: string): TemplateResult => html`
  <svg class=${`slds-icon ${classes}`} aria-hidden="true" focusable="false">
    ${svg`<use href=${`#icon-${name.replace(':', '-')}`}></use>`}
  </svg>
`;
