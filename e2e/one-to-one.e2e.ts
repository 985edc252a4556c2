import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { receive } from './stage/receive.ts';
import { test } from './stage/test.ts';

test('E16: a file goes from one browser to another, byte for byte and under its own name', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'holiday photos.bin', 3_000_000);
  const sharer = await stage.openTab();
  const shared = await sharer.share(path);
  await shared.waitForStatus('Sharing');
  const receiver = await stage.openTab();
  const card = await receiver.openLink(await shared.link());
  await receiver.card('holiday photos.bin').button('Download').waitFor();
  const received = await receive(card, stage.folder);
  expect(received.name).toBe('holiday photos.bin');
  expect(received.sha256).toBe(await computeSha256(path));
  await card.waitForStatus('Complete');
  expect(await card.percent()).toBe(100);
});
