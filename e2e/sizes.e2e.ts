import { statSync, utimesSync } from 'node:fs';
import { basename } from 'node:path';
import { expect } from 'vitest';
import { encodeIndex } from '../shared/share/file-index.ts';
import { MIN_PIECE_SIZE, SEAL_LENGTH } from '../shared/share/geometry.ts';
import { BLOCK_PREFIX_LENGTH, MAX_FRAME_LENGTH } from '../shared/wire/blocks.ts';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { receive } from './stage/receive.ts';
import type { Stage } from './stage/stage.ts';
import { test } from './stage/test.ts';

const PIECE = MIN_PIECE_SIZE;
/** A last piece of this length fills one block to the last byte once it is sealed. */
const BLOCK = MAX_FRAME_LENGTH - BLOCK_PREFIX_LENGTH - SEAL_LENGTH;
const MODIFIED_MS = Date.UTC(2026, 0, 2);

test('case P25; I2, P2: files of 0, 1 and one byte either side of a piece arrive byte for byte', async ({
  stage,
}) => {
  const sizes = [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE - 1, 2 * PIECE, 2 * PIECE + 1];
  await expectArrival(
    stage,
    sizes.map((size) => makeRandomFile(stage.folder, `size ${size}.bin`, size)),
  );
});

test('case P25; P2, W3: streams of one byte either side of a piece or block boundary arrive byte for byte', async ({
  stage,
}) => {
  const boundaries = [BLOCK, PIECE, PIECE + BLOCK, 2 * PIECE];
  const lengths = boundaries.flatMap((boundary) => [boundary - 1, boundary, boundary + 1]);
  await expectArrival(
    stage,
    lengths.map((length) => makeFileForStream(stage.folder, length)),
  );
});

/** One sharer with all of them, one receiver that opens each. */
async function expectArrival(stage: Stage, paths: readonly string[]): Promise<void> {
  const sharer = await stage.openTab();
  const receiver = await stage.openTab();
  for (const path of paths) {
    await sharer.share(path);
    const name = basename(path);
    const shared = sharer.card(name);
    await receiver.openPasted(await shared.fileId());
    const received = await receive(receiver.card(name), stage.folder);
    const size = statSync(received.path).size;
    expect({ name: received.name, size, sha256: received.sha256 }).toEqual({
      name,
      size: statSync(path).size,
      sha256: await computeSha256(path),
    });
    await receiver.card(name).waitForStatus('Complete');
    expect(await receiver.card(name).percent()).toBe(100);
  }
}

/** A file that makes a stream of that length together with its index, which comes first. */
function makeFileForStream(folder: string, streamLength: number): string {
  const name = `stream ${streamLength}.bin`;
  // A shorter number makes a shorter index, so the size is found by trying.
  for (let size = streamLength; size > 0; size -= 1) {
    const index = encodeIndex([{ path: name, size, modifiedMs: MODIFIED_MS }]);
    if (index.byteLength + size !== streamLength) continue;
    const path = makeRandomFile(folder, name, size);
    utimesSync(path, MODIFIED_MS / 1000, MODIFIED_MS / 1000);
    return path;
  }
  throw new Error(`no file makes a stream of ${streamLength} bytes`);
}
