import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { receive } from './stage/receive.ts';
import { test } from './stage/test.ts';
import { waitForKeptPage } from './page/kept-page.ts';

test('the manifest is valid, and nothing stands against installing the page', async ({ stage }) => {
  const tab = await stage.openTab();
  await waitForKeptPage(tab.page);
  const session = await tab.context.newCDPSession(tab.page);
  const { data, errors } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(JSON.parse(data ?? '')).toMatchObject({ name: 'Peerify', start_url: '/', id: '/' });
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A test's browser forgets everything when it is closed, which is all that is said against it.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
});

test('case U8: what any page sends to the share target is asked about, and then a share', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'handed.bin', 300_000);
  const tab = await stage.openTab();
  await waitForKeptPage(tab.page);
  await handOver(tab.page, stage.url, path);
  const offer = tab.page.getByRole('alert').filter({ hasText: '“handed.bin” was handed' });
  await offer.waitFor();
  expect(tab.page.url()).toBe(stage.url);
  expect(await tab.page.getByRole('article').count()).toBe(0);
  await offer.getByRole('button', { name: 'Share', exact: true }).click();
  await offer.waitFor({ state: 'hidden' });
  const card = tab.card('handed.bin');
  const receiver = await stage.openTab();
  const opened = await receiver.openLink(await card.link());
  expect((await receive(opened, stage.folder)).sha256).toBe(await computeSha256(path));
  await tab.page.reload();
  await card.waitForStatus('Sharing');
  expect(await tab.page.getByRole('alert').count()).toBe(0);
});

test('the installed page shares it at once, words too', async ({ stage }) => {
  const context = await stage.openContext();
  await context.addInitScript(beInstalled);
  const tab = await stage.openTabIn(context);
  await waitForKeptPage(tab.page);
  await handOver(tab.page, stage.url, undefined, 'https://example.org/');
  const receiver = await stage.openTab();
  const opened = await receiver.openLink(await tab.card('Pasted text.txt').link());
  const received = await receive(opened, stage.folder);
  expect(readFileSync(received.path, 'utf8')).toBe('https://example.org/');
});

test('a link of a share that the share sheet hands over is opened', async ({ stage }) => {
  const sharer = await stage.openTab();
  const shared = await sharer.share(makeRandomFile(stage.folder, 'told-of.bin', 1000));
  const link = await shared.link();
  const tab = await stage.openTab();
  await waitForKeptPage(tab.page);
  await handOver(tab.page, stage.url, undefined, link);
  await tab.card('told-of.bin').button('Download').waitFor();
  expect(await tab.page.getByRole('article').count()).toBe(1);
});

test('a file that is opened with the page is shared', async ({ stage }) => {
  const context = await stage.openContext();
  await context.addInitScript(beInstalled);
  await context.addInitScript(launchWithFile);
  const tab = await stage.openTabIn(context);
  await tab.card('opened.txt').waitForStatus('Sharing');
});

test('the browser’s offer to install the page is a quiet button, and is taken up by it', async ({
  stage,
}) => {
  const tab = await stage.openTab();
  const install = tab.page.getByRole('button', { name: 'Install Peerify' });
  expect(await install.count()).toBe(0);
  await tab.page.evaluate(() => {
    const offer = { prompt: () => Promise.resolve((document.title = 'asked')) };
    dispatchEvent(Object.assign(new Event('beforeinstallprompt'), offer));
  });
  await install.click();
  await install.waitFor({ state: 'hidden' });
  expect(await tab.page.title()).toBe('asked');
});

/** Runs in the page, in place of a window of its own. */
function beInstalled(): void {
  const match = window.matchMedia.bind(window);
  window.matchMedia = (query) => {
    if (query === '(display-mode: browser)') return match('not all');
    return match(query.includes('(display-mode: standalone)') ? 'all' : query);
  };
}

/** Runs in the page, in place of a system that opens files with it. */
function launchWithFile(): void {
  const launchQueue = {
    setConsumer: async (take: (launch: { files: unknown[] }) => void): Promise<void> => {
      const folder = await navigator.storage.getDirectory();
      const handle = await folder.getFileHandle('opened.txt', { create: true });
      const writing = await handle.createWritable();
      await writing.write('opened');
      await writing.close();
      take({ files: [handle] });
    },
  };
  Object.defineProperty(window, 'launchQueue', { value: launchQueue });
}

/** As the share sheet does it, by way of a page of no site at all: ours may send no forms. */
async function handOver(page: Page, url: string, path?: string, text = ''): Promise<void> {
  await page.goto('about:blank');
  await page.setContent(`<form method="post" enctype="multipart/form-data" action="${url}share-target">
    <input name="title" value="a title"><input name="text"><input name="url">
    <input type="file" name="files"><button>Send</button></form>`);
  await page.locator('[name=text]').fill(text);
  if (path === undefined) await page.locator('[type=file]').evaluate((input) => input.remove());
  else await page.locator('[type=file]').setInputFiles(path);
  await page.locator('button').click();
  await page.waitForURL(url);
}
