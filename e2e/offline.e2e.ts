import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { keepDownload, receive } from './stage/receive.ts';
import { test } from './stage/test.ts';
import { waitForKeptPage } from './page/kept-page.ts';

/** More than a Blob is used for, so that the worker streams it. */
const SIZE = 34e6;

test('offline the page opens, and what is stored is saved again, byte-identical', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'kept.bin', SIZE);
  const sharer = await stage.openTab();
  const shared = await sharer.share(path);
  const receiver = await stage.openTab();
  const card = await receiver.openLink(await shared.link());
  await receive(card, stage.folder);
  await card.waitForStatus('Complete');
  await receiver.waitForStoredPieces(SIZE);
  await waitForKeptPage(receiver.page);
  await sharer.page.close();
  await stage.stopTracker();
  await receiver.context.setOffline(true);

  await receiver.page.reload();
  await card.waitForStatus('Complete');
  await receiver.page.getByText('The tracker cannot be reached.').waitFor();
  const saving = card.nextDownload();
  await card.button('Save again').click();
  expect((await keepDownload(saving, stage.folder)).sha256).toBe(await computeSha256(path));
  // Views that load later are there as well.
  await card.root.getByText('Link and file ID, to pass on').click();
  await card.button('QR code').click();
  await card.root.getByRole('img', { name: 'QR code of the link to kept.bin' }).waitFor();
});

test('a tracker that is there again is found again', async ({ stage }) => {
  const tab = await stage.openTab();
  await waitForKeptPage(tab.page);
  await stage.stopTracker();
  await tab.page.reload();
  await tab.page.getByText('The tracker cannot be reached.').waitFor();
  await stage.restartTracker();
  await tab.page.getByText('The tracker cannot be reached.').waitFor({ state: 'hidden' });
});
