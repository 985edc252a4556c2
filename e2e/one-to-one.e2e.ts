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

test('L5: the file ID pasted on the start page opens the share', async ({ stage }) => {
  const path = makeRandomFile(stage.folder, 'pasted.bin', 100_000);
  const sharer = await stage.openTab();
  const fileId = await (await sharer.share(path)).fileId();
  expect(fileId).toHaveLength(44);
  const receiver = await stage.openTab();
  const card = await receiver.openPasted(` ${fileId} `);
  const received = await receive(card, stage.folder);
  expect(received).toMatchObject({ name: 'pasted.bin', sha256: await computeSha256(path) });
});

test('the sharer is told when somebody else has all of it', async ({ stage }) => {
  const path = makeRandomFile(stage.folder, 'kept.bin', 100_000);
  const sharer = await stage.openTab();
  const shared = await sharer.share(path);
  await shared.root.getByText('No full copy besides yours yet').waitFor();
  const receiver = await stage.openTab();
  await receive(await receiver.openLink(await shared.link()), stage.folder);
  await shared.root.getByText('1 full copy besides yours').waitFor();
  await shared.root.getByText('Keep this tab open').waitFor();
});
