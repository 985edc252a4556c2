import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from 'puppeteer-core';
import { expect, vi } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { readZip } from './files/read-zip.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { countHeldPixels } from './page/held-pixels.ts';
import { waitForKeptPage } from './page/kept-page.ts';
import { keepDownload } from './stage/receive.ts';
import { test } from './stage/two-browsers-test.ts';

const PASSWORD = 'Grüße à tous 😀';
const TEXT = 'Grüße, 你好\nsecond line';
const SHOWN_SOON = { interval: 100, timeout: 5000 };

test('E28: in Firefox some files are chosen and saved, then the rest as a zip, then one by itself, and all is cleared', async ({
  stage,
  firefox,
}) => {
  const paths = ['one.bin', 'two.bin', 'three.bin'].map((name, i) =>
    makeRandomFile(stage.folder, name, (i + 1) * 200_000),
  );
  const [one = '', two = '', three = ''] = paths;
  const shared = await (await stage.openTab()).share(paths);
  const receiver = await firefox.openTab();
  const card = await receiver.openLink(await shared.link());
  await card.press('Choose files…');
  await card.press('two.bin');
  const chosen = card.save('Download selected (1 file, 400 kB)');
  expect(await keepDownload(chosen, stage.folder)).toMatchObject({
    name: 'two.bin',
    sha256: await computeSha256(two),
  });
  await card.waitForText('the files that you chose');
  await card.press('Choose files…');
  await card.press('Select all');
  const rest = card.save('Download selected (3 files, 1.2 MB)');
  // What was saved before is not saved again.
  const zip = readZip((await keepDownload(rest, stage.folder)).path);
  expect([...zip.keys()].toSorted()).toEqual(['one.bin', 'three.bin']);
  for (const path of [one, three]) expect(zip.get(basename(path))).toEqual(readFileSync(path));
  await card.waitForStatus('Complete');
  const saved = await keepDownload(card.save('Save three.bin'), stage.folder);
  expect(saved.sha256).toBe(await computeSha256(three));

  await receiver.press('Clear finished downloads');
  await card.waitUntilGone();
  await receiver.share(one);
  await receiver.press('Clear everything');
  await receiver.press('Yes, clear everything');
  await card.waitUntilGone();
  await receiver.page.reload();
  await receiver.waitForText('Drop files anywhere on this page');
  expect(await card.text()).toBe('');
});

test('K8, L9, T34, T36: in Firefox a text is shared with a password, which is asked for, read, ended and removed', async ({
  stage,
  firefox,
}) => {
  const sharer = await firefox.openTab();
  await sharer.press('Options');
  await sharer.fill('Password for what you share next', PASSWORD);
  await sharer.press('Text');
  await sharer.fill('Text or link to share', TEXT);
  await sharer.press('Share this text');
  const shared = sharer.card();
  await shared.waitForStatus('Sharing');
  const link = await shared.link();
  const receiver = await firefox.openTab();
  const card = await receiver.openLink(link);
  await card.fill('Password', 'a guess');
  await card.press('Unlock');
  await card.waitForText('This password does not open it.');
  expect(await card.text()).not.toContain('Pasted text');
  await card.fill('Password', PASSWORD);
  await receiver.page.keyboard.press('Enter');
  await card.waitForText('Pasted text');
  const receiving = card.download();
  await card.waitForStatus('Complete', 30_000);
  const received = await keepDownload(receiving, stage.folder);
  expect(received.name).toBe('Pasted text.txt');
  expect(readFileSync(received.path, 'utf8')).toBe(TEXT);
  await card.press('Preview');
  await card.waitForText('Grüße, 你好 second line');

  await shared.press('This share does not end by itself');
  await shared.choose('It ends', 'in an hour');
  await card.waitForText('This share ends in 60 minutes');
  await shared.press('End this share now');
  await shared.press('Yes, end it');
  await shared.waitForStatus('Complete');
  await card.waitForText('The sharer has ended this share. What you have can still be saved.');
  const refused = await (await stage.openTab()).openLink(link);
  await refused.root.getByText('Failed: The sharer has ended this share.').waitFor();
  await shared.press('Remove');
  await shared.waitUntilGone();
});

