import { expect } from 'vitest';
import { decodeBase64Url } from '../shared/share/base64url.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { receive } from './stage/receive.ts';
import { recordEverything } from './stage/record-everything.ts';
import { test } from './stage/test.ts';
import { TrackerProcess } from './stage/tracker-process.ts';

const NAME = 'salary review.bin';
/** Enough to be streamed through the service worker. */
const SIZE = 34e6;
const SECRET_LENGTH = 16;
/** Characters of base64url that hold nothing but the secret, after the version. */
const SECRET_TEXT_LENGTH = 21;

test('case U5; L7: neither the link’s secret nor the file’s name is in anything that crosses the network or is logged', async ({
  stage,
  onTestFinished,
}) => {
  const tracker = new TrackerProcess();
  onTestFinished(() => tracker.kill());
  await tracker.start();
  const contexts = [await stage.openContext(), await stage.openContext()] as const;
  const recordings = contexts.map((context) => recordEverything(context));
  const sharer = await stage.openTabIn(contexts[0], tracker.url);
  const shared = await sharer.share(makeRandomFile(stage.folder, NAME, SIZE));
  const fileId = await shared.fileId();
  await shared.button('Copy link').click();
  const receiver = await stage.openTabIn(contexts[1], tracker.url);
  await receiver.submit(`${await shared.link()}x`);
  await receiver.waitForNotice('This is not a whole file ID.');
  const card = await receiver.openLink(await shared.link());
  await receive(card, stage.folder);
  await sharer.page.reload();
  await receiver.page.reload();
  await card.waitForStatus('Complete');
  await tracker.kill();
  await receiver.page.getByText('The tracker cannot be reached.').waitFor();
  await tracker.start();
  await receiver.page.getByText('The tracker cannot be reached.').waitFor({ state: 'hidden' });

  const bytes = Buffer.concat(await Promise.all(recordings.map((finish) => finish())));
  const log = Buffer.from(tracker.log);
  const both = decodeBase64Url(fileId.slice(1), 2 * SECRET_LENGTH);
  if (both === undefined) throw new Error(`not a file ID: ${fileId}`);
  const secret = Buffer.from(both.subarray(0, SECRET_LENGTH));
  const secretText = fileId.slice(1, 1 + SECRET_TEXT_LENGTH);
  const secrets = [
    secret,
    secretText,
    secret.toString('base64').slice(0, -3),
    secret.toString('hex'),
  ];
  for (const form of [...secrets, NAME, encodeURIComponent(NAME)]) {
    expect([bytes.indexOf(form), log.indexOf(form)]).toEqual([-1, -1]);
  }
  // What may be known is there, so the recording is no empty one.
  const shareIdText = Buffer.from(both.subarray(SECRET_LENGTH)).toString('base64url');
  for (const known of [shareIdText, 'socket.io', '/save/', '"welcome"', 'default-src']) {
    expect(bytes.indexOf(known)).toBeGreaterThan(-1);
  }
  expect(log.indexOf('Peerify is ready')).toBeGreaterThan(-1);
  expect(log.indexOf(shareIdText)).toBe(-1);
});
