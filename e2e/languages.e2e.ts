import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { keepDownload } from './stage/receive.ts';
import { test } from './stage/test.ts';

const MB = 1_000_000;
const GERMAN = 'Dateien direkt aus diesem Browser teilen.';

declare global {
  interface Window {
    headings: string[];
  }
}

test('a German browser gets German, another language is chosen at the foot, and a reload remembers', async ({
  stage,
}) => {
  const context = await stage.openContext({ locale: 'de-AT' });
  const page = await context.newPage();
  await page.goto(stage.url);
  await page.getByRole('heading', { name: GERMAN }).waitFor();
  expect(await readScript(page)).toEqual(['de', 'ltr']);
  await page.getByLabel('Datei-ID oder Link').fill('half a li');
  await page.getByLabel('Sprache').selectOption('English');
  await page.getByRole('heading', { name: 'Share files straight from this browser.' }).waitFor();
  expect(await page.getByLabel('File ID or link').inputValue()).toBe('half a li');
  expect(await readScript(page)).toEqual(['en', 'ltr']);
  await page.reload();
  await page.getByRole('heading', { name: 'Share files straight from this browser.' }).waitFor();
});

test('a download goes on while its page is turned to Arabic, from right to left', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'notes.bin', 6 * MB);
  const sharer = await stage.openTab();
  await sharer.limitUpload(0.5 * MB);
  const receiver = await stage.openTab();
  const card = await receiver.openLink(await (await sharer.share(path)).link());
  const saving = card.download();
  await card.waitForPercent(10);
  await receiver.page.getByLabel('Language').selectOption('العربية');
  await card.root.getByRole('status').filter({ hasText: 'جارٍ التنزيل' }).waitFor();
  expect(await readScript(receiver.page)).toEqual(['ar', 'rtl']);
  await sharer.limitUpload(undefined);
  const saved = await keepDownload(saving, stage.folder);
  expect(saved.name).toBe('notes.bin');
  expect(saved.sha256).toBe(await computeSha256(path));
  await receiver.page.reload();
  await card.root.getByRole('status').filter({ hasText: 'مكتمل' }).waitFor();
  expect(await readScript(receiver.page)).toEqual(['ar', 'rtl']);
});

test('a language that cannot be loaded says so, and the page stays as it is', async ({ stage }) => {
  const context = await stage.openContext();
  await context.route(/assets\/de-/, (route) => route.abort());
  const { page } = await stage.openTabIn(context);
  await page.getByLabel('Language').selectOption('Deutsch');
  await page.getByText('This language could not be loaded.').waitFor();
  expect(await page.getByLabel('Language').inputValue()).toBe('en');
});

test('a page in another language begins in it, and waits a moment for it, not longer', async ({
  stage,
}) => {
  const context = await stage.openContext({ locale: 'de' });
  const page = await context.newPage();
  await page.addInitScript(rememberHeadings);
  await page.goto(stage.url);
  await page.getByRole('heading', { name: 'Dateien direkt' }).waitFor();
  expect(await page.evaluate(() => window.headings)).toEqual([GERMAN]);
  await context.route(/assets\/de-/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 2500));
    await route.continue();
  });
  await page.reload();
  await page.getByRole('heading', { name: 'Share files straight' }).waitFor({ timeout: 2200 });
  await page.getByRole('heading', { name: 'Dateien direkt' }).waitFor();
});

/** Runs in the page: keeps every heading that is ever shown. */
function rememberHeadings(): void {
  const headings: string[] = [];
  window.headings = headings;
  const look = (): void => {
    const heading = document.querySelector('h1')?.textContent;
    if (heading !== undefined && heading !== headings.at(-1)) headings.push(heading);
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true });
}

function readScript(page: Page): Promise<string[]> {
  return page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);
}
