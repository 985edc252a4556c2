import { vi } from 'vitest';
import { computeGeometry } from '../../shared/share/geometry.ts';
import { countStoredPieces } from './stored-pieces.ts';

/** About what the index of one file takes. */
const INDEX_LENGTH = 100;

/** Resolves when that part of the pieces of a file of that size, the only share of its browser, is stored there. */
export async function waitForStoredPieces(
  size: number,
  evaluate: (count: () => Promise<number>) => Promise<number>,
  part = 1,
): Promise<void> {
  const expected = Math.ceil(part * computeGeometry(size + INDEX_LENGTH).pieceCount);
  await vi.waitFor(
    async () => {
      const stored = await evaluate(countStoredPieces);
      if (stored < expected) throw new Error(`${stored} of ${expected} pieces are stored`);
    },
    { interval: 100, timeout: 60_000 },
  );
}
