import type { UserContext } from '../../data/types.ts';
import type { Application } from '../../ui-api/metadata/read-application.ts';
import type { ShellContext } from '../shell-context.ts';
import { html, jsonText, type Html } from './html.ts';
import { icon } from './icons.ts';
import { initials } from './initials.ts';

export type ScriptSetup = {
  readonly context: ShellContext;
  /** Module name → address, for the browser's import map. */
  readonly imports: Readonly<Record<string, string>>;
};

export type PageSetup = {
  readonly title: string;
  readonly nonce: string;
  readonly sprite: Html;
  readonly user: UserContext;
  readonly application: Application;
  /** Address of the tab that is open. */
  readonly tab: string | undefined;
  readonly search?: string;
  readonly scripts?: ScriptSetup;
};

/** A page of the CRM: header, tabs of the app, content. */
export const page = (setup: PageSetup, content: Html): Html =>
  document(
    setup,
    html`
      <a class="slds-assistive-text slds-assistive-text_focus" href="#content">Skip to main content</a>
      ${setup.sprite}
      <header class="shell-header">${globalHeader(setup)} ${navigation(setup)}</header>
      <main id="content" class="shell-content" tabindex="-1">${content}</main>
      <div id="toasts" class="slds-notify_container" aria-live="polite"></div>
    `,
  );

/** The HTML document around a page's body. */
export function document(setup: { title: string; nonce: string; scripts?: ScriptSetup }, body: Html): Html {
  return html`<!doctype html>
    <html lang="en" class="slds-theme-cosmos">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${setup.title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/lightning/assets/slds.css" />
        <link rel="stylesheet" href="/lightning/assets/shell.css" />
        ${setup.scripts && scripts(setup.nonce, setup.scripts)}
      </head>
      <body>
        ${body}
      </body>
    </html>`;
}

const scripts = (nonce: string, { context, imports }: ScriptSetup): Html => html`
  <script type="application/json" id="shell-context">
    ${jsonText(context)}
  </script>
  <script type="importmap" nonce="${nonce}">
    ${jsonText({ imports })}
  </script>
  <script type="module" nonce="${nonce}">
    import 'lwc';
    import 'lightning-shell/main';
  </script>
`;

const globalHeader = ({ user, application, search }: PageSetup): Html => html`
  <div class="shell-global-header">
    <div class="shell-app">
      ${icon('utility:apps', 'slds-icon_small slds-icon-text-default')}
      <span class="shell-app-name">${application.label}</span>
    </div>
    <form class="shell-search" role="search" action="/lightning/o/Lead/list">
      <div class="slds-form-element__control slds-input-has-icon slds-input-has-icon_left">
        ${icon('utility:search', 'slds-input__icon slds-input__icon_left slds-icon-text-default')}
        <input
          class="slds-input"
          type="search"
          name="q"
          value="${search ?? ''}"
          placeholder="Search leads…"
          aria-label="Search leads"
        />
      </div>
    </form>
    <details class="shell-user-menu">
      <summary aria-label="User menu of ${user.name}">
        <span class="slds-avatar slds-avatar_circle slds-avatar_medium"
          ><abbr class="slds-avatar__initials slds-icon-standard-user">${initials(user.name)}</abbr></span
        >
      </summary>
      <div class="shell-user-card slds-card slds-card_boundary">
        <p class="slds-text-heading_small">${user.name}</p>
        <p class="slds-text-color_weak">${user.username}</p>
        <p class="slds-text-color_weak">${user.profileName}</p>
        <form method="post" action="/lightning/sign-out">
          <button class="slds-button slds-button_neutral slds-m-top_small">Log out</button>
        </form>
      </div>
    </details>
  </div>
`;

const navigation = ({ application, tab }: PageSetup): Html => html`
  <nav class="shell-tabs" aria-label="${application.label}">
    <ul>
      ${application.tabs.map(
        ({ label, url }) =>
          html`<li class="${url === tab && 'shell-tab_open'}">
            <a href="${url}" ${url === tab && html`aria-current="page"`}>${label}</a>
          </li>`,
      )}
    </ul>
  </nav>
`;
