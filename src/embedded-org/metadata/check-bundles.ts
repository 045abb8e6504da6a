import type { transformSync } from '@lwc/compiler';

type Files = ReadonlyMap<string, Uint8Array>;

/** What the Lightning compiler said of a bundle: why it cannot be deployed, or that nobody could tell. */
export type BundleVerdict = {
  readonly problem: string;
  readonly problemType: 'Error' | 'Warning';
  readonly fileName: string;
  readonly place: { readonly lineNumber?: number; readonly columnNumber?: number };
};

type Compiler = { readonly transformSync: typeof transformSync };

/** The highest version that the compiler knows. */
const API_VERSION = 66;

const COMPILED = /\.(js|html|css)$/;

/** Compiles the Lightning web components of a deployment; bundles that compile are not in the answer. */
export async function checkBundles(files: Files): Promise<ReadonlyMap<string, BundleVerdict>> {
  const sources = [...files].filter(([path]) => path.startsWith('lwc/') && isSource(path));
  if (sources.length === 0) return new Map();
  const compiler = await loadCompiler();
  const verdicts = new Map<string, BundleVerdict>();
  for (const [path, bytes] of sources) {
    const name = path.split('/')[1] ?? '';
    if (verdicts.has(name)) continue;
    const verdict = compiler ? compile(compiler, name, path, bytes) : unchecked(path);
    if (verdict) verdicts.set(name, verdict);
  }
  return verdicts;
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

function compile(compiler: Compiler, name: string, path: string, bytes: Uint8Array): BundleVerdict | undefined {
  const file = path.slice(`lwc/${name}/`.length);
  try {
    compiler.transformSync(new TextDecoder().decode(bytes), file, {
      name,
      namespace: 'c',
      apiVersion: API_VERSION,
      enableLwcOn: true,
      enableDynamicComponents: true,
    });
    return undefined;
  } catch (error) {
    const { location } = error as { location?: { line?: number; column?: number } };
    const place = { lineNumber: location?.line ?? 1, columnNumber: location?.column ?? 1 };
    return { problem: messageOf(error as Error), problemType: 'Error', fileName: path, place };
  }
}

/** The compiler's message without the excerpt of the source and the folder that it supposed. */
const messageOf = (error: Error): string =>
  (error.message.split('\n')[0] ?? '').replace(/^\w*Error: /, '').replace(/\S*\/([^\s/]+\.(?:js|html|css)\b)/, '$1');

const unchecked = (path: string): BundleVerdict => ({
  problem: 'The component was not compiled: the Lightning compiler is a development dependency and not installed',
  problemType: 'Warning',
  fileName: path,
  place: {},
});
