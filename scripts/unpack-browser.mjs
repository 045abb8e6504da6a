/**
 * Unpacks the npm browser into the project's cache and prints where it is.
 *
 * Left alone it unpacks into the machine's temporary folder, where the file of another user, or one half written by
 * another test process, stands in the way.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '.cache', 'browser');
mkdirSync(folder, { recursive: true });
process.env.TMPDIR = folder;
const { default: chromium } = await import('@sparticuz/chromium');
process.stdout.write(await chromium.executablePath());
