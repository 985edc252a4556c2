import { makeRandomFile } from './files/sample-files.ts';
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
