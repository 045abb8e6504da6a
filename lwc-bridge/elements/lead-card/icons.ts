import { html, type TemplateResult } from 'lit';
import type { Standing } from './clause-rows.ts';

/**
 * Icons are whole static templates: sandboxed pages drop bindings inside SVG. They are decoration, so each stands beside
 * its word, and tells outcomes apart by shape, not by colour alone.
 */
export const STANDING_ICONS: Readonly<Record<Standing, TemplateResult>> = {
  met: html`<svg viewBox="0 0 20 20" aria-hidden="true">
    <circle cx="10" cy="10" r="9" fill="currentColor" />
    <path
      d="M5.8 10.4l2.9 2.9 5.5-6.2"
      fill="none"
      stroke="var(--_ground)"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>`,
  'not-met': html`<svg viewBox="0 0 20 20" aria-hidden="true">
    <circle cx="10" cy="10" r="8.2" fill="none" stroke="currentColor" stroke-width="1.6" />
    <path d="M7 7l6 6M13 7l-6 6" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" />
  </svg>`,
  unknown: html`<svg viewBox="0 0 20 20" aria-hidden="true">
    <circle cx="10" cy="10" r="8.2" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.6 2.2" />
    <path
      d="M7.8 7.9a2.3 2.3 0 1 1 3.3 2.1c-.8.4-1.1.8-1.1 1.6"
      fill="none"
      stroke="currentColor"
      stroke-width="1.7"
      stroke-linecap="round"
    />
    <circle cx="10" cy="14.2" r="1.1" fill="currentColor" />
  </svg>`,
  hidden: html`<svg viewBox="0 0 20 20" aria-hidden="true">
    <rect x="4" y="9" width="12" height="8.2" rx="2" fill="currentColor" />
    <path d="M6.6 9V6.6a3.4 3.4 0 0 1 6.8 0V9" fill="none" stroke="currentColor" stroke-width="1.8" />
  </svg>`,
};
