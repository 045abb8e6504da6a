import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { OutputOptions, Plugin } from 'rollup';
import { CLIENT, loadTools, PagesNotAvailable, PROJECT } from './build-tools.ts';
import { ICON_SETS } from './icon-sets.ts';
import { PLATFORM_MODULES } from './platform-bundle.ts';

/** Source of deployed components: bundle name → file name → bytes. */
export type ComponentSources = ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>;

/** Compiled JavaScript by file name; a component's module is `<name>.js`. */
export type CompiledModules = ReadonlyMap<string, string>;

/** The highest version that the compiler knows; later ones in js-meta files compile as this one. */
const API_VERSION = 66;

/**
 * Compiles deployed Lightning web components to ES modules.
 *
 * Modules of the platform and icon sets stay imports, which the page resolves. Rejects with the compiler's own message.
 */
export async function bundleComponents(
  sources: ComponentSources,
  entries: readonly string[],
  platformModule: (name: string) => string | undefined,
): Promise<CompiledModules> {
  if (entries.length === 0) return new Map();
  const input = Object.fromEntries(entries.map((name) => [name, `c/${name}`]));
  const external = [...PLATFORM_MODULES, ...ICON_SETS];
  return withFolder(sources, (folder) => compile({ input, folder, platformModule, external }, MODULES));
}

/**
 * Compiles one component to a script for the sandbox of Lightning Web Security.
 *
 * The script takes what it imports from a function `supply` and leaves its exports in a variable `exported`.
 */
export async function bundleSandboxedComponent(
  sources: ComponentSources,
  name: string,
  platformModule: (name: string) => string | undefined,
): Promise<string> {
  const input = { [name]: `c/${name}` };
  const external = [...PLATFORM_MODULES, ...ICON_SETS];
  const compiled = await withFolder(sources, (folder) => compile({ input, folder, platformModule, external }, SCRIPT));
  return compiled.get(`${name}.js`) ?? '';
}

const MODULES: Output = { sandboxed: false, options: { format: 'es', chunkFileNames: 'shared-[hash].js' } };

const SCRIPT: Output = {
  sandboxed: true,
  options: {
    format: 'iife',
    name: 'exported',
    exports: 'named',
    inlineDynamicImports: true,
    globals: (id) => `supply(${JSON.stringify(id)})`,
  },
};

type Output = { readonly sandboxed: boolean; readonly options: OutputOptions };

/** Lays the sources out in a temporary folder, as the compiler expects them. */
async function withFolder<T>(sources: ComponentSources, run: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'accord-lwc-'));
  try {
    await writeSources(folder, sources);
    return await run(folder);
  } catch (error) {
    if (error instanceof PagesNotAvailable || !(error instanceof Error)) throw error;
    throw new Error(error.message.replaceAll(`${folder}/`, ''), { cause: error });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Compiles one icon set of the base components, whose thousand templates no page should wait for in vain. */
export async function bundleIconSet(moduleName: string): Promise<string> {
  const external = PLATFORM_MODULES;
  const input = { icons: moduleName };
  const modules = await compile({ input, folder: undefined, platformModule: () => undefined, external }, MODULES);
  return modules.get('icons.js') ?? '';
}

async function writeSources(folder: string, sources: ComponentSources): Promise<void> {
  for (const [name, files] of sources) {
    for (const [path, bytes] of files) {
      const file = join(folder, 'c', name, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
    }
  }
  // The compiler looks for the nearest package.json to know where a component's modules live.
  await writeFile(join(folder, 'package.json'), '{}');
}

type Compilation = {
  readonly input: Record<string, string>;
  readonly folder: string | undefined;
  readonly platformModule: (name: string) => string | undefined;
  readonly external: readonly string[];
};

async function compile(
  { input, folder, platformModule, external }: Compilation,
  { sandboxed, options }: Output,
): Promise<CompiledModules> {
  const { rollup, lwc } = await loadTools(async () => ({
    rollup: (await import('rollup')).rollup,
    lwc: (await import('@lwc/rollup-plugin')).default,
  }));
  const build = await rollup({
    input,
    external: [...external],
    onwarn: () => {}, // base components draw warnings that no one here can act on
    plugins: [
      orgModules(platformModule),
      constants,
      lwc({
        rootDir: CLIENT,
        modules: [...(folder ? [{ dir: folder }] : []), ...baseComponentModules()],
        defaultModules: [],
        apiVersion: API_VERSION,
        enableLwcOn: true,
        enableDynamicComponents: true,
        enableSyntheticElementInternals: true,
        enableLightningWebSecurityTransforms: sandboxed,
      }),
    ],
  });
  const { output } = await build.generate(options);
  await build.close();
  return new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code] as const] : [])));
}

/** Resolves entries, which have no importer to start from, and supplies the org's own modules. */
const orgModules = (platformModule: (name: string) => string | undefined): Plugin => ({
  name: 'accord-org-modules',
  resolveId(source, importer) {
    if (importer === undefined) return this.resolve(source, join(CLIENT, 'entry.js'), { skipSelf: true });
    return source.startsWith('@salesforce/') && platformModule(source) !== undefined ? `\0${source}` : undefined;
  },
  load: (id) => (id.startsWith('\0@salesforce/') ? platformModule(id.slice(1)) : undefined),
});

/** What a bundler is expected to define for base components. */
const constants: Plugin = {
  name: 'accord-constants',
  transform: (code) =>
    code.includes('import.meta.env') || code.includes('process.env')
      ? code.replaceAll('import.meta.env.SSR', 'false').replaceAll('process.env.NODE_ENV', '"production"')
      : undefined,
};

type ModuleRecord = { readonly dir: string } | { readonly name: string; readonly path: string };

/** The modules of the base components as absolute paths: components lie in a folder that has no node_modules above it. */
function baseComponentModules(): readonly ModuleRecord[] {
  const manifest = createRequire(join(PROJECT, 'package.json')).resolve('lightning-base-components/package.json');
  const { lwc } = JSON.parse(readFileSync(manifest, 'utf8')) as { lwc: { modules: readonly ModuleRecord[] } };
  const absolute = (path: string): string => resolve(dirname(manifest), path);
  return lwc.modules.map((record) =>
    'dir' in record ? { dir: absolute(record.dir) } : { name: record.name, path: absolute(record.path) },
  );
}
