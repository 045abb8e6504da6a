import type { Browser, Page } from 'playwright-core';

/** A page in a profile of its own, signed in through the sign-in page, opened at a path. */
export async function openAs(browser: Browser, instanceUrl: string, userName: string, path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(instanceUrl + path);
  await page.getByRole('button', { name: userName }).click();
  await page.waitForURL(instanceUrl + path);
  return page;
}

/** Notes what a page complains of, so that a test can demand that it complains of nothing. */
export function collectComplaints(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}
