import { expect } from 'vitest';
import { makeRandomFile } from './files/sample-files.ts';
import { takeApart } from './files/take-apart.ts';
import { receive } from './stage/receive.ts';
import { readSentOverChannels, recordChannels } from './stage/record-channels.ts';
import { recordEverything } from './stage/record-everything.ts';
import { test } from './stage/test.ts';

const NAME = 'salary review.bin';
/** Enough to be streamed through the service worker. */
const SIZE = 34e6;

test('case U5; L7: neither the link’s secret nor the file’s name is in anything that crosses the network or is logged', async ({
  stage,
  trackerProcess: tracker,
}) => {
  const contexts = [await stage.openContext(), await stage.openContext()] as const;
  const recordings = contexts.map((context) => recordEverything(context));
  for (const context of contexts) await recordChannels(context);
  const channels: Buffer[] = [];
  const sharer = await stage.openTabIn(contexts[0], tracker.url);
  const shared = await sharer.share(makeRandomFile(stage.folder, NAME, SIZE));
  const fileId = await shared.fileId();
  await shared.button('Copy link').click();
  const receiver = await stage.openTabIn(contexts[1], tracker.url);
  await receiver.submit(`${await shared.link()}x`);
  await receiver.waitForNotice('This is not a whole file ID.');
  const card = await receiver.openLink(await shared.link());
  await receive(card, stage.folder);
  for (const { page } of [sharer, receiver]) channels.push(await readSentOverChannels(page));
  await sharer.page.reload();
  await receiver.page.reload();
  await card.waitForStatus('Complete');
  await tracker.kill();
  await receiver.page.getByText('The tracker cannot be reached.').waitFor();
  await tracker.start();
  await receiver.page.getByText('The tracker cannot be reached.').waitFor({ state: 'hidden' });

  for (const { page } of [sharer, receiver]) channels.push(await readSentOverChannels(page));
  const sent = Buffer.concat(channels);
  const bytes = Buffer.concat(await Promise.all(recordings.map((finish) => finish())));
  const log = Buffer.from(tracker.log);
  const { shareId, secretForms } = takeApart(fileId);
  for (const form of [...secretForms, NAME, encodeURIComponent(NAME)]) {
    expect([bytes, log, sent].map((place) => place.indexOf(form))).toEqual([-1, -1, -1]);
  }
  // What may be known is there, so the recording is no empty one.
  for (const known of [shareId, 'socket.io', '/save/', '"welcome"', 'default-src']) {
    expect(bytes.indexOf(known)).toBeGreaterThan(-1);
  }
  expect(sent.byteLength).toBeGreaterThan(SIZE);
  expect(log.indexOf('Peerify is ready')).toBeGreaterThan(-1);
  expect(log.indexOf(shareId)).toBe(-1);
});
