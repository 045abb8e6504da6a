import { html, nothing, render } from 'lit';
import { SHOW_TOAST, type Toast } from '../platform/platform-show-toast-event.ts';
import { icon } from './icon.ts';

const SHOWN_FOR_MILLISECONDS = 5_000;

const toasts = new Map<number, Toast>();
let counter = 0;

/** Shows the toasts that components ask for; `sticky` ones stay until they are closed. */
export function listenForToasts(): void {
  window.addEventListener(SHOW_TOAST, (event) => {
    event.stopPropagation();
    showToast((event as CustomEvent<Toast>).detail);
  });
}

export function showToast(toast: Toast): void {
  const key = ++counter;
  toasts.set(key, toast);
  renderToasts();
  if (toast.mode !== 'sticky') setTimeout(() => closeToast(key), SHOWN_FOR_MILLISECONDS);
}

function closeToast(key: number): void {
  if (toasts.delete(key)) renderToasts();
}

function renderToasts(): void {
  const region = document.getElementById('toasts');
  if (region)
    render(
      [...toasts].map(([key, toast]) => toastTemplate(key, toast)),
      region,
    );
}

const toastTemplate = (key: number, { title, message, variant = 'info' }: Toast) => html`
  <div class=${`slds-notify slds-notify_toast slds-theme_${variant}`} role=${variant === 'error' ? 'alert' : 'status'}>
    <span class="slds-assistive-text">${variant}</span>
    <span class="slds-icon_container slds-m-right_small slds-no-flex slds-align-top">
      ${icon(`utility:${variant}`, 'slds-icon_small')}
    </span>
    <div class="slds-notify__content">
      <h2 class="slds-text-heading_small">${title}</h2>
      ${message ? html`<p>${message}</p>` : nothing}
    </div>
    <div class="slds-notify__close">
      <button
        class="slds-button slds-button_icon slds-button_icon-inverse"
        title="Close"
        @click=${() => closeToast(key)}
      >
        ${icon('utility:close', 'slds-button__icon')}
        <span class="slds-assistive-text">Close</span>
      </button>
    </div>
  </div>
`;
