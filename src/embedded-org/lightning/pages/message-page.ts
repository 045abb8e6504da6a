import { html, type Html } from './html.ts';

/** A page that only says what is wrong and what to do. */
export const messageContent = (title: string, message: string): Html => html`
  <article class="slds-card slds-card_boundary shell-message" role="alert">
    <div class="slds-card__body slds-card__body_inner">
      <h1 class="slds-text-heading_medium">${title}</h1>
      <p class="slds-m-top_small">${message}</p>
    </div>
  </article>
`;
