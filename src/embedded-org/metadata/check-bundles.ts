import type { transformSync } from '@lwc/compiler';
import type { ModuleImport } from './check-imports.ts';

type Files = ReadonlyMap<string, Uint8Array>;

/** Why a bundle cannot be deployed, or that nobody could tell. */
export type BundleVerdict = {
  readonly problem: string;
  readonly problemType: 'Error' | 'Warning';
  readonly fileName: string;
  readonly place: { readonly lineNumber?: number; readonly columnNumber?: number };
};

/** What the Lightning compiler found in a bundle: perhaps a fault, and the modules it imports. */
export type CheckedBundle = { readonly verdict: BundleVerdict | undefined; readonly imports: readonly ModuleImport[] };

type Compiler = { readonly transformSync: typeof transformSync };

/** The highest version that the compiler knows. */
const API_VERSION = 66;

const COMPILED = /\.(js|html|css)$/;

/** Compiles the Lightning web components among the files of a deployment, by their names. */
export async function checkBundles(files: Files): Promise<ReadonlyMap<string, CheckedBundle>> {
  const sources = [...files].filter(([path]) => path.startsWith('lwc/') && isSource(path));
  if (sources.length === 0) return new Map();
  const compiler = await loadCompiler();
  const bundles = Map.groupBy(sources, ([path]) => path.split('/')[1] ?? '');
  return new Map([...bundles].map(([name, own]) => [name, checkBundle(compiler, name, own)]));
}

const isSource = (path: string): boolean => COMPILED.test(path) && !path.includes('/__tests__/');

/** A development dependency, which an installed plugin does not bring. */
async function loadCompiler(): Promise<Compiler | undefined> {
  try {
    // The package that the project installs hands the compiler on, but says only its types' names.
    return (await import('lwc/compiler')) as unknown as Compiler;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** The first fault ends the check of a bundle. */
function checkBundle(
  compiler: Compiler | undefined,
  name: string,
  files: readonly (readonly [string, Uint8Array])[],
): CheckedBundle {
  const imports: ModuleImport[] = [];
  for (const [path, bytes] of files) {
    if (!compiler) return { verdict: unchecked(path), imports };
    const fileName = path.slice(`lwc/${name}/`.length);
    try {
      const code = compile(compiler, name, fileName, new TextDecoder().decode(bytes));
      imports.push(...importsOf(code).map((module) => ({ module, fileName })));
    } catch (error) {
      return { verdict: toVerdict(error as Error & { location?: Location }, path), imports };
    }
  }
  return { verdict: undefined, imports };
}

function compile(compiler: Compiler, name: string, fileName: string, source: string): string {
  const options = { name, namespace: 'c', apiVersion: API_VERSION, enableLwcOn: true, enableDynamicComponents: true };
  return compiler.transformSync(source, fileName, options).code;
}

/**
 * The compiler writes each import on a line of its own, those that templates and styles imply included.
 *
 * What is searched from one such line ends at the next, as texts of a bundle may hold any number of them.
 */
const importsOf = (code: string): readonly string[] =>
  [
    ...code.matchAll(/^(?:(?:import|export)\b(?:(?!\n(?:im|ex)port\b)[^;"'])*\bfrom|import) ["']([^"'\n]+)["'];$/gm),
  ].map(([, module = '']) => module);

type Location = { readonly line?: number; readonly column?: number };

const toVerdict = (error: Error & { readonly location?: Location }, path: string): BundleVerdict => ({
  problem: messageOf(error),
  problemType: 'Error',
  fileName: path,
  place: { lineNumber: error.location?.line ?? 1, columnNumber: error.location?.column ?? 1 },
});

/** The compiler's message without the excerpt of the source and the folder that it supposed. */
const messageOf = (error: Error): string =>
  (error.message.split('\n')[0] ?? '').replace(/^\w*Error: /, '').replace(/\S*\/([^\s/]+\.(?:js|html|css)\b)/, '$1');

const unchecked = (path: string): BundleVerdict => ({
  problem: 'The component was not compiled: the Lightning compiler is a development dependency and not installed',
  problemType: 'Warning',
  fileName: path,
  place: {},
});
