import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeMp4WithIndexAtEnd, makeWav } from './files/sample-media.ts';
import { PreviewPanelOnPage } from './page/preview-panel.ts';
import { keepDownload } from './stage/receive.ts';
import { test } from './stage/test.ts';

const SECONDS = 120;
/** 21 MB of sound take 40 s at three times the rate at which it plays. */
const UPLINK = 530_000;
/** Half as fast 5 % of it take 4 s, and the machine that it begins to play on may be a slow one. */
const FIRST_UPLINK = UPLINK / 2;

const SAMPLES = [
  ['a sound that says at its beginning what is in it', 'sound.wav', makeWav],
  ['a film that says it only at its end', 'film.mp4', makeMp4WithIndexAtEnd],
] as const;

for (const [what, name, make] of SAMPLES) {
  test(`F4: ${what} plays with 5 % of it here, and from where it is told to, and is saved whole`, async ({
    stage,
  }) => {
    const path = make(stage.folder, name, SECONDS);
    const sharer = await stage.openTab();
    await sharer.limitUpload(FIRST_UPLINK);
    const shared = await sharer.share(path);
    const card = await (await stage.openTab()).openLink(await shared.link());
    const saving = card.nextDownload();
    await card.button('Download').click();
    const preview = new PreviewPanelOnPage(card);
    const { percent, duration } = await preview.play();
    expect(percent).toBeLessThanOrEqual(5);
    expect(duration).toBeCloseTo(SECONDS, 0);
    await sharer.limitUpload(UPLINK);
    expect(await preview.seek(0.8 * SECONDS)).toBeLessThan(5);
    // What lies between was not waited for.
    expect(await card.percent()).toBeLessThan(30);
    await sharer.limitUpload(undefined);
    const saved = await keepDownload(saving, stage.folder);
    expect(saved.sha256).toBe(await computeSha256(path));
  });
}

/** A second and a half of something that moves, as a camera in a browser records it: with no length and no index. */
function recordFilm(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [64, 48];
    const brush = canvas.getContext('2d');
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm' });
    const parts: Blob[] = [];
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve));
    recorder.start();
    for (let frame = 0; frame < 30; frame += 1) {
      brush?.fillRect(frame, frame, 10, 10);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    recorder.stop();
    await stopped;
    return Array.from(new Uint8Array(await new Blob(parts).arrayBuffer()));
  });
}

test('F1, F4: a film that a browser recorded plays, with its picture', async ({ stage }) => {
  const sharer = await stage.openTab();
  const buffer = Buffer.from(await recordFilm(sharer.page));
  const shared = await sharer.share({ name: 'film.webm', mimeType: 'video/webm', buffer });
  const card = await (await stage.openTab()).openLink(await shared.link());
  await card.button('Download').click();
  const preview = new PreviewPanelOnPage(card);
  await preview.play();
  expect(
    await preview.player.evaluate((film: HTMLVideoElement) => [film.videoWidth, film.videoHeight]),
  ).toEqual([64, 48]);
  await card.waitForStatus('Complete');
});

test('F1: a worker that was ended and started anew goes on where it was', async ({ stage }) => {
  const path = makeWav(stage.folder, 'sound.wav', SECONDS);
  const sharer = await stage.openTab();
  await sharer.limitUpload(UPLINK);
  const shared = await sharer.share(path);
  const receiver = await stage.openTab();
  const card = await receiver.openLink(await shared.link());
  await card.button('Download').click();
  const preview = new PreviewPanelOnPage(card);
  await preview.play();
  const session = await receiver.context.newCDPSession(receiver.page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  expect(await preview.seek(0.6 * SECONDS)).toBeLessThan(8);
});
