import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { LEAD_RETRY, type LeadCardData, type LeadCardUnshared } from '../port/lead-card.ts';
import { AccordElement, define } from './foundation.ts';
import { toLeadCardView } from './lead-card/lead-card-view.ts';
import { leadCardStyles } from './lead-card/styles.ts';
import { verdict } from './lead-card/verdict.ts';

/**
 * Shows a rep in five seconds what the agreement says of one lead and why.
 *
 * @fires leadretry - The user asked to read again after a failure; carries no detail.
 */
export class LeadCard extends AccordElement {
  static override styles = leadCardStyles;

  /** What is known of the lead. */
  @property({ attribute: false }) card: LeadCardData = { status: 'loading' };

  /** Epoch milliseconds to count from in "2 days ago"; the host advances it, so a test needs no fake timer. */
  @property({ attribute: false }) now = 0;

  /** Language tag in which dates are written. */
  @property({ attribute: false }) locale = 'en-US';

  /** IANA time zone in which dates are written. */
  @property({ attribute: false }) timeZone = 'UTC';

  protected override render(): TemplateResult {
    const view = toLeadCardView(this.card, this.now);
    if (view.kind === 'loading') return html`<article>${skeleton}</article>`;
    if (view.kind === 'no-access') return html`<article class="slim">${noAccess}</article>`;
    if (view.kind === 'none') return html`<article>${nothingMeasured}</article>`;
    if (view.kind === 'not-shared') return html`<article class="slim">${notShared(view)}</article>`;
    if (view.kind === 'failed') return html`<article>${this.#failure(view.problem)}</article>`;
    const { now, locale, timeZone } = this;
    return html`<article>${verdict(view, { now, locale, timeZone })}</article>`;
  }

  #failure(problem: string): TemplateResult {
    return html`<div class="message" role="alert">
      <strong>The agreed stage could not be read</strong>
      <span>${problem}</span>
      <button type="button" @click=${() => this.emit(LEAD_RETRY)}>Try again</button>
    </div>`;
  }
}

const skeleton = html`
  <div role="status" aria-label="Loading the agreed stage">
    <div class="bar short"></div>
    <div class="bar title"></div>
    <div class="bar wide"></div>
    <div class="bar"></div>
    <div class="bar wide"></div>
    <div class="bar short"></div>
  </div>
`;

const nothingMeasured = html`
  <div class="message">
    <strong>Nothing is being measured yet</strong>
    <span>Once sales and marketing have signed an agreement, this lead's stage and its reasons appear here.</span>
  </div>
`;

const notShared = ({ stageTitle, inQueue }: LeadCardUnshared): TemplateResult => html`
  ${
    stageTitle
      ? html`<p class="eyebrow">Agreed stage</p>
          <div class="headline"><h2 class="stage">${stageTitle}</h2></div>`
      : nothing
  }
  <p class="weak">
    ${
      inQueue
        ? 'This lead waits in a queue. Whoever takes it sees why here; managers and marketing see it already.'
        : 'Why is shown to the lead’s owner, managers and marketing.'
    }
    ${stageTitle ? nothing : 'If it is yours and new, its stage appears within seconds.'}
  </p>
`;

const noAccess = html`<p class="weak">
  Accord is not switched on for you. Ask your administrator for the permission set Accord Rep.
</p>`;

define('accord-lead-card', LeadCard);
