import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { randomFillSync } from 'node:crypto';
import { expect } from 'vitest';
import type { ShareCardOnPage } from './page/share-card.ts';
import type { Tab } from './page/tab.ts';
import type { Stage } from './stage/stage.ts';
import { computeSha256 } from './files/compute-sha256.ts';
import { readZip } from './files/read-zip.ts';
import { DetailsOnPage } from './page/details.ts';
import { watchBusyMs } from './page/watch-busy.ts';
import { printFigures } from './stage/print-figures.ts';
import { keepDownload } from './stage/receive.ts';
import { test } from './stage/test.ts';

const MB = 1_000_000;
const DOWNLOAD_MS = 120_000;
/** On the processor, to turn to another page of a list. */
const MAX_TURN_MS = 100;
const NOTHING = new Uint8Array();
const TREE = {
  'trip/first.jpg': 0.3 * MB,
  'trip/film.mp4': 6 * MB,
  'trip/notes/day one.txt': 1_000,
  'trip/notes/day two.txt': 2_000,
  'trip/last.jpg': 0.4 * MB,
};

async function shareTree(stage: Stage, sizes: Readonly<Record<string, number>>): Promise<Tab> {
  for (const [path, size] of Object.entries(sizes)) {
    mkdirSync(join(stage.folder, dirname(path)), { recursive: true });
    writeFileSync(join(stage.folder, path), randomFillSync(Buffer.alloc(size)));
  }
  const sharer = await stage.openTab();
  const folder = Object.keys(sizes)[0]?.split('/')[0] ?? '';
  await sharer.page.getByLabel('Choose a folder').setInputFiles(join(stage.folder, folder));
  await sharer.card(folder).root.waitFor();
  return sharer;
}

function tick(card: ShareCardOnPage, path: string): Promise<void> {
  return card.root.getByRole('checkbox', { name: path, exact: true }).check();
}

test('E28: some files of a share are chosen, fetched and saved, and later all of them', async ({
  stage,
}) => {
  const sharer = await shareTree(stage, TREE);
  const link = await sharer.card('trip').link();
  const receiver = await stage.openTab();
  const card = await receiver.openLink(link);
  await card.button('Choose files…').click();
  await card.root.getByRole('checkbox', { name: 'trip/first.jpg' }).waitFor();
  expect(await card.root.getByRole('checkbox').count()).toBe(7);
  await tick(card, 'trip/last.jpg');
  await card.root.getByRole('checkbox', { name: 'Folder trip/notes, 2 files' }).check();
  const saving = keepDownload(card.nextDownload(), stage.folder);
  await card.button('Download selected (3 files, 403 kB)').click();
  const zip = readZip((await saving).path);
  const chosen = ['trip/last.jpg', 'trip/notes/day one.txt', 'trip/notes/day two.txt'];
  expect([...zip.keys()].toSorted()).toEqual(chosen);
  for (const path of chosen) {
    expect(readFileSync(join(stage.folder, path)).equals(zip.get(path) ?? NOTHING)).toBe(true);
  }
  await card.waitForStatus('Complete · the files that you chose');
  expect(await card.percent()).toBe(100);
  expect(await sharer.card('trip').sentBytes()).toBeLessThan(2 * MB);

  // The choice outlives a reload, and nothing more is fetched.
  await receiver.page.reload();
  const after = receiver.card('trip');
  await after.waitForStatus('Complete · the files that you chose');
  await after.button('Save trip/last.jpg').waitFor();
  expect(await after.button('Save trip/film.mp4').count()).toBe(0);
  const one = await keepDownload(
    Promise.all([after.nextDownload(), after.button('Save trip/last.jpg').click()]).then(
      ([download]) => download,
    ),
    stage.folder,
  );
  expect(one.sha256).toBe(await computeSha256(join(stage.folder, 'trip/last.jpg')));

  // What is here feeds others, though it is not everything.
  const third = await stage.openTab();
  const thirdCard = await third.openLink(link);
  await sharer.page.close();
  await thirdCard.button('Choose files…').click();
  await tick(thirdCard, 'trip/last.jpg');
  const passedOn = keepDownload(thirdCard.nextDownload(), stage.folder);
  await thirdCard.button('Download selected (1 file, 400 kB)').click();
  expect((await passedOn).sha256).toBe(await computeSha256(join(stage.folder, 'trip/last.jpg')));
});

