import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { findLargeRealFile } from './files/sample-files.ts';
import { receive } from './stage/receive.ts';
import { test } from './stage/test.ts';

test('E16: 200 MB and more of real data arrive byte for byte, from disk to disk', async ({
  stage,
}) => {
  const path = findLargeRealFile();
  const sharer = await stage.openTabOnDisk();
  const shared = await sharer.share(path);
  const receiver = await stage.openTabOnDisk();
  const received = await receive(await receiver.openLink(await shared.link()), stage.folder);
  expect(received.name).toBe(basename(path));
  expect(statSync(received.path).size).toBe(statSync(path).size);
  expect(received.sha256).toBe(await computeSha256(path));
});
