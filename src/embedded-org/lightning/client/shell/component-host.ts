import { html, render } from 'lit';
import { createElement } from 'lwc';
import type { PageComponent, RecordPage } from '../../shell-context.ts';
import { context } from '../context.ts';

type Constructor = Parameters<typeof createElement>[1]['is'];

/** Puts a deployed Lightning web component on the page, or says plainly why it cannot. */
export async function mountComponent(
  host: HTMLElement,
  component: PageComponent,
  page: RecordPage | undefined,
): Promise<void> {
  const name = component.name.replace(/^c:/, '');
  const entry = context.components[name];
  if (!entry) return showProblem(host, name, 'This component is not deployed to the org.');
  if ('problem' in entry) return showProblem(host, name, entry.problem);
  try {
    const is = await load(name, entry.url);
    const element = createElement(toTag(name), { is });
    const { recordId, objectApiName } = page ?? {};
    Object.assign(element, component.properties, page && { recordId, objectApiName });
    host.append(element);
  } catch (error) {
    showProblem(host, name, String(error));
  }
}

async function load(name: string, url: string): Promise<Constructor> {
  if (context.sandboxGate === undefined) return ((await import(url)) as { default: Constructor }).default;
  const { loadSandboxed } = await import('./sandbox.ts');
  return loadSandboxed(name, context.sandboxGate);
}

/** `accordLeadCard` → `c-accord-lead-card` */
const toTag = (name: string): string => `c-${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

function showProblem(host: HTMLElement, name: string, problem: string): void {
  render(
    html`
      <article class="slds-card slds-card_boundary">
        <div class="slds-card__body slds-card__body_inner slds-p-vertical_medium" role="alert">
          <h2 class="slds-text-heading_small slds-text-color_error">The component ${name} does not work</h2>
          <pre class="shell-lines">${problem}</pre>
        </div>
      </article>
    `,
    host,
  );
}
