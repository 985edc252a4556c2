import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { receive } from './stage/receive.ts';
import { test } from './stage/test.ts';

test('D4: tabs of one browser, which share one store, can share and download side by side', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'one profile.bin', 40e6);
  const context = await stage.openContext();
  const sharer = await stage.openTabIn(context);
  const link = await (await sharer.share(path)).link();
  const first = await (await stage.openTabIn(context)).openLink(link);
  const second = await (await stage.openTabIn(context)).openLink(link);
  const received = await Promise.all([receive(first, stage.folder), receive(second, stage.folder)]);
  const sha256 = await computeSha256(path);
  expect(received.map((one) => one.sha256)).toEqual([sha256, sha256]);
  await sharer.card('one profile.bin').waitForStatus('Sharing');
});
