import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import type { ShareCardOnPage } from './page/share-card.ts';
import { keepDownload, receive } from './stage/receive.ts';
import { test } from './stage/test.ts';

const SAVABLE = 'The sharer has ended this share. What you have can still be saved.';
const REFUSED = 'Failed: The sharer has ended this share.';

async function chooseEnd(card: ShareCardOnPage, choice: string): Promise<void> {
  await card.root.getByLabel('It ends').selectOption({ label: choice });
}

async function endNow(card: ShareCardOnPage): Promise<void> {
  await card.button('End this share now').click();
  await card.button('Yes, end it').click();
  await card.waitForStatus('Complete · ended');
}

test('T34, T35, T36, E30, D15: a share that its sharer ends is refused to newcomers, also by a tracker that was restarted, and who has it can still save it', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'over.bin', 300_000);
  const sharer = await stage.openTab();
  const shared = await sharer.share(path);
  const link = await shared.link();
  const holder = await stage.openTab();
  const held = await holder.openLink(link);
  await receive(held, stage.folder);
  await held.waitForStatus('Complete');

  await shared.root.getByText('This share does not end by itself').click();
  await chooseEnd(shared, 'in an hour');
  await shared.root.getByText('This share ends in 60 minutes').waitFor();
  await held.root.getByText('This share ends in 60 minutes').waitFor();
  const looking = await (await stage.openTab()).openLink(link);
  await looking.root.getByText('This share ends in 60 minutes').waitFor();
  await chooseEnd(shared, 'never');
  await held.root.getByText('This share ends').waitFor({ state: 'detached' });

  await endNow(shared);
  expect(await shared.text()).toContain('Copies that others have taken cannot be recalled.');
  await held.root.getByText(SAVABLE).waitFor();
  const newcomer = await stage.openTab();
  const refused = await newcomer.openLink(link);
  await refused.root.getByText(REFUSED).waitFor();
  expect(await refused.text()).not.toContain('over.bin');

  await holder.page.reload();
  const kept = holder.card('over.bin');
  await kept.root.getByText(SAVABLE).waitFor();
  const saved = kept.nextDownload();
  await kept.button('Save again').click();
  expect((await keepDownload(saved, stage.folder)).sha256).toBe(await computeSha256(path));

  await sharer.page.close();
  await stage.restartTracker();
  await newcomer.page.reload();
  await newcomer.card().root.getByText(REFUSED).waitFor();
});

test('E30: who does not have all of a share that its sharer ends is told so', async ({ stage }) => {
  const sharer = await stage.openTab();
  const shared = await sharer.share(makeRandomFile(stage.folder, 'half.bin', 20_000_000));
  await sharer.limitUpload(1_000_000);
  const card = await (await stage.openTab()).openLink(await shared.link());
  await card.button('Download').click();
  await card.waitForPercent(5);
  await shared.root.getByText('This share does not end by itself').click();
  await endNow(shared);
  // Else its goodbye would wait behind what the limit holds back.
  await sharer.limitUpload(undefined);
  await card.waitForStatus('Failed');
  await card.root.getByText('has ended this share before all of it was here').waitFor();
});

test('T35: the tracker goes by its own clock', async ({ stage }) => {
  const sharer = await stage.openTab();
  const shared = await sharer.share(makeRandomFile(stage.folder, 'later.bin', 1000));
  const link = await shared.link();
  await shared.root.getByText('This share does not end by itself').click();
  await chooseEnd(shared, 'in a day');
  await shared.root.getByText('This share ends in 24 hours').waitFor();
  await stage.restartTracker({ unixMs: () => Date.now() + 25 * 3_600_000 });
  const card = await (await stage.openTab()).openLink(link);
  await card.root.getByText(REFUSED).waitFor();
  await stage.restartTracker();
  await card.root.page().reload();
  await card.button('Download').waitFor();
});

test('E34, D16, E30: a share ends after the downloads that its sharer chose, for newcomers and over a reload', async ({
  stage,
}) => {
  const sharer = await stage.openTab();
  const shared = await sharer.share(makeRandomFile(stage.folder, 'once.bin', 300_000));
  const link = await shared.link();
  await shared.root.getByText('This share does not end by itself').click();
  await shared.root.getByLabel('Downloads at most').selectOption({ label: '1' });
  await shared.root.getByText('This share ends after 1 download').waitFor();
  await shared.root.getByText('0 of 1 download').waitFor();
  const held = await (await stage.openTab()).openLink(link);
  await receive(held, stage.folder);
  await shared.waitForStatus('Complete · ended');
  await held.root.getByText(SAVABLE).waitFor();
  const refused = await (await stage.openTab()).openLink(link);
  await refused.root.getByText(REFUSED).waitFor();

  await sharer.page.reload();
  await sharer.card('once.bin').waitForStatus('Complete · ended');
  await sharer.card('once.bin').root.getByText('1 of 1 download').waitFor();
});
