import type { UserContext } from '../../data/types.ts';
import type { Application, Tab } from '../../ui-api/metadata/read-application.ts';
import { html, type Html } from './html.ts';
import { icon, iconColor, objectIcon } from './icons.ts';

/** A plain start page: a greeting and the way to each tab. */
export const homeContent = (user: UserContext, application: Application): Html => html`
  <div class="slds-page-header slds-card_boundary shell-surface">
    <div class="slds-media slds-media_center">
      <div class="slds-media__figure">
        <span class="slds-icon_container slds-icon-standard-home">${icon('standard:home', '')}</span>
      </div>
      <div class="slds-media__body">
        <h1><span class="slds-page-header__title">Welcome, ${user.name}</span></h1>
        <p class="slds-page-header__meta-text">${application.label} · ${user.profileName}</p>
      </div>
    </div>
  </div>
  <ul class="shell-home-tabs">
    ${application.tabs.map((tab) => tab.objectName !== undefined && tabLink(tab, objectIcon(tab.objectName, tab.motif)))}
  </ul>
`;

const tabLink = ({ label, url }: Tab, iconName: string): Html => html`
  <li>
    <a class="slds-card slds-card_boundary" href="${url}">
      <span class="slds-icon_container ${iconColor(iconName)}">${icon(iconName, '')}</span>
      <span>${label}</span>
    </a>
  </li>
`;
