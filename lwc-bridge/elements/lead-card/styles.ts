import { css } from 'lit';

/** Look of the lead card: the CRM's styling hooks, with the browser's own colours where a page has none. */
export const leadCardStyles = css`
  :host {
    --_ground: var(--slds-g-color-surface-container-1, Canvas);
    --_text: var(--slds-g-color-on-surface-3, CanvasText);
    --_soft: var(--slds-g-color-on-surface-2, CanvasText);
    --_weak: var(--slds-g-color-on-surface-1, GrayText);
    --_line: var(--slds-g-color-border-1, GrayText);
    --_good: var(--slds-g-color-success-1, green);
    --_bad: var(--slds-g-color-error-1, firebrick);
    --_brand: var(--slds-g-color-accent-2, LinkText);
    display: block;
    container-type: inline-size;
    color: var(--_soft);
    font-family: var(--slds-g-font-family-base, system-ui, sans-serif);
    font-size: var(--slds-g-font-scale-base, 0.875rem);
    line-height: 1.45;
  }
  article {
    box-sizing: border-box;
    min-height: 15rem;
    padding: 1.25rem 1.5rem 1rem;
    background: var(--_ground);
    border-radius: var(--slds-g-radius-border-4, 1rem);
    box-shadow: var(--slds-g-shadow-1, 0 0 0 1px GrayText);
  }
  article.slim {
    min-height: 0;
  }
  h2,
  h3,
  p,
  ul {
    margin: 0;
    padding: 0;
  }
  .eyebrow,
  h3,
  .group {
    color: var(--_weak);
    font-size: 0.75rem;
    font-weight: 600;
  }
  .headline {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.75rem;
    margin-block-start: 0.375rem;
  }
  .stage {
    padding: 0.1875rem 0.875rem;
    background: color-mix(in srgb, var(--_brand) 10%, var(--_ground));
    border-radius: 1.25rem;
    color: var(--_brand);
    font-size: 1.125rem;
    font-weight: 700;
    line-height: 1.4;
    overflow-wrap: anywhere;
  }
  .since,
  .weak {
    color: var(--_weak);
  }
  .why {
    max-width: 46rem;
    margin-block-start: 0.75rem;
    color: var(--_text);
    font-size: 1rem;
    text-wrap: pretty;
  }
  section {
    margin-block-start: 1.125rem;
    padding-block-start: 0.875rem;
    border-block-start: 1px solid var(--_line);
  }
  .would {
    margin-block-start: 0.375rem;
    color: var(--_text);
    text-wrap: pretty;
  }
  .group {
    margin-block-start: 0.625rem;
    font-weight: 400;
  }
  ul {
    list-style: none;
  }
  .clause {
    display: grid;
    grid-template: 'icon sentence value' auto 'icon source source' auto / 1.25rem 1fr auto;
    gap: 0 0.625rem;
    padding-block: 0.375rem;
  }
  .icon {
    grid-area: icon;
    width: 1.25rem;
    height: 1.25rem;
  }
  .icon svg {
    display: block;
    width: 100%;
    height: 100%;
  }
  .sentence {
    grid-area: sentence;
    color: var(--_text);
    overflow-wrap: anywhere;
  }
  .value {
    grid-area: value;
    max-width: 14rem;
    color: var(--_text);
    font-weight: 600;
    text-align: end;
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
  }
  .blank {
    color: var(--_weak);
    font-style: italic;
    font-weight: 400;
  }
  .source {
    grid-area: source;
    display: flex;
    flex-wrap: wrap;
    column-gap: 0.375rem;
    color: var(--_weak);
    font-size: 0.75rem;
  }
  .source > :not(:last-child)::after,
  footer > :not(:last-child)::after {
    content: '·';
    margin-inline-start: 0.375rem;
  }
  .met .icon,
  .met .word {
    color: var(--_good);
  }
  .not-met .icon,
  .not-met .word {
    color: var(--_bad);
  }
  .unknown .icon,
  .hidden .icon,
  .hidden-facts .icon,
  .quiet .icon,
  .quiet .word {
    color: var(--_weak);
  }
  .hidden .sentence,
  .quiet .sentence,
  .quiet .value {
    color: var(--_soft);
  }
  .hidden-facts {
    display: flex;
    align-items: center;
    gap: 0.625rem;
    margin-block-start: 0.375rem;
    color: var(--_weak);
  }
  details {
    margin-block-start: 0.5rem;
  }
  summary {
    margin-inline-start: 0.3125rem;
    width: fit-content;
    color: var(--_brand);
    cursor: pointer;
  }
  summary:focus-visible,
  button:focus-visible {
    outline: 2px solid var(--_brand);
    outline-offset: 2px;
    border-radius: 0.25rem;
  }
  .notice {
    margin-block-start: 0.875rem;
    padding: 0.5rem 0.75rem;
    background: var(--slds-g-color-surface-container-2, color-mix(in srgb, CanvasText 6%, Canvas));
    border-radius: var(--slds-g-radius-border-2, 0.5rem);
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    column-gap: 0.375rem;
    margin-block-start: 1.125rem;
    padding-block-start: 0.75rem;
    border-block-start: 1px solid var(--_line);
    color: var(--_weak);
    font-size: 0.75rem;
  }
  .agreement {
    font-weight: 600;
  }
  .message {
    display: grid;
    align-content: center;
    justify-items: start;
    gap: 0.5rem;
    min-height: 12.75rem;
  }
  .message strong {
    color: var(--_text);
    font-size: 1rem;
  }
  button {
    padding: 0.375rem 1rem;
    background: var(--_ground);
    border: 1px solid currentColor;
    border-radius: var(--slds-g-radius-border-pill, 999px);
    color: var(--_brand);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  .bar {
    height: 0.75rem;
    margin-block-end: 0.875rem;
    background: var(--slds-g-color-surface-container-3, color-mix(in srgb, CanvasText 10%, Canvas));
    border-radius: 0.375rem;
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  .bar.wide {
    width: 82%;
  }
  .bar.title {
    width: 45%;
    height: 1.5rem;
  }
  .bar.short {
    width: 30%;
  }
  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .bar {
      animation: none;
    }
  }
  @container (max-width: 30rem) {
    article {
      padding-inline: 1rem;
    }
    .clause {
      grid-template: 'icon sentence' auto 'icon value' auto 'icon source' auto / 1.25rem 1fr;
    }
    .value {
      text-align: start;
    }
  }
`;
