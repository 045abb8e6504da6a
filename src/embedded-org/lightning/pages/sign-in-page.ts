import type { Org } from '../../data/org-core.ts';
import { UI_API_VERSION } from '../../ui-api/read-record.ts';
import { document } from './document.ts';
import { html, type Html } from './html.ts';
import { initials } from './initials.ts';

type UserRow = {
  readonly Id: string;
  readonly Name: string;
  readonly Username: string;
  readonly Title?: string | null;
};

/** Lets a visitor of this local org go on as any of its active users; there are no passwords here. */
export const signInPage = (org: Org, setup: { nonce: string; target: string; problem?: string }): Html =>
  document(
    { title: 'Login', nonce: setup.nonce },
    html`
      <main class="shell-sign-in">
        <article class="slds-card slds-card_boundary">
          <div class="slds-card__body slds-card__body_inner">
            <h1 class="slds-text-heading_medium slds-m-vertical_medium">Log in to the local org</h1>
            <p class="slds-text-color_weak slds-m-bottom_medium">
              Choose whom to work as. This org runs on your machine only and has no passwords.
            </p>
            ${setup.problem && html`<p class="slds-text-color_error slds-m-bottom_medium" role="alert">${setup.problem}</p>`}
            <form method="post" action="/lightning/sign-in">
              <input type="hidden" name="target" value="${setup.target}" />
              <ul class="shell-users">
                ${readUsers(org).map(userButton)}
              </ul>
            </form>
          </div>
        </article>
      </main>
    `,
  );

function readUsers(org: Org): readonly UserRow[] {
  const soql = `SELECT Id, Name, Username, Title FROM User WHERE IsActive = true AND UserType = 'Standard' ORDER BY Name LIMIT 200`;
  const result = org.query(org.system(), soql, { includeDeleted: false, apiVersion: UI_API_VERSION });
  return result.page(0, 200) as unknown as readonly UserRow[];
}

const userButton = ({ Id, Name, Username, Title }: UserRow): Html => html`
  <li>
    <button class="slds-button shell-user" name="userId" value="${Id}">
      <span class="slds-avatar slds-avatar_circle slds-avatar_medium"
        ><abbr class="slds-avatar__initials slds-icon-standard-user">${initials(Name)}</abbr></span
      >
      <span class="shell-user-text">
        <span class="shell-user-name">${Name}</span>
        <span class="slds-text-color_weak">${[Title, Username].filter(Boolean).join(' · ')}</span>
      </span>
    </button>
  </li>
`;
