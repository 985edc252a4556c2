import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { readDatabases } from './stage/read-databases.ts';
import { takeApart } from './files/take-apart.ts';
import { receive } from './stage/receive.ts';
import { readSentOverChannels, recordChannels } from './stage/record-channels.ts';
import { recordEverything } from './stage/record-everything.ts';
import { test } from './stage/test.ts';

const NAME = 'salary review.txt';
/** Long enough never to come about by chance, and in every piece many times. */
const MARKER = 'nobody but those who have the link may read this line\n';
const SIZE = 1e6;

test('L7: neither plaintext, nor name, nor the link’s secret reaches a volunteer or the tracker in a whole run', async ({
  stage,
  trackerProcess: tracker,
}) => {
  const path = join(stage.folder, NAME);
  writeFileSync(path, MARKER.repeat(SIZE / MARKER.length));
  const openTab = async () => {
    const context = await stage.openContext();
    const finishRecording = recordEverything(context);
    await recordChannels(context);
    return { tab: await stage.openTabIn(context, tracker.url), finishRecording };
  };

  const sharer = await openTab();
  const shared = await sharer.tab.share(path);
  const fileId = await shared.fileId();
  const link = await shared.link();
  const volunteers = [await openTab(), await openTab()];
  for (const { tab } of volunteers) await tab.volunteering.press();
  await shared.root.getByText('You can close this tab').waitFor();
  const bySharer = await readSentOverChannels(sharer.tab.page);
  await sharer.tab.page.close();
  const receiver = await openTab();
  const card = await receiver.tab.openLink(link);
  expect((await receive(card, stage.folder)).sha256).toBe(await computeSha256(path));

  // Only volunteers were connected to the sharer, and to the receiver.
  const channels = [bySharer];
  for (const { tab } of [...volunteers, receiver])
    channels.push(await readSentOverChannels(tab.page));
  const kept = await Promise.all(volunteers.map(({ tab }) => readDatabases(tab.page)));
  const network: Buffer[] = [];
  for (const { finishRecording } of [sharer, ...volunteers, receiver])
    network.push(await finishRecording());
  const places = {
    channels: Buffer.concat(channels),
    kept: Buffer.concat(kept),
    network: Buffer.concat(network),
    log: Buffer.from(tracker.log),
  };
  const { shareId, secretForms } = takeApart(fileId);
  for (const [place, bytes] of Object.entries(places)) {
    for (const form of [...secretForms, NAME, MARKER])
      expect([place, form, bytes.indexOf(form)]).toEqual([place, form, -1]);
  }
  // What may be known is there, so that nothing empty was searched.
  expect(places.kept.indexOf(shareId)).toBeGreaterThan(-1);
  expect(places.network.indexOf(shareId)).toBeGreaterThan(-1);
  expect(places.kept.byteLength).toBeGreaterThan(2 * SIZE);
  expect(places.channels.byteLength).toBeGreaterThan(3 * SIZE);
  expect(readFileSync(path).indexOf(MARKER)).toBe(0);
});
