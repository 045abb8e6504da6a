import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loadTools, PROJECT } from '../compile/build-tools.ts';
import { html, Html } from './html.ts';

/** Icons of the frame and of the shell's own panels. */
const SHELL_ICONS = [
  'utility:apps',
  'utility:check',
  'utility:close',
  'utility:down',
  'utility:edit',
  'utility:error',
  'utility:info',
  'utility:search',
  'utility:success',
  'utility:user',
  'utility:warning',
  'standard:account',
  'standard:campaign',
  'standard:contact',
  'standard:home',
  'standard:lead',
  'standard:opportunity',
  'standard:record',
  'standard:task',
] as const;

/** The design system's icons that pages use, and further ones by name, as one hidden sprite. */
export async function readIconSprite(more: readonly string[]): Promise<Html> {
  const symbols = await Promise.all([...SHELL_ICONS, ...more].map(toSymbol));
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="shell-sprite" aria-hidden="true">${symbols}</svg>`;
}

/** An icon of the sprite; decoration only. */
export const icon = (name: string, classes: string): Html =>
  html`<svg class="slds-icon ${classes}" aria-hidden="true" focusable="false">
    <use href="#icon-${name.replace(':', '-')}"></use>
  </svg>`;

/** The design system's icon of an object by name, e.g. `standard:lead`; a custom object has that of its tab's motif. */
export function objectIcon(objectName: string, motif: string | undefined): string {
  const standard = SHELL_ICONS.find((name) => name === `standard:${objectName.toLowerCase()}`);
  return standard ?? motifIcon(motif) ?? 'standard:record';
}

const CUSTOM_ICONS = 113;

/** `Custom18: Form` → `custom:custom18`; the motif of a tab and the design system count alike. */
export function motifIcon(motif: string | undefined): string | undefined {
  const number = Number(/^Custom(\d+)\b/.exec(motif ?? '')?.[1]);
  return number >= 1 && number <= CUSTOM_ICONS ? `custom:custom${number}` : undefined;
}

/** The class that gives an icon's box the icon's colour. */
export const iconColor = (name: string): string => `slds-icon-${name.replace(':', '-')}`;

async function toSymbol(name: string): Promise<Html> {
  const [set = '', icon = ''] = name.split(':');
  const folder = `iconSvgTemplates${set.charAt(0).toUpperCase()}${set.slice(1)}`;
  const template = await readTemplate(join(folder, 'buildTemplates', set, `${icon}.html`));
  const viewBox = /viewBox="([^"]*)"/.exec(template)?.[1] ?? '0 0 100 100';
  const shapes = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(template)?.[1] ?? '';
  return html`<symbol id="icon-${set}-${icon}" viewBox="${viewBox}">${new Html(shapes)}</symbol>`;
}

/** Icons come from the base components, whose templates are the design system's drawings. */
function readTemplate(path: string): Promise<string> {
  return loadTools(async () => {
    const manifest = createRequire(join(PROJECT, 'package.json')).resolve('lightning-base-components/package.json');
    return readFile(join(dirname(manifest), 'src', 'lightning', path), 'utf8');
  });
}
