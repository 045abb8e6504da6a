import { LitElement } from 'lit';

declare const ACCORD_SHADOW_MODE: ShadowRootMode;

/** Base of every element. The build picks the shadow mode; code uses `renderRoot`, which exists in both. */
export abstract class AccordElement extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, mode: ACCORD_SHADOW_MODE };

  /** LWC hears only lower-case names without hyphens; `composed` lets the event leave the shadow root. */
  protected emit(name: Lowercase<string>, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/** Registers once per page: two hosts may both load the bundle, and a second `define` throws. */
export function define(tag: `accord-${string}`, element: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, element);
}
