import { expect, vi } from 'vitest';
import { makeRandomFile } from './files/sample-files.ts';
import { DetailsOnPage, HIGH_WINDOW } from './page/details.ts';
import { receive } from './stage/receive.ts';
import { test } from './stage/test.ts';

/** Slow enough to be looked at for a few seconds. */
const BYTES_PER_SECOND = 400_000;
const FILE_BYTES = 4_000_000;
const PIECE_COUNT = 62;

test('what happens is seen on both sides: pieces, speed, peers, and the same progress', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'seen.bin', FILE_BYTES);
  const sharer = await stage.openTab();
  const shared = await sharer.share(path);
  const sharing = await DetailsOnPage.open(shared);
  await expect.poll(() => sharing.text()).toContain(`${PIECE_COUNT} encrypted`);
  await sharer.limitUpload(BYTES_PER_SECOND);
  const receiver = await stage.openTab();
  const card = await receiver.openLink(await shared.link());
  const receiving = receive(card, stage.folder);
  const details = await DetailsOnPage.open(card);
  await details.waitForPeer('Peer 1');
  await sharing.waitForPeer('Peer 1');

  const gaps: number[] = [];
  await card.waitForPercent(20);
  while ((await card.percent()) < 90) {
    const [received, given] = await Promise.all([
      details.bytesOf('You'),
      sharing.bytesOf('Peer 1'),
    ]);
    gaps.push((Math.abs(received - given) / FILE_BYTES) * 100);
    await details.page.waitForTimeout(250);
  }
  expect(gaps.length).toBeGreaterThan(5);
  // A piece is 1.6 percent; the pages are drawn four times a second, and not at the same time.
  expect(median(gaps)).toBeLessThanOrEqual(2);

  await vi.waitFor(async () => {
    expect(await details.rowOf('Peer 1')).toContain('direct');
    expect(await sharing.rowOf('Peer 1')).toContain('direct');
  }, 10_000);
  expect(await details.rowOf('Peer 1')).toMatch(/\d (kB|MB)\/s/);
  expect(await details.text()).toMatch(/Receiving, [\d.]+ (kB|MB)\/s on average/);

  await receiving;
  await card.waitForStatus('Complete');
  await vi.waitFor(async () => {
    expect(await details.text()).toContain(`${PIECE_COUNT} here`);
    expect(await sharing.text()).toContain(`${PIECE_COUNT} encrypted`);
    expect(await sharing.bytesOf('Peer 1')).toBe(FILE_BYTES);
    expect(await details.countHeldPixels()).toBeGreaterThan(0.5);
  }, 5_000);
  expect(await details.map.getAttribute('aria-label')).toBe('Map of the pieces: 100% are here');
});

test('details stay as a person left them, also in another tab of the browser that shows the share', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'kept.bin', 300_000);
  const context = await stage.openContext();
  const first = await stage.openTabIn(context);
  const shared = await first.share(path);
  await DetailsOnPage.open(shared);
  await first.waitForRemembered(1);
  await first.page.reload();
  await first.card().root.getByText('Who is connected').waitFor();

  const second = await stage.openTabIn(context);
  await second.page.setViewportSize(HIGH_WINDOW);
  const mirrored = await second.openLink(await shared.link());
  await mirrored.button('Download').click();
  await mirrored.root.getByText('5 pieces').waitFor();
  await mirrored.root.getByText('Who is connected').waitFor();
});

test('the map is drawn anew where the page is magnified and has the same width', async ({
  stage,
}) => {
  const tab = await stage.openTab();
  const card = await tab.share(makeRandomFile(stage.folder, 'map.bin', FILE_BYTES));
  const details = await DetailsOnPage.open(card);
  await expect.poll(() => details.countInkedPixels()).toBeGreaterThan(0.1);
  const session = await tab.context.newCDPSession(tab.page);
  const screen = { ...HIGH_WINDOW, deviceScaleFactor: 2, mobile: false };
  await session.send('Emulation.setDeviceMetricsOverride', screen);
  await expect.poll(() => tab.page.evaluate(() => devicePixelRatio)).toBe(2);
  // Looked at again, and drawn.
  await tab.page.waitForTimeout(600);
  expect(await details.countInkedPixels()).toBeGreaterThan(0.1);
});

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Infinity;
}
