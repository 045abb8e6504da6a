import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LeadCardData } from '../../lwc-bridge/port/lead-card.ts';
import { launchBrowser } from '../support/browser.ts';
import { makeCard } from '../unit/lwc-bridge/lead-receipt.ts';

const BUNDLE = join(import.meta.dirname, '../../force-app/main/default/staticresources/accord/core.js');
/** Releases whose changes an org may have switched on or not; which ones, nobody outside can tell. */
const GATES = [256, 258, 260, 262, 264];

let browser: Browser;
let server: Server;
let sandbox: string;

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'pages', 'sandbox.js')],
    bundle: true,
    write: false,
    format: 'iife',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  sandbox = outputFiles[0]?.text ?? '';
  server = createServer((_, answer) =>
    answer.setHeader('content-type', 'text/html').end('<!doctype html><body><div id="region"></div></body>'),
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

describe.each(GATES)('accord-lead-card inside the sandbox of release %i', (gate) => {
  it('draws classes, icons, values and times', async () => {
    const card = await show(gate, makeCard());
    expect(await card.locator('.clause.met .value').allInnerTexts()).toEqual(['1,200', 'Technology']);
    expect(await card.locator('.clause.unknown .icon svg path').count()).toBe(1);
    expect(await card.locator('time').getAttribute('datetime')).toBe('2026-11-19T15:20:00.000Z');
  });

  it('lets its host hear that the user asks to read again', async () => {
    const card = await show(gate, { status: 'failed', problem: 'The CRM did not answer.' });
    await card.getByRole('button', { name: 'Try again' }).click();
    expect(await card.getAttribute('data-asked')).toBe('');
  });
});

async function show(gate: number, card: LeadCardData): Promise<Locator> {
  const page = await browser.newPage();
  page.setDefaultTimeout(5_000);
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/?gate=${gate}`);
  await page.addScriptTag({ content: `globalThis.bundle = ${JSON.stringify(readFileSync(BUNDLE, 'utf8'))};` });
  await page.addScriptTag({ content: sandbox });
  await page.evaluate(`show(${JSON.stringify({ card, now: Date.parse('2026-11-21T21:00:00.000Z') })})`);
  const element = page.locator('accord-lead-card');
  await element.locator('article').waitFor();
  return element;
}