test('E28: of who chose some files and has them the sharer sees as many bytes as the receiver does', async ({
  stage,
}) => {
  const sharer = await shareTree(stage, TREE);
  const shared = sharer.card('trip');
  const sharing = await DetailsOnPage.open(shared);
  const receiver = await stage.openTab();
  const card = await receiver.openLink(await shared.link());
  await card.button('Choose files…').click();
  await tick(card, 'trip/first.jpg');
  await card.button('Download selected (1 file, 300 kB)').click();
  await card.waitForStatus('Complete · the files that you chose');
  const receiving = await DetailsOnPage.open(card);
  await receiving.waitForPeer('Peer 1');
  await sharing.waitForPeer('Peer 1');
  await expect.poll(async () => (await sharing.bytesOf('Peer 1')) > 300_000).toBe(true);
  const held = await receiving.bytesOf('You');
  await expect.poll(() => sharing.bytesOf('Peer 1')).toBe(held);
  expect(await sharing.rowOf('Peer 1')).not.toContain('%');
});

test('E28: who chose some files can have the rest later, and each file is saved as soon as it is here', async ({
  stage,
}) => {
  const sharer = await shareTree(stage, TREE);
  const receiver = await stage.openTab();
  const card = await receiver.openLink(await sharer.card('trip').link());
  await card.button('Choose files…').click();
  await tick(card, 'trip/first.jpg');
  const first = keepDownload(card.nextDownload(), stage.folder);
  await card.button('Download selected (1 file, 300 kB)').click();
  expect(basename((await first).name)).toBe('first.jpg');
  await receiver.setRate('Receive at most', '250 kB/s');
  await card.button('Choose files…').click();
  await card.button('Select all').click();
  const rest = keepDownload(card.nextDownload(DOWNLOAD_MS, 'trip.zip'), stage.folder);
  await card.button('Download selected (5 files, 6.7 MB)').click();
  await card.waitForStatus('Downloading');
  // Long before the film is here.
  const early = keepDownload(card.nextDownload(DOWNLOAD_MS, 'first.jpg'), stage.folder);
  await card.button('Save trip/first.jpg').click();
  expect((await early).sha256).toBe(await computeSha256(join(stage.folder, 'trip/first.jpg')));
  expect(await card.percent()).toBeLessThan(100);
  await receiver.setRate('Receive at most', 'No limit');
  // What was saved before is not saved again.
  const zip = readZip((await rest).path);
  const others = Object.keys(TREE).filter((path) => path !== 'trip/first.jpg');
  expect([...zip.keys()].toSorted()).toEqual(others.toSorted());
  await card.waitForStatus('Complete');
  expect(await card.text()).not.toContain('the files that you chose');

  // With everything here there is nothing to choose but what to save.
  expect(await card.button('Choose files…').count()).toBe(0);
  await card.button('Save some files…').click();
  await tick(card, 'trip/first.jpg');
  await tick(card, 'trip/last.jpg');
  const some = keepDownload(card.nextDownload(), stage.folder);
  await card.button('Save selected (2 files, 700 kB)').click();
  const saved = [...readZip((await some).path).keys()].toSorted();
  expect(saved).toEqual(['trip/first.jpg', 'trip/last.jpg']);
});

test('E28: five thousand files can be chosen from, a hundred lines at a time', async ({
  stage,
}) => {
  const sharer = await stage.openTab();
  await sharer.page.getByLabel('Choose files', { exact: true }).evaluate((input) => {
    if (!(input instanceof HTMLInputElement)) throw new Error('no input');
    const transfer = new DataTransfer();
    for (let i = 0; i < 5_000; i += 1)
      transfer.items.add(new File([`file ${i} `.padEnd(400)], `${i}.txt`));
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await sharer.card().root.waitFor();
  const receiver = await stage.openTab();
  const card = await receiver.openLink(await sharer.card().link());
  await card.button('Choose files…').click();
  await card.button('Select all').click();
  const rows = card.root.getByRole('checkbox');
  expect(await rows.count()).toBeLessThanOrEqual(200);
  const readBusyMs = await watchBusyMs(receiver.page);
  for (let page = 0; page < 10; page += 1) await card.button('Next').click();
  const turnMs = (await readBusyMs()) / 10;
  printFigures({ turnMs });
  expect(turnMs).toBeLessThan(MAX_TURN_MS);
  await card.root.getByText('1,001 to 1,100 of').waitFor();
  await card.button(/^Download selected \(5,000 files, /).waitFor();
  await card.button('Select none').click();
  await rows.first().check();
  const saving = keepDownload(card.nextDownload(), stage.folder);
  await card.button(/^Download selected \(1 file, /).click();
  expect(readFileSync((await saving).path, 'utf8')).toMatch(/^file 1000 /u);
});
