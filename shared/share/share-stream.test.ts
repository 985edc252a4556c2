import { describe, expect, test } from 'vitest';
import type { Bytes } from './bytes.ts';
import { concatBytes, equalBytes } from './bytes.ts';
import { sealPiece } from './piece-sealing.ts';
import { createSampleShare, patternBytes } from './sample-share.test-helper.ts';
import { readStream } from './share-stream.ts';

const PIECE = 65_536;
const MIB = 1024 * 1024;
const share = await createSampleShare({ streamLength: 3 * PIECE + 5 });
const { context, keys, signingKeys } = share;
const stream = patternBytes(3 * PIECE + 5);
const pieces: Bytes[] = [];
for (let piece = 0; piece < 4; piece += 1) {
  const plaintext = stream.slice(piece * PIECE, (piece + 1) * PIECE);
  const result = await sealPiece(context, keys.piece, signingKeys.privateKey, piece, plaintext);
  pieces.push(result.sealed);
}

/** Gives the pieces of a list and remembers which were asked for. */
function createSource(held: readonly (Bytes | undefined)[] = pieces) {
  const asked: number[] = [];
  const get = (piece: number): Promise<Bytes | undefined> => {
    asked.push(piece);
    return Promise.resolve(held[piece]);
  };
  return { asked, get };
}

async function read(source: ReturnType<typeof createSource>, offset: number, length: number) {
  const parts: Bytes[] = [];
  for await (const part of readStream(source, context, keys.piece, offset, length)) {
    parts.push(part);
  }
  return parts;
}

describe('a range of the stream', () => {
  test.for([
    [0, 3 * PIECE + 5],
    [0, 1],
    [0, PIECE],
    [0, PIECE + 1],
    [PIECE - 1, 1],
    [PIECE - 1, 2],
    [PIECE, PIECE],
    [PIECE + 1, PIECE - 1],
    [PIECE + 1, PIECE],
    [10, 2 * PIECE],
    [3 * PIECE, 5],
    [3 * PIECE + 4, 1],
    [2 * PIECE + 7, PIECE - 2],
  ] as const)('V7: from %i of %i bytes is read to the byte', async ([offset, length]) => {
    const source = createSource();
    const parts = await read(source, offset, length);
    expect(equalBytes(concatBytes(...parts), stream.subarray(offset, offset + length))).toBe(true);
    const first = Math.floor(offset / PIECE);
    const last = Math.floor((offset + length - 1) / PIECE);
    expect(source.asked).toEqual(Array.from({ length: last - first + 1 }, (_, i) => first + i));
    expect(parts).toHaveLength(source.asked.length);
  });

  test('of nothing asks for nothing, even at the very end', async () => {
    const source = createSource();
    expect(await read(source, 0, 0)).toEqual([]);
    expect(await read(source, 3 * PIECE + 5, 0)).toEqual([]);
    expect(source.asked).toEqual([]);
  });

  test.for([
    [-1, 1],
    [0, -1],
    [0, 3 * PIECE + 6],
    [3 * PIECE + 5, 1],
    [0.5, 1],
    [0, Number.NaN],
    [2 ** 53, 1],
  ] as const)('from %d of %d bytes does not exist', async ([offset, length]) => {
    await expect(read(createSource(), offset, length)).rejects.toThrow(RangeError);
  });

  test.for([
    [PIECE, 8],
    [MIB / 2, 4],
    [MIB, 2],
    [4 * MIB, 1],
  ] as const)(
    'V7: in pieces of %i is fetched %i ahead and no further',
    async ([pieceSize, ahead]) => {
      const asked: number[] = [];
      const source = {
        get: (piece: number) => Promise.resolve(asked.push(piece) > 1 ? undefined : pieces[0]),
      };
      const geometry = { pieceSize, pieceCount: 100, streamLength: 100 * pieceSize };
      const parts = readStream(source, { ...context, geometry }, keys.piece, 0, 100 * pieceSize);
      await parts.next().catch(() => undefined);
      expect(asked).toEqual(Array.from({ length: 1 + ahead }, (_, piece) => piece));
      await parts.return();
      expect(asked).toHaveLength(1 + ahead);
    },
  );

  test('V7: one more is fetched whenever the consumer comes back', async () => {
    const source = createSource();
    const geometry = { pieceSize: PIECE, pieceCount: 100, streamLength: 100 * PIECE };
    const parts = readStream(source, { ...context, geometry }, keys.piece, 0, 100 * PIECE);
    for (const asked of [9, 10, 11]) {
      await parts.next();
      expect(source.asked).toHaveLength(asked);
    }
  });
});

describe('reading stops', () => {
  test('V7: at a piece that is not held, and says which', async () => {
    const parts = readStream(createSource([pieces[0]]), context, keys.piece, 0, PIECE + 1);
    expect((await parts.next()).value).toHaveLength(PIECE);
    await expect(parts.next()).rejects.toMatchObject({ code: 'missing-piece', piece: 1 });
    expect(await parts.next()).toEqual({ done: true, value: undefined });
  });

  test('V7: at a piece that is not the one it should be', async () => {
    const flipped = pieces[2]?.slice();
    flipped?.set([(flipped[0] ?? 0) ^ 1]);
    for (const wrong of [pieces[1], flipped, new Uint8Array()]) {
      const source = createSource([pieces[0], pieces[1], wrong, pieces[3]]);
      const reading = read(source, 0, 3 * PIECE);
      await expect(reading).rejects.toMatchObject({ code: 'wrong-piece', piece: 2 });
    }
  });

  test('case S3; V7: not at a piece that is stored altered or lost where another reading gives the true one', async () => {
    const flipped = pieces[1]?.slice();
    flipped?.set([(flipped[0] ?? 0) ^ 1]);
    const source = createSource();
    const stored = [pieces[0], flipped, undefined, pieces[3]];
    const getUnverified = (piece: number) => Promise.resolve(stored[piece]);
    const parts = await read(Object.assign(source, { getUnverified }), 0, 3 * PIECE + 5);
    expect(equalBytes(concatBytes(...parts), stream)).toBe(true);
    expect(new Set(source.asked)).toEqual(new Set([1, 2]));
  });

  test('V7: at a piece that is altered in both readings', async () => {
    const flipped = pieces[0]?.slice();
    flipped?.set([(flipped[0] ?? 0) ^ 1]);
    const getUnverified = () => Promise.resolve(flipped);
    const source = Object.assign(createSource([flipped]), { getUnverified });
    await expect(read(source, 0, 1)).rejects.toMatchObject({ code: 'wrong-piece', piece: 0 });
  });

  test('with the error of the source', async () => {
    const failure = new Error('disk');
    const source = { asked: [], get: () => Promise.reject(failure) };
    await expect(read(source, 0, 1)).rejects.toBe(failure);
  });

  test('without a stray rejection where the consumer leaves before the missing piece', async () => {
    const parts = readStream(createSource([pieces[0]]), context, keys.piece, 0, PIECE + 1);
    await parts.next();
    expect(await parts.return()).toEqual({ done: true, value: undefined });
  });
});
