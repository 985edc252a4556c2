import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { correction, generate } from 'lean-qr';
import { expect } from 'vitest';
import { makeRandomFile } from './files/sample-files.ts';
import { dropPaths } from './page/drop.ts';
import { receive } from './stage/receive.ts';
import { test } from './stage/test.ts';

function readClipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

test('a dropped file is a link in the clipboard, once; a reload leaves the clipboard alone', async ({
  stage,
}) => {
  const tab = await stage.openTab();
  await tab.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await dropPaths(tab.page, [makeRandomFile(stage.folder, 'copied.bin', 1000)]);
  const card = tab.card('copied.bin');
  await card.root.getByText('Link copied', { exact: true }).waitFor();
  expect(await readClipboard(tab.page)).toBe(await card.link());
  await tab.page.evaluate(() => navigator.clipboard.writeText('something else'));
  await tab.page.reload();
  await card.waitForStatus('Sharing');
  expect(await card.root.getByText('Link copied', { exact: true }).count()).toBe(0);
  expect(await readClipboard(tab.page)).toBe('something else');
});

test('where the clipboard is refused, nothing is said but the button', async ({ stage }) => {
  const tab = await stage.openTab();
  await tab.page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
  });
  const card = await tab.share(makeRandomFile(stage.folder, 'refused.bin', 1000));
  await card.waitForStatus('Sharing');
  await tab.page.getByText('refused.bin is shared. The link is ready.').waitFor();
  expect(await card.root.getByText('Link copied', { exact: true }).count()).toBe(0);
  await card.button('Copy link').waitFor();
});

test('the QR code is the link, and is made without asking anybody', async ({ stage }) => {
  const tab = await stage.openTab();
  const card = await tab.share(makeRandomFile(stage.folder, 'coded.bin', 1000));
  const link = await card.link();
  const asked: string[] = [];
  tab.context.on('request', (request) => {
    // The worker keeps the page meanwhile.
    if (request.serviceWorker() === null) asked.push(new URL(request.url()).pathname);
  });
  await card.button('QR code').click();
  const picture = card.root.getByRole('img', { name: 'QR code of the link to coded.bin' });
  const drawn = await picture.locator('path').getAttribute('d');
  expect(readSquares(drawn ?? '')).toEqual(computeSquares(link));
  // The parts of the page that draw it, and nothing else.
  expect(asked.filter((path) => !path.startsWith('/assets/'))).toEqual([]);
  const box = await picture.boundingBox();
  expect(box?.width).toBeGreaterThan(200);
  await card.button('QR code').click();
  await picture.waitFor({ state: 'hidden' });
});

test('the system’s share sheet gets the link; a cancel is no error', async ({ stage }) => {
  const context = await stage.openContext();
  await context.addInitScript(() => {
    Object.assign(navigator, {
      canShare: () => true,
      share: (data: ShareData) => {
        document.title = JSON.stringify(data);
        return Promise.reject(new DOMException('not now', 'AbortError'));
      },
    });
  });
  const tab = await stage.openTabIn(context);
  const card = await tab.share(makeRandomFile(stage.folder, 'sent.bin', 1000));
  await card.button('Share…').click();
  const title = await tab.page.evaluate(() => document.title);
  expect(JSON.parse(title)).toEqual({ title: 'sent.bin', url: await card.link() });
  expect(await tab.page.getByRole('alert').count()).toBe(0);
});

test('a typed text is a share like any other', async ({ stage }) => {
  const tab = await stage.openTab();
  await tab.page.getByRole('button', { name: 'Text', exact: true }).click();
  const field = tab.page.getByRole('textbox', { name: 'Text or link to share' });
  await field.fill('https://example.org/ – good');
  await field.press('Control+Enter');
  await field.waitFor({ state: 'hidden' });
  const card = tab.card('Pasted text.txt');
  const receiver = await stage.openTab();
  const opened = await receiver.openLink(await card.link());
  const received = await receive(opened, stage.folder);
  expect(readFileSync(received.path, 'utf8')).toBe('https://example.org/ – good');
});

test('a pasted picture is named after the day', async ({ stage }) => {
  const tab = await stage.openTab();
  await tab.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await tab.page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    if (blob !== null) await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
  });
  await tab.page.locator('body').click({ position: { x: 1, y: 1 } });
  await tab.page.keyboard.press('ControlOrMeta+V');
  const card = tab.page.getByRole('article', { name: /^pasted image \d{4}-\d\d-\d\d\.png$/ });
  await card.waitFor();
});

function readSquares(path: string): string[] {
  const squares: string[] = [];
  for (const [, x = '', y = '', width = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)) {
    for (let i = 0; i < Number(width); i += 1) squares.push(`${Number(x) + i} ${y}`);
  }
  return squares;
}

function computeSquares(link: string): string[] {
  const code = generate(link, { minCorrectionLevel: correction.M });
  const places = Array.from({ length: code.size ** 2 }, (_, i) => i);
  return places
    .map((place) => [place % code.size, Math.floor(place / code.size)] as const)
    .filter(([x, y]) => code.get(x, y))
    .map(([x, y]) => `${x} ${y}`);
}
