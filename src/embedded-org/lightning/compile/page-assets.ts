import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readDeployedComponents } from '../metadata/deployed-components.ts';
import type { Org } from '../../data/org-core.ts';
import { readIconSprite } from '../pages/icons.ts';
import type { Html } from '../pages/html.ts';
import type { ShellContext } from '../shell-context.ts';
import { CLIENT, loadTools, PROJECT } from './build-tools.ts';
import { bundleComponents, bundleIconSet, type CompiledModules } from './component-bundle.ts';
import { ICON_SETS } from './icon-sets.ts';
import { bundlePlatform, type PlatformBundle } from './platform-bundle.ts';
import { platformModule } from './platform-modules.ts';

const ASSETS = '/lightning/assets';

type Compiled = { readonly hash: string; readonly modules: CompiledModules; readonly problem: string | undefined };

/** Everything a page loads, compiled when it is first asked for and again only when its source has changed. */
export class PageAssets {
  readonly #org: Org;
  #platform: Promise<PlatformBundle> | undefined;
  #sprite: Promise<Html> | undefined;
  #components: Promise<Compiled> | undefined;
  #componentsHash = '';
  readonly #iconSets = new Map<string, Promise<string>>();

  constructor(org: Org) {
    this.#org = org;
  }

  sprite(): Promise<Html> {
    return (this.#sprite ??= readIconSprite());
  }

  /** Module name → address for the browser's import map. */
  async imports(): Promise<Record<string, string>> {
    const { hash, entries } = await this.#bundledPlatform();
    return {
      ...Object.fromEntries([...entries].map(([name, file]) => [name, `${ASSETS}/platform/${hash}/${file}`])),
      ...Object.fromEntries(ICON_SETS.map((name) => [name, `${ASSETS}/icons/${name.slice('lightning/'.length)}.js`])),
    };
  }

  /** Where each component's module is, or why it has none. */
  async components(): Promise<ShellContext['components']> {
    const { exposed } = readDeployedComponents(this.#org);
    const { hash, problem } = await this.#compiledComponents();
    const entry = (name: string) =>
      problem === undefined ? { url: `${ASSETS}/components/${hash}/${name}.js` } : { problem };
    return Object.fromEntries(exposed.map((name) => [name, entry(name)]));
  }

  async platformFile(file: string): Promise<Uint8Array | undefined> {
    return (await this.#bundledPlatform()).files.get(file);
  }

  async componentFile(file: string): Promise<string | undefined> {
    return (await this.#compiledComponents()).modules.get(file);
  }

  async iconSet(name: string): Promise<string | undefined> {
    const moduleName = `lightning/${name}`;
    if (!ICON_SETS.includes(moduleName)) return undefined;
    const compiling = this.#iconSets.get(name) ?? bundleIconSet(moduleName);
    this.#iconSets.set(name, compiling);
    return compiling;
  }

  /** The design system's style sheet, from its package. */
  designSystem(): Promise<Uint8Array> {
    return loadTools(async () => {
      const name = '@salesforce-ux/design-system-2/dist/css/bundled/slds2.cosmos.css';
      return readFile(createRequire(join(PROJECT, 'package.json')).resolve(name));
    });
  }

  shellStyles(): Promise<Uint8Array> {
    return readFile(join(CLIENT, 'shell.css'));
  }

  #bundledPlatform(): Promise<PlatformBundle> {
    return (this.#platform ??= bundlePlatform());
  }

  #compiledComponents(): Promise<Compiled> {
    const { sources, exposed, hash } = readDeployedComponents(this.#org);
    if (this.#components && this.#componentsHash === hash) return this.#components;
    this.#componentsHash = hash;
    const org = { schema: this.#org.core.schema, resources: this.#org.metadataNames('StaticResource') };
    this.#components = bundleComponents(sources, exposed, (name) => platformModule(name, org)).then(
      (modules) => ({ hash, modules, problem: undefined }),
      (error: unknown) => ({ hash, modules: new Map(), problem: String((error as Error).message ?? error) }),
    );
    return this.#components;
  }
}
