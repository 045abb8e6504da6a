/**
 * Bundles the Lit elements into the static resource `accord` that the Lightning components load.
 *
 * Fails where the bundle would break on the platform: strict-mode scripts fail in its sandbox, and large ones slow every
 * record page. Shadow roots are open, so that browser tests can look inside; `ACCORD_SHADOW_MODE=closed` builds for an
 * org whose Lightning Web Security accepts closed ones only.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const MOST_COMPRESSED_BYTES = 45 * 1024;
const root = dirname(import.meta.dirname);
const target = join(root, 'force-app', 'main', 'default', 'staticresources', 'accord', 'core.js');
const shadowMode = process.env['ACCORD_SHADOW_MODE'] === 'closed' ? 'closed' : 'open';

const { outputFiles } = await build({
  entryPoints: [join(root, 'lwc-bridge', 'elements', 'core.ts')],
  bundle: true,
  write: false,
  minify: true,
  format: 'iife',
  globalName: 'Accord',
  target: 'es2022',
  legalComments: 'none',
  define: { ACCORD_SHADOW_MODE: JSON.stringify(shadowMode) },
  // only these two: with `strict` esbuild would write "use strict" into the bundle
  tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
});
const [bundle] = outputFiles;
const compressed = gzipSync(bundle.contents, { level: 9 }).length;
if (/["']use strict["']/.test(bundle.text))
  fail('The bundle contains "use strict". Remove it from the module that brings it.');
if (compressed > MOST_COMPRESSED_BYTES) {
  fail(
    `The bundle is ${compressed} bytes compressed; at most ${MOST_COMPRESSED_BYTES} are allowed. See what was imported.`,
  );
}
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, bundle.contents);
process.stdout.write(
  `Elements: ${bundle.contents.length} bytes, ${compressed} compressed, ${shadowMode} shadow roots\n`,
);

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