test('in Firefox the details show a transfer, the page turns to Arabic, and offline it opens and saves what it has', async ({
  stage,
  firefox,
}) => {
  const path = makeRandomFile(stage.folder, 'seen.bin', 3_000_000);
  const sharer = await stage.openTab();
  const shared = await sharer.share(path);
  await sharer.limitUpload(100_000);
  const receiver = await firefox.openTab();
  await receiver.page.setViewport({ width: 1280, height: 1800 });
  const card = await receiver.openLink(await shared.link());
  await card.press('Download');
  const receiving = card.nextDownload();
  // Two presses at a time, or one while the card grows, would miss.
  await card.waitForStatus('Downloading');
  await card.press('Details');
  await card.waitForText(/You [\d.]+ (kB|MB)/);
  await card.waitForText(/Peer 1 ?direct [\d.]+ (kB|MB) [\d.]+ (kB|MB)\/s/);
  await card.waitForText(/Receiving, [\d.]+ (kB|MB)\/s on average/);
  await receiver.choose('Language', 'العربية');
  await card.waitForText('جارٍ التنزيل');
  expect(await readScript(receiver.page)).toEqual(['ar', 'rtl']);
  await sharer.limitUpload(undefined);
  const sha256 = await computeSha256(path);
  expect((await keepDownload(receiving, stage.folder)).sha256).toBe(sha256);
  await card.waitForText('مكتمل');
  await vi.waitFor(async () => {
    const held = await receiver.page.$eval('.details canvas', countHeldPixels);
    expect(held).toBeGreaterThan(0.3);
  }, SHOWN_SOON);

  // The map was drawn for a wide window.
  await receiver.page.setViewport({ width: 360, height: 1800 });
  const isTooWide = () => receiver.page.$eval('html', (page) => page.scrollWidth > 360);
  await vi.waitFor(async () => expect(await isTooWide()).toBe(false), SHOWN_SOON);

  await waitForKeptPage(receiver.page);
  await sharer.page.close();
  await stage.stopTracker();
  await receiver.page.reload();
  await card.waitForText('مكتمل');
  expect(await readScript(receiver.page)).toEqual(['ar', 'rtl']);
  await receiver.choose('اللغة', 'English');
  await receiver.waitForText('The tracker cannot be reached.');
  expect((await keepDownload(card.save('Save again'), stage.folder)).sha256).toBe(sha256);
  await card.press('Link and file ID, to pass on');
  await card.press('QR code');
  await receiver.page.waitForSelector('[aria-label="QR code of the link to seen.bin"]');
});

test('in Firefox a link that may not be copied is selected instead', async ({ stage, firefox }) => {
  const sharer = await firefox.openTab((page) => page.evaluateOnNewDocument(refuseToCopy));
  const shared = await sharer.share(makeRandomFile(stage.folder, 'typed.bin', 1000));
  await shared.press('Copy link');
  await shared.waitForText('Selected');
  expect(await shared.text()).not.toContain('Link copied');
  await sharer.pressWithControl('c');
  const pasted = await (await firefox.openTab()).paste();
  await pasted.waitForText('typed.bin');
});

test('in Firefox sharing, copying, opening, downloading and removing take no more than a keyboard', async ({
  stage,
  firefox,
}) => {
  const path = makeRandomFile(stage.folder, 'typed.bin', 100_000);
  const sharer = await firefox.openTab();
  await sharer.tabTo('Choose files');
  const choosing = sharer.page.waitForFileChooser();
  await sharer.page.keyboard.press('Enter');
  await (await choosing).accept([path]);
  await sharer.card().waitForStatus('Sharing');
  await sharer.tabTo('Copy link', 'back');
  await sharer.page.keyboard.press('Enter');
  await sharer.waitForText('Share link copied.');

  const receiver = await firefox.openTab();
  const { keyboard } = receiver.page;
  await receiver.tabTo('File ID or link');
  await receiver.pressWithControl('v');
  await keyboard.press('Enter');
  const card = receiver.card();
  await card.waitForText('1 peer has it');
  await receiver.tabTo('Download', 'back');
  await keyboard.press('Enter');
  const received = await keepDownload(card.nextDownload(), stage.folder);
  expect(received.sha256).toBe(await computeSha256(path));
  await card.waitForStatus('Complete');
  await receiver.tabTo('Remove');
  await keyboard.press('Enter');
  await card.waitUntilGone();
  await receiver.tabTo('Language');
  await keyboard.press('d');
  await receiver.waitForText('Sprache');
});

/** Runs in a page before anything else. */
function refuseToCopy(): void {
  // The empty page before has none.
  if (isSecureContext)
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'));
}

function readScript(page: Page): Promise<string[]> {
  return page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);
}
