import { join } from 'node:path';
import { expect } from 'vitest';
import { startTracker } from '../server/start-tracker.ts';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { waitForKeptPage } from './page/kept-page.ts';
import { DeployedPage } from './stage/deployed-page.ts';
import { keepDownload } from './stage/receive.ts';
import { test } from './stage/test.ts';

declare global {
  interface Window {
    supplyRest: () => void;
  }
}

test('a page that is open goes on after a new version took its place; a reload brings that one, and the old one is dropped', async ({
  stage,
}) => {
  const deployed = new DeployedPage(join(stage.folder, 'page'));
  let tracker = await startTracker({ pageRoot: deployed.root });
  const url = `http://localhost:${tracker.port}/`;
  const tab = await stage.openTabIn(await stage.openContext(), url);
  const readEntry = () =>
    tab.page.evaluate(() => document.querySelector<HTMLScriptElement>('script[src]')?.src ?? '');
  const countKept = () => tab.page.evaluate(async () => (await caches.keys()).length);
  const card = await tab.share(makeRandomFile(stage.folder, 'open.bin', 1000));
  await waitForKeptPage(tab.page);
  const before = await readEntry();

  await tracker.close();
  deployed.deployNext();
  tracker = await startTracker({ pageRoot: deployed.root, port: Number(new URL(url).port) });
  // The browser looks for a new worker by itself when a page is opened, and now and then.
  const other = await stage.openTabIn(tab.context, url);
  await expect.poll(countKept, { timeout: 15_000 }).toBe(2);
  await card.button('QR code').click();
  await card.root.getByRole('img', { name: 'QR code of the link to open.bin' }).waitFor();
  await other.page.close();

  await tab.page.reload();
  await card.waitForStatus('Sharing');
  expect(await readEntry()).not.toBe(before);
  await expect.poll(countKept, { timeout: 15_000 }).toBe(1);
  await tracker.close();
});

test('V3: a download that is streamed to disk meanwhile is saved byte for byte, and then the new version takes over', async ({
  stage,
}) => {
  const deployed = new DeployedPage(join(stage.folder, 'page'));
  let tracker = await startTracker({ pageRoot: deployed.root });
  const url = `http://localhost:${tracker.port}/`;
  // More than a Blob is used for.
  const path = makeRandomFile(stage.folder, 'long.bin', 34e6);
  const sharer = await stage.openTabIn(await stage.openContext(), url);
  const shared = await sharer.share(path);
  const context = await stage.openContext();
  await context.addInitScript(supplyHalf);
  const receiver = await stage.openTabIn(context, url);
  const card = await receiver.openLink(await shared.link());
  const download = await card.download();

  await tracker.close();
  deployed.deployNext();
  tracker = await startTracker({ pageRoot: deployed.root, port: Number(new URL(url).port) });
  const readWaiting = () =>
    receiver.page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      if (registration.waiting === null) await registration.update();
      return registration.waiting?.state;
    });
  await expect.poll(readWaiting, { timeout: 5_000 }).toBe('installed');

  await receiver.page.evaluate(() => window.supplyRest());
  const saved = await keepDownload(Promise.resolve(download), stage.folder);
  expect(saved.sha256).toBe(await computeSha256(path));
  await card.waitForStatus('Complete');
  const listKept = () => receiver.page.evaluate(() => caches.keys());
  await expect.poll(listKept, { timeout: 30_000 }).toContain('peerify-shell/-version1');
  await tracker.close();
});

/** Runs in the page: after some of it, what is saved comes no further until it is told to. */
function supplyHalf(): void {
  const post = Reflect.get(MessagePort.prototype, 'postMessage');
  let suppliedCount = 0;
  const rest = new Promise<void>((resolve) => (window.supplyRest = resolve));
  MessagePort.prototype.postMessage = function (message: unknown, ...others: unknown[]): void {
    const isSupply = Reflect.get(Object(message), 'kind') === 'bytes';
    if (isSupply) suppliedCount += 1;
    const supply = () => Reflect.apply(post, this, [message, ...others]);
    if (isSupply && suppliedCount > 10) void rest.then(supply);
    else supply();
  };
}
