import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LeadCardData } from '../../lwc-bridge/port/lead-card.ts';
import type { ReceiptClause } from '../../src/domain/verdict/decision.ts';
import { launchBrowser } from '../support/browser.ts';
import { fieldClause, makeCard, makeReceipt } from '../unit/lwc-bridge/lead-receipt.ts';

const BUNDLE = join(import.meta.dirname, '../../force-app/main/default/staticresources/accord/core.js');
const NOW = Date.parse('2026-11-21T21:00:00.000Z');

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser?.close());

beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 700, height: 900 } });
  page.setDefaultTimeout(5_000);
});

afterEach(() => page.close());

describe('accord-lead-card', () => {
  it('says while it loads that it does, at the height of the other states', async () => {
    await show({ status: 'loading' });
    await page.getByRole('status', { name: 'Loading the agreed stage' }).waitFor();
    const loading = await height();
    await show({ status: 'none' });
    expect(await height()).toBe(loading);
    await show({ status: 'failed', problem: 'The CRM did not answer.' });
    expect(await height()).toBe(loading);
  });

  it('names the failure and asks the host to read again, by keyboard too', async () => {
    await show({ status: 'failed', problem: 'The CRM did not answer.' });
    expect(await page.getByRole('alert').innerText()).toContain('The CRM did not answer.');
    await page.evaluate("void document.addEventListener('leadretry', () => (document.title = 'asked'))");
    await page.getByRole('button', { name: 'Try again' }).press('Enter');
    expect(await page.title()).toBe('asked');
  });

  it('takes one muted line where Accord is not switched on', async () => {
    await show({ status: 'no-access' });
    expect(await page.getByRole('heading').count()).toBe(0);
    expect(await height()).toBeLessThan(100);
  });

  it('opens what is settled by keyboard', async () => {
    const settled = fieldClause('sal.all.1', 'Industry');
    await show(makeCard(withNext([settled])));
    const sentence = page.getByText(settled.sentence).last();
    expect(await sentence.isVisible()).toBe(false);
    await page.getByText('1 condition already settled').press('Enter');
    expect(await sentence.isVisible()).toBe(true);
  });

  it("writes the instant of the stage in the user's zone beside how long ago it was", async () => {
    await show(makeCard());
    const since = await page.getByRole('time').first().innerText();
    expect(since.replaceAll(/\s+/g, ' ')).toBe('since 2 days ago (Nov 19, 2026, 10:20 AM)');
  });

  it('says of a version that is no longer in force that it is not', async () => {
    await show(makeCard(makeReceipt(), { agreement: { name: 'Northwind', version: 2, status: 'Superseded' } }));
    expect(await page.getByText('no longer in force: superseded').isVisible()).toBe(true);
  });

  it.each([
    ['ltr', 320],
    ['rtl', 320],
    ['ltr', 1200],
  ])('keeps long names inside in %s at %i pixels', async (direction, width) => {
    const word = 'Geschwindigkeitsbegrenzungsüberschreitungswahrscheinlichkeit';
    const long = fieldClause('sal.all.1', 'Industry', {
      sentence: `${word} is ${word}`,
      outcome: 'not-met',
      finding: word,
    });
    await page.setViewportSize({ width, height: 900 });
    await show(makeCard(withNext([long]), { values: { 'Lead.Industry': word } }), direction);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });
});

const withNext = (clauses: readonly ReceiptClause[]): ReturnType<typeof makeReceipt> => {
  const [current, next] = makeReceipt().definitions;
  return makeReceipt({ definitions: [current!, { ...next!, clauses }] });
};

/** Puts the card, as the bundle of the package draws it, on an empty page. */
async function show(card: LeadCardData, direction = 'ltr'): Promise<void> {
  await page.setContent(
    `<!doctype html><html dir="${direction}"><body><accord-lead-card></accord-lead-card></body></html>`,
  );
  await page.addScriptTag({ content: readFileSync(BUNDLE, 'utf8') });
  const properties = { card, now: NOW, timeZone: 'America/New_York' };
  await page.locator('accord-lead-card').evaluate((element, given) => void Object.assign(element, given), properties);
  await page.locator('accord-lead-card article').waitFor();
}

async function height(): Promise<number | undefined> {
  const box = await page.locator('accord-lead-card article').boundingBox();
  return box?.height;
}
