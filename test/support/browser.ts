import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const SYSTEM_BROWSER = '/usr/bin/chromium';

/** Ours, because those of @sparticuz/chromium switch web security off, which pages must be tested under. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a headless Chromium with an empty profile: the machine's own, else the one from npm. */
export async function launchBrowser(): Promise<Browser> {
  try {
    return await chromium.launch({ executablePath: findExecutable(), args: ARGUMENTS });
  } catch (error) {
    throw new Error(
      'No browser could be started. Install Chromium (Debian: apt-get install chromium), or for the one from npm the libraries libnss3 and libnspr4.',
      { cause: error },
    );
  }
}

/** `npm test` has found it already; a test run by hand asks the same script. */
function findExecutable(): string {
  const found = process.env['ACCORD_TEST_BROWSER'];
  if (found) return found;
  if (existsSync(SYSTEM_BROWSER)) return SYSTEM_BROWSER;
  const script = join(import.meta.dirname, '..', '..', 'scripts', 'unpack-browser.mjs');
  return execFileSync(process.execPath, [script], { encoding: 'utf8' });
}
