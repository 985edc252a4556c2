import { expect } from 'vitest';
import { makeRandomFile } from './files/sample-files.ts';
import { isAskedBeforeClosing } from './stage/staged-browser.ts';
import { test } from './stage/test.ts';

const MISSING = 'This part of the page could not be loaded. Reload the page when you are online.';

test('a part of the page that could not be loaded says so, and is tried again when it is next shown', async ({
  stage,
}) => {
  const context = await stage.openContext({ serviceWorkers: 'block' });
  await context.route(/assets\/qr-panel-/, (route) => route.abort());
  const tab = await stage.openTabIn(context);
  const card = await tab.share(makeRandomFile(stage.folder, 'song.bin', 1000));
  await card.button('QR code').click();
  await card.root.getByText(MISSING).waitFor();
  await context.unroute(/assets\/qr-panel-/);
  await card.button('QR code').click();
  await card.root.getByText(MISSING).waitFor({ state: 'hidden' });
  await card.button('QR code').click();
  await card.root.getByRole('img', { name: 'QR code of the link to song.bin' }).waitFor();
});

test('what connects to others could not be loaded: the card says so, and its Resume tries again', async ({
  stage,
}) => {
  const context = await stage.openContext({ serviceWorkers: 'block' });
  await context.route(/assets\/simple-peer-transport-/, (route) => route.abort());
  const tab = await stage.openTabIn(context);
  const card = await tab.share(makeRandomFile(stage.folder, 'song.bin', 1000));
  await card.root.getByText('Check the network and press Resume, or reload the page.').waitFor();
  await context.unroute(/assets\/simple-peer-transport-/);
  await card.button('Resume').click();
  await card.waitForStatus('Sharing');
});

test('what opens links could not be loaded: the page says so and names no button, and a reload helps', async ({
  stage,
}) => {
  const sharer = await stage.openTab();
  const shared = await sharer.share(makeRandomFile(stage.folder, 'song.bin', 1000));
  const link = await shared.link();
  const context = await stage.openContext({ serviceWorkers: 'block' });
  await context.route(/assets\/share-preview-/, (route) => route.abort());
  const { page } = await stage.openTabIn(context, link);
  await page.getByText('Check the network, then reload the page.').waitFor();
  await context.unroute(/assets\/share-preview-/);
  await page.reload();
  await page.getByRole('button', { name: 'Download' }).waitFor();
});

test('what warns before closing could not be loaded: it is asked for again, and warns once it is there', async ({
  stage,
}) => {
  const context = await stage.openContext({ serviceWorkers: 'block' });
  const part = /assets\/attend-tab-/;
  await context.route(part, (route) => route.abort());
  const tab = await stage.openTabIn(context);
  const isMissed = tab.page.waitForEvent('requestfailed', (request) => part.test(request.url()));
  const card = await tab.share(makeRandomFile(stage.folder, 'song.bin', 1000));
  await isMissed;
  await context.unroute(part);
  const isThere = tab.page.waitForResponse(part);
  // A browser warns only where a person has done something.
  await card.button('Copy link').click();
  await isThere;
  expect(await isAskedBeforeClosing(tab.page)).toBe(true);
});
