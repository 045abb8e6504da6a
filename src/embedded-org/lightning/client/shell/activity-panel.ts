import { html, render, type TemplateResult } from 'lit';
import type { RecordPage } from '../../shell-context.ts';
import { callApi } from '../api.ts';
import { icon } from './icon.ts';

type Activity = {
  readonly id: string;
  readonly subject: string;
  readonly when: string;
  readonly status: string;
  readonly owner: string;
};

/** Tasks and events of the record that the user may see, the newest first. */
export async function mountActivityPanel(host: HTMLElement, page: RecordPage): Promise<void> {
  render(card(html`<p>Loading…</p>`), host);
  const activities = (await callApi('GET', `activities/${page.recordId}`)) as readonly Activity[];
  render(card(activities.length === 0 ? html`<p>No activities to show.</p>` : list(activities)), host);
}

const card = (content: TemplateResult): TemplateResult => html`
  <article class="slds-card slds-card_boundary">
    <div class="slds-card__header slds-grid">
      <header class="slds-media slds-media_center slds-has-flexi-truncate">
        <div class="slds-media__figure">
          <span class="slds-icon_container slds-icon-standard-task">${icon('standard:task', 'slds-icon_small')}</span>
        </div>
        <h2 class="slds-card__header-title slds-media__body">Activity</h2>
      </header>
    </div>
    <div class="slds-card__body slds-card__body_inner">${content}</div>
  </article>
`;

const list = (activities: readonly Activity[]): TemplateResult => html`
  <ul class="slds-has-dividers_bottom-space">
    ${activities.map(
      ({ subject, when, status, owner }) => html`
        <li class="slds-item slds-p-vertical_x-small">
          <div class="slds-truncate">${subject}</div>
          <div class="slds-text-body_small slds-text-color_weak">
            ${[status, when, owner].filter(Boolean).join(' · ')}
          </div>
        </li>
      `,
    )}
  </ul>
`;
