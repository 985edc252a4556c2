import type { Bytes } from '../../shared/share/bytes.ts';
import type { PieceRange } from '../../shared/share/piece-ranges.ts';
import type { OpenedShare } from './open-share.ts';
import type { ReadableShare } from './readable-share.ts';
import { concatBytes } from '../../shared/share/bytes.ts';
import { sealPiece } from '../../shared/share/piece-sealing.ts';
import { VirtualClock } from '../../shared/swarm/virtual-clock.test-helper.ts';
import { makeShare } from './make-share.ts';
import { openShare } from './open-share.ts';
import { ShareFiles } from './share-files.ts';

type NamedFile = readonly [path: string, bytes: Bytes];

/** A share of some files of which no piece is here to begin with. */
export class ReadableScene {
  readonly clock = new VirtualClock();
  readonly share: OpenedShare;
  readonly held = new Set<number>();
  /** Every focus that was asked for. */
  readonly focuses: (readonly PieceRange[])[] = [];
  readonly readable: ReadableShare;
  readonly pieces: Bytes[];

  private constructor(share: OpenedShare, pieces: Bytes[]) {
    this.share = share;
    this.pieces = pieces;
    const source = {
      get: async (piece: number) => (this.held.has(piece) ? this.pieces[piece] : undefined),
    };
    const has = (piece: number): boolean => this.held.has(piece);
    const files = new ShareFiles(share, source, has, { onChange() {}, onBroken() {} });
    this.readable = {
      share,
      source,
      has,
      findFiles: () => files.find(),
      focus: (ranges) => void this.focuses.push(ranges),
    };
  }

  static async open(files: readonly NamedFile[]): Promise<ReadableScene> {
    const chosen = files.map(([path, bytes]) => ({ path, file: new File([bytes], path) }));
    const made = await makeShare(chosen, 0);
    if (made.kind !== 'made' || made.record.part.role !== 'sharer') throw new Error('not made');
    const opened = await openShare(made.record, made.record.header);
    if (opened.kind !== 'opened') throw new Error('not opened');
    const { share } = opened;
    const { index, signingKey } = made.record.part;
    const stream = concatBytes(index, ...files.map(([, bytes]) => bytes));
    const { pieceCount, pieceSize } = share.header.geometry;
    const sealing = Array.from({ length: pieceCount }, (_, piece) =>
      sealPiece(
        share.context,
        share.keys.piece,
        signingKey,
        piece,
        stream.slice(piece * pieceSize, (piece + 1) * pieceSize),
      ),
    );
    return new ReadableScene(
      share,
      (await Promise.all(sealing)).map(({ sealed }) => sealed),
    );
  }

  get lastFocus(): readonly PieceRange[] | undefined {
    return this.focuses.at(-1);
  }

  holdAll(): void {
    for (const piece of this.pieces.keys()) this.held.add(piece);
  }
}
