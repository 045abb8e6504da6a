import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { CLIENT, loadTools } from './build-tools.ts';

/** Modules that the platform supplies to components, by the name that components import, and the page shell itself. */
const MODULES: Readonly<Record<string, string>> = {
  lwc: 'platform/lwc.ts',
  'lightning-shell/context': 'context.ts',
  'lightning-shell/main': 'shell/main.ts',
  'lightning/graphql': 'platform/graphql.ts',
  'lightning/navigation': 'platform/navigation.ts',
  'lightning/platformResourceLoader': 'platform/platform-resource-loader.ts',
  'lightning/platformShowToastEvent': 'platform/platform-show-toast-event.ts',
  'lightning/refresh': 'platform/refresh.ts',
  'lightning/uiLayoutApi': 'platform/ui-layout-api.ts',
  'lightning/uiListsApi': 'platform/ui-lists-api.ts',
  'lightning/uiObjectInfoApi': 'platform/ui-object-info-api.ts',
  'lightning/uiRecordApi': 'platform/ui-record-api.ts',
  'lightning/uiRelatedListApi': 'platform/ui-related-list-api.ts',
};

/** Module names that compiled components leave for the page to resolve. */
export const PLATFORM_MODULES: readonly string[] = Object.keys(MODULES);

export type PlatformBundle = {
  /** Changes with the code, so that browsers may keep files for ever. */
  readonly hash: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Module name → file name. */
  readonly entries: ReadonlyMap<string, string>;
};

/** Bundles the page shell and the platform's modules for the browser; modules they share stay shared. */
export async function bundlePlatform(): Promise<PlatformBundle> {
  const { build } = await loadTools(() => import('esbuild'));
  const result = await build({
    entryPoints: Object.entries(MODULES).map(([name, file]) => ({ in: CLIENT + file, out: toFileName(name) })),
    external: ['lwc'],
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2023',
    platform: 'browser',
    outdir: '/',
    write: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.SKIP_LWC_VERSION_MISMATCH_CHECK': 'undefined' },
  });
  const files = new Map(result.outputFiles.map((file) => [basename(file.path), file.contents]));
  const hash = createHash('sha256');
  for (const contents of files.values()) hash.update(contents);
  return {
    hash: hash.digest('hex').slice(0, 16),
    files,
    entries: new Map(PLATFORM_MODULES.map((name) => [name, `${toFileName(name)}.js`])),
  };
}

const toFileName = (moduleName: string): string => moduleName.replace('/', '-');
