import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { leadThrough } from './lines/lead-through.ts';
import { UdpLines } from './lines/udp-lines.ts';
import { receive } from './stage/receive.ts';
import { test } from './stage/test.ts';
import { countOpenConnections, watchConnections } from './stage/watch-connections.ts';

const LINE = { bytesPerSecond: 2.5e6, delayMs: 25, lossRate: 0.005, queueMs: 100 };
const SIZE = 14_000_000;

test('E31, W9: over a long and lossy line a file comes over several connections, byte for byte', async ({
  stage,
}) => {
  const lines = new UdpLines(LINE);
  try {
    const [atSharer, atReceiver] = [await stage.openContext(), await stage.openContext()];
    await leadThrough(atSharer, 0, lines);
    await leadThrough(atReceiver, 1, lines);
    await watchConnections(atReceiver);
    const path = makeRandomFile(stage.folder, 'far.bin', SIZE);
    const shared = await (await stage.openTabIn(atSharer)).share(path);
    const receiver = await stage.openTabIn(atReceiver);
    const card = await receiver.openLink(await shared.link());
    const receiving = receive(card, stage.folder);
    await expect
      .poll(() => countOpenConnections(receiver.page), { timeout: 30_000 })
      .toBeGreaterThan(1);
    expect((await receiving).sha256).toBe(await computeSha256(path));
  } finally {
    lines.close();
  }
});
