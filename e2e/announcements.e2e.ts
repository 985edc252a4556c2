import { expect } from 'vitest';
import { makeRandomFile } from './files/sample-files.ts';
import { recordAnnouncements } from './page/record-announcements.ts';
import { test } from './stage/test.ts';

const MB = 1_000_000;
/** The browser may let the page copy the link, or not. */
const SHARED = /^song\.bin is shared\. (?:The link is ready|Its link is copied)\.$/u;

test('a screen reader hears how a transfer stands, each step once, and nothing of what moves all the time', async ({
  stage,
}) => {
  const sharer = await stage.openTab();
  const hearSharer = await recordAnnouncements(sharer.page);
  const shared = await sharer.share(makeRandomFile(stage.folder, 'song.bin', 4 * MB));
  await sharer.page.getByText(SHARED).waitFor();
  await sharer.limitUpload(2 * MB);
  const receiver = await stage.openTab();
  const card = await receiver.openLink(await shared.link());
  await card.button('Download').waitFor();
  const hearReceiver = await recordAnnouncements(receiver.page);
  await card.download();
  await card.waitForStatus('Complete');
  const received = await hearReceiver();
  expect(received).toContain('Downloading');
  expect(received.at(-1)).toBe('Complete');
  expect(received).toEqual([...new Set(received)]);
  expect(received.join()).not.toMatch(/\d/);
  expect(received.length).toBeLessThanOrEqual(5);
  const said = await hearSharer();
  expect(said.filter((sentence) => SHARED.test(sentence))).toHaveLength(1);
  expect(said).toEqual([...new Set(said)]);
  expect(said.length).toBeLessThanOrEqual(5);
});
