import { html, render } from 'lit';
import type { PageComponent } from '../../shell-context.ts';

type Fill = (panel: HTMLElement, tab: PageComponent) => void;

/** A tab set of a Lightning page; a tab's content is mounted when it is first opened. */
export function mountTabs(host: HTMLElement, tabset: PageComponent, fill: Fill): void {
  const panels = tabset.children.map(() =>
    Object.assign(document.createElement('div'), { className: 'slds-tabs_card__content' }),
  );
  const filled = new Set<number>();
  const open = (index: number): void => {
    const tab = tabset.children[index];
    const panel = panels[index];
    if (!tab || !panel) return;
    draw(index);
    if (filled.has(index)) return;
    filled.add(index);
    fill(panel, tab);
  };
  const move = (event: KeyboardEvent, index: number): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = (index + step + panels.length) % panels.length;
    open(next);
    host.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  const draw = (selected: number): void => {
    render(
      html`
        <div class="slds-tabs_card slds-card_boundary">
          <ul class="slds-tabs_default__nav" role="tablist">
            ${tabset.children.map(
              (tab, index) => html`
                <li
                  class=${`slds-tabs_default__item ${index === selected ? 'slds-is-active' : ''}`}
                  role="presentation"
                >
                  <a
                    class="slds-tabs_default__link"
                    role="tab"
                    href="#"
                    tabindex=${index === selected ? 0 : -1}
                    aria-selected=${index === selected}
                    @click=${(event: Event) => (event.preventDefault(), open(index))}
                    @keydown=${(event: KeyboardEvent) => move(event, index)}
                    >${titleOf(tab)}</a
                  >
                </li>
              `,
            )}
          </ul>
          ${panels[selected]}
        </div>
      `,
      host,
    );
  };
  open(0);
}

const STANDARD_TITLES: Readonly<Record<string, string>> = {
  'Standard.Tab.detail': 'Details',
  'Standard.Tab.activity': 'Activity',
  'Standard.Tab.relatedLists': 'Related',
  'Standard.Tab.collaborate': 'Chatter',
};

function titleOf(tab: PageComponent): string {
  const title = tab.properties['title'] ?? 'Tab';
  return STANDARD_TITLES[title] ?? title;
}
