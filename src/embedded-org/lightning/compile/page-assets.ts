import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type DeployedComponents, readDeployedComponents } from '../metadata/deployed-components.ts';
import type { Org } from '../../data/org-core.ts';
import { findCustomTab } from '../../ui-api/metadata/read-application.ts';
import { motifIcon, readIconSprite } from '../pages/icons.ts';
import type { Html } from '../pages/html.ts';
import type { ShellContext } from '../shell-context.ts';
import { CLIENT, loadTools, PagesNotAvailable, PROJECT } from './build-tools.ts';
import { bundleComponents, bundleIconSet, bundleSandboxedComponent, type CompiledModules } from './component-bundle.ts';
import { ICON_SETS } from './icon-sets.ts';
import { bundlePlatform, type PlatformBundle } from './platform-bundle.ts';
import { platformModule } from './platform-modules.ts';

const ASSETS = '/lightning/assets';

type Compiled = {
  readonly hash: string;
  readonly modules: CompiledModules;
  /** Component name → why the compiler refused it. */
  readonly problems: ReadonlyMap<string, string>;
};

/** Everything a page loads, compiled when it is first asked for and again only when its source has changed. */
export class PageAssets {
  readonly #org: Org;
  #platform: Promise<PlatformBundle> | undefined;
  readonly #sprites = new Map<string, Promise<Html>>();
  #components: Promise<Compiled> | undefined;
  #componentsHash = '';
  readonly #iconSets = new Map<string, Promise<string>>();

  constructor(org: Org) {
    this.#org = org;
  }

  /** The icons of the shell and of the deployed tabs. */
  sprite(): Promise<Html> {
    const tabs = this.#org.metadataNames('CustomTab').map((name) => findCustomTab(this.#org, name));
    const icons = [...new Set(tabs.flatMap((tab) => motifIcon(tab?.motif) ?? []))].toSorted();
    const sprite = this.#sprites.get(icons.join()) ?? readIconSprite(icons);
    this.#sprites.set(icons.join(), sprite);
    return sprite;
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
    const { hash, problems } = await this.#compiledComponents();
    const entry = (name: string): ShellContext['components'][string] => {
      const problem = problems.get(name);
      return problem === undefined ? { url: `${ASSETS}/components/${hash}/${name}.js` } : { problem };
    };
    return Object.fromEntries(exposed.map((name) => [name, entry(name)]));
  }

  async platformFile(file: string): Promise<Uint8Array | undefined> {
    return (await this.#bundledPlatform()).files.get(file);
  }

  async componentFile(file: string): Promise<string | undefined> {
    return (await this.#compiledComponents()).modules.get(file);
  }

  /** A component as a script for the sandbox, compiled anew each time: only tests ask for it. */
  async sandboxedComponent(name: string): Promise<string | undefined> {
    const { sources, exposed } = readDeployedComponents(this.#org);
    return exposed.includes(name) ? bundleSandboxedComponent(sources, name, this.#platformModule()) : undefined;
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

  #platformModule(): (name: string) => string | undefined {
    const org = { schema: this.#org.core.schema, resources: this.#org.metadataNames('StaticResource') };
    return (name) => platformModule(name, org);
  }

  #bundledPlatform(): Promise<PlatformBundle> {
    return (this.#platform ??= bundlePlatform());
  }

  #compiledComponents(): Promise<Compiled> {
    const deployed = readDeployedComponents(this.#org);
    if (!this.#components || this.#componentsHash !== deployed.hash) {
      this.#componentsHash = deployed.hash;
      this.#components = this.#compile(deployed);
    }
    return this.#components;
  }

  /** Compiles all components together, so that they share modules; those that fail alone are left out. */
  async #compile({ sources, exposed, hash }: DeployedComponents): Promise<Compiled> {
    const bundle = (names: readonly string[]): Promise<CompiledModules> =>
      bundleComponents(sources, names, this.#platformModule());
    try {
      return { hash, modules: await bundle(exposed), problems: new Map() };
    } catch (error) {
      if (error instanceof PagesNotAvailable) throw error;
    }
    const problems = new Map<string, string>();
    for (const name of exposed) {
      await bundle([name]).catch((error: unknown) => problems.set(name, (error as Error).message));
    }
    return { hash, modules: await bundle(exposed.filter((name) => !problems.has(name))), problems };
  }
}
