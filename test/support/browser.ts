import { existsSync } from 'node:fs';
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
    return await chromium.launch({ executablePath: await findExecutable(), args: ARGUMENTS });
  } catch (error) {
    throw new Error(
      'No browser could be started. Install Chromium (Debian: apt-get install chromium), or for the one from npm the libraries libnss3 and libnspr4.',
      { cause: error },
    );
  }
}

async function findExecutable(): Promise<string> {
  if (existsSync(SYSTEM_BROWSER)) return SYSTEM_BROWSER;
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}
