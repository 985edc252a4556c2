import { decodeHeader } from '../../shared/share/header.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { Swarm } from '../registry/swarm.ts';
import { MAX_COUNT_BYTES } from './copy-limits.ts';
import { Replication } from './replication.ts';

/** Two bytes for copies and one for promises. */
const COUNT_BYTES_PER_PIECE = 3;

/** The shares whose copies are counted: those that have volunteers, or a sharer who has said how many it wants. */
export class Replications {
  readonly #byShare = new Map<ShareId, Replication>();
  #bytes = 0;

  get(shareId: ShareId): Replication | undefined {
    return this.#byShare.get(shareId);
  }

  all(): Iterable<Replication> {
    return this.#byShare.values();
  }

  hasRoomFor(shareId: ShareId, pieceCount: number): boolean {
    const bytes = this.#bytes + pieceCount * COUNT_BYTES_PER_PIECE;
    return this.#byShare.has(shareId) || bytes <= MAX_COUNT_BYTES;
  }

  /** Counts this share from now on; undefined where there is no room for that. */
  open(swarm: Swarm): Replication | undefined {
    const { shareId, pieceCount } = swarm;
    const known = this.#byShare.get(shareId);
    if (known !== undefined) return known;
    const header = decodeHeader(swarm.header);
    if (!header.ok || !this.hasRoomFor(shareId, pieceCount)) return undefined;
    const replication = new Replication(swarm, header.value);
    this.#bytes += pieceCount * COUNT_BYTES_PER_PIECE;
    this.#byShare.set(shareId, replication);
    return replication;
  }

  close({ swarm }: Replication): void {
    if (this.#byShare.delete(swarm.shareId)) {
      this.#bytes -= swarm.pieceCount * COUNT_BYTES_PER_PIECE;
    }
  }
}
