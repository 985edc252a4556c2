import { expect } from 'vitest';
import { decodeBase64Url } from '../shared/share/base64url.ts';
import { derivePasswordSecret } from '../shared/share/password.ts';
import { formatShareId } from '../shared/share/share-id.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { takeApart } from './files/take-apart.ts';
import { readDatabases } from './stage/read-databases.ts';
import { receive } from './stage/receive.ts';
import { readSentOverChannels, recordChannels } from './stage/record-channels.ts';
import { recordEverything } from './stage/record-everything.ts';
import { test } from './stage/test.ts';

const PASSWORD = 'a password of nobody else 7541';
const SIZE = 300_000;
const WRONG = 'another one that is wrong 8652';

test('case U5; K8, L7, D15: neither a password nor what it gives is in anything that crosses the network or is logged, and the password is not kept', async ({
  stage,
  trackerProcess: tracker,
}) => {
  const contexts = [await stage.openContext(), await stage.openContext()] as const;
  const recordings = contexts.map((context) => recordEverything(context));
  for (const context of contexts) await recordChannels(context);
  const sharer = await stage.openTabIn(contexts[0], tracker.url);
  await sharer.page.getByText('Options', { exact: true }).click();
  await sharer.page.getByLabel('Password for what you share next').fill(PASSWORD);
  const shared = await sharer.share(makeRandomFile(stage.folder, 'secret.bin', SIZE));
  const fileId = await shared.fileId();
  const receiver = await stage.openTabIn(contexts[1], tracker.url);
  const card = await receiver.openLink(await shared.link());
  const field = card.root.getByLabel('Password', { exact: true });
  for (const password of [WRONG, PASSWORD]) {
    await field.fill(password);
    await field.press('Enter');
    if (password === WRONG) await card.root.getByText('does not open it').waitFor();
  }
  await receive(card, stage.folder);
  const channels = Buffer.concat([
    await readSentOverChannels(sharer.page),
    await readSentOverChannels(receiver.page),
  ]);
  await receiver.page.reload();
  await card.waitForStatus('Complete');

  const bytes = Buffer.concat(await Promise.all(recordings.map((finish) => finish())));
  const log = Buffer.from(tracker.log);
  const derived = await Promise.all([PASSWORD, WRONG].map((text) => derive(text, fileId)));
  const hidden = derived.flatMap((secret) => [secret, secret.toString('hex')]);
  for (const form of [PASSWORD, WRONG, encodeURIComponent(PASSWORD), ...hidden]) {
    expect([bytes, log, channels].map((place) => place.indexOf(form))).toEqual([-1, -1, -1]);
  }
  expect(channels.byteLength).toBeGreaterThan(SIZE);
  expect(bytes.indexOf(takeApart(fileId).shareId)).toBeGreaterThan(-1);
  const stored = await Promise.all([sharer, receiver].map(({ page }) => readDatabases(page)));
  for (const database of stored) {
    expect([PASSWORD, WRONG].map((text) => database.indexOf(text))).toEqual([-1, -1]);
    expect(database.indexOf(derived[0] ?? '')).toBeGreaterThan(-1);
  }
});

async function derive(password: string, fileId: string): Promise<Buffer> {
  const both = decodeBase64Url(fileId.slice(1), 32);
  if (both === undefined) throw new Error(`not a file ID: ${fileId}`);
  const link = { secret: both.slice(0, 16), shareId: formatShareId(both.subarray(16)) };
  return Buffer.from(await derivePasswordSecret(password, link));
}
