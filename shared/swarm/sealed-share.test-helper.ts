import type { Bytes } from '../share/bytes.ts';
import type { SampleShare } from '../share/sample-share.test-helper.ts';
import type { Membership } from './membership.ts';
import { computePieceLength } from '../share/geometry.ts';
import { openPiece, sealPiece } from '../share/piece-sealing.ts';
import { createSampleShare, patternBytes } from '../share/sample-share.test-helper.ts';
import { concatBytes } from '../share/bytes.ts';
import { createMembership } from './membership.ts';

/** A share with all its pieces sealed, and what a member knows of it. */
export interface SealedShare {
  readonly share: SampleShare;
  readonly membership: Membership;
  readonly stream: Bytes;
  readonly pieces: readonly Bytes[];
}

export async function createSealedShare(streamLength: number): Promise<SealedShare> {
  const share = await createSampleShare({ streamLength, indexLength: 1 });
  const { context, keys, signingKeys, header, shareId } = share;
  const { pieceCount, pieceSize } = context.geometry;
  const stream = patternBytes(streamLength, 3);
  const pieces = await Promise.all(
    Array.from({ length: pieceCount }, async (_, piece) => {
      const start = piece * pieceSize;
      const plaintext = stream.slice(start, start + computePieceLength(context.geometry, piece));
      const { privateKey } = signingKeys;
      const { sealed } = await sealPiece(context, keys.piece, privateKey, piece, plaintext);
      return sealed;
    }),
  );
  const membership = await createMembership(header, shareId, keys);
  return { share, membership, stream, pieces };
}

/** The plaintext of everything that a store holds, joined. */
export async function openAll(
  { share }: SealedShare,
  stored: ReadonlyMap<number, Bytes>,
): Promise<Bytes> {
  const opened = Array.from({ length: share.context.geometry.pieceCount }, async (_, piece) => {
    const sealed = stored.get(piece);
    if (sealed === undefined) throw new Error(`no piece ${piece}`);
    const result = await openPiece(share.context, share.keys.piece, piece, sealed);
    if (!result.ok) throw new Error(`piece ${piece}: ${result.violation}`);
    return result.value;
  });
  return concatBytes(...(await Promise.all(opened)));
}

/** A copy with one bit changed. */
export function flip(sealed: Bytes | undefined, at = 100): Bytes {
  const altered = Uint8Array.from(sealed ?? []);
  altered[at] = (altered[at] ?? 0) ^ 1;
  return altered;
}
