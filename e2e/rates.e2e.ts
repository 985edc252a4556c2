import { expect } from 'vitest';
import type { Stage } from './stage/stage.ts';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { receive } from './stage/receive.ts';
import { test } from './stage/test.ts';

const SIZE = 6_000_000;

test('E29: with 1 MB/s set for receiving, 6 MB take between 5 and 8 s', async ({ stage }) => {
  expect(await measureSeconds(stage, 'Receive at most')).toSatisfy(isInTime);
});

test('E25: with 1 MB/s set for sending, 6 MB take between 5 and 8 s', async ({ stage }) => {
  expect(await measureSeconds(stage, 'Send at most')).toSatisfy(isInTime);
});

test('E25: a number that is no rate leaves the one that holds', async ({ stage }) => {
  const tab = await stage.openTab();
  await tab.setRate('Send at most', 'Another number…');
  const number = tab.page.getByLabel('Send at most: Number');
  await number.fill('3');
  await number.press('Enter');
  for (const typed of ['0.0001', '-1', '']) {
    await number.fill(typed);
    await number.press('Tab');
    await expect.poll(() => number.inputValue()).toBe('3');
  }
});

function isInTime(seconds: number): boolean {
  return seconds >= 5 && seconds <= 8;
}

/** What the whole takes, by what is seen of it; the limit is set before a reload and holds after it. */
async function measureSeconds(
  stage: Stage,
  label: 'Receive at most' | 'Send at most',
): Promise<number> {
  const path = makeRandomFile(stage.folder, 'six.bin', SIZE);
  const sharer = await stage.openTab();
  const receiver = await stage.openTab();
  const limited = label === 'Send at most' ? sharer : receiver;
  await limited.setRate(label, '1 MB/s');
  await limited.page.reload();
  const shared = await sharer.share(path);
  const card = await receiver.openLink(await shared.link());
  // Before anything comes: on a busy machine much is here before one looks.
  const beginning = card.waitForPercent(1);
  const receiving = receive(card, stage.folder);
  const firstPercent = await beginning;
  const startedAtMs = performance.now();
  await card.waitForPercent(100);
  const seconds = (performance.now() - startedAtMs) / 1_000;
  expect((await receiving).sha256).toBe(await computeSha256(path));
  return seconds / (1 - firstPercent / 100);
}
