import { expect, vi } from 'vitest';
import { makeWav } from './files/sample-media.ts';
import { test } from './stage/two-browsers-test.ts';

const SECONDS = 60;
/** Twice the rate at which it plays: half of it takes 13 s, on whatever machine. */
const UPLINK = 400_000;

test('F4: in Firefox a sound plays while it is being fetched', async ({ stage, firefox }) => {
  const path = makeWav(stage.folder, 'sound.wav', SECONDS);
  const sharer = await stage.openTab();
  await sharer.limitUpload(UPLINK);
  const shared = await sharer.share(path);
  const receiver = await firefox.openTab();
  const card = await receiver.openLink(await shared.link());
  await card.press('Download');
  await card.press('Play');
  const readSeconds = () => receiver.page.$eval('article audio', ({ currentTime }) => currentTime);
  await receiver.page.waitForSelector('article audio', { timeout: 20_000 });
  await vi.waitFor(async () => expect(await readSeconds()).toBeGreaterThan(0.2), {
    interval: 100,
    timeout: 20_000,
  });
  expect(await card.percent()).toBeLessThan(50);
});
