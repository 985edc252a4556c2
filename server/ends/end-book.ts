import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareEnd } from '../../shared/share/share-end.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import { BoundedMap } from '../copies/bounded-map.ts';
import { MAX_ENDS } from './end-limits.ts';

/** What a sharer has said, as it said and as it signed it. */
export interface BookedEnd extends ShareEnd {
  readonly statement: Bytes;
}

/** When shares end. It outlives their swarms; of too many the one that was told first is forgotten. */
export class EndBook {
  readonly #ends: BoundedMap<ShareId, BookedEnd>;
  /** Their time has not come yet. */
  readonly #running = new Set<ShareId>();

  constructor(capacity = MAX_ENDS) {
    this.#ends = new BoundedMap(capacity);
  }

  get count(): number {
    return this.#ends.size;
  }

  get(shareId: ShareId): BookedEnd | undefined {
    return this.#ends.get(shareId);
  }

  /** Returns whether it is news: the highest serial holds. */
  book(shareId: ShareId, end: BookedEnd): boolean {
    const known = this.#ends.get(shareId);
    if (known !== undefined && known.serial >= end.serial) return false;
    this.#ends.set(shareId, end);
    this.#running.add(shareId);
    return true;
  }

  /** The end of a share that has ended by now. */
  past(shareId: ShareId, unixMs: number): BookedEnd | undefined {
    const end = this.#ends.get(shareId);
    return end !== undefined && end.endAtMs <= unixMs ? end : undefined;
  }

  /** The shares that have ended since this was asked last. */
  takeEnded(unixMs: number): readonly ShareId[] {
    const ended: ShareId[] = [];
    for (const shareId of this.#running) {
      const end = this.#ends.get(shareId);
      if (end !== undefined && end.endAtMs > unixMs) continue;
      this.#running.delete(shareId);
      if (end !== undefined) ended.push(shareId);
    }
    return ended;
  }
}
