import type { PiecesUnderWay, Takeover } from './endgame.ts';
import type { Peer } from './peer.ts';
import type { SwarmContext } from './swarm-context.ts';
import { pickTakeover } from './endgame.ts';
import { RANDOM_FIRST_PIECES } from './limits.ts';

type UnderWay = Pick<PiecesUnderWay, 'sources' | 'verifying'>;

/**
 * Chooses the piece to begin with a peer that has room for one. In this order: the focus; what is wanted, the rarest
 * first; what the peer may be holding back; and last what others are sending already.
 */
export class PieceChoice {
  readonly #context: SwarmContext;
  readonly #underWay: UnderWay;

  constructor(context: SwarmContext, underWay: UnderWay) {
    this.#context = context;
    this.#underWay = underWay;
  }

  choose(peer: Peer, isAnySnubbed: boolean, nowMs: number): Takeover | undefined {
    const { held, picker, wanted } = this.#context;
    const focused = this.#chooseFocused(peer, nowMs);
    if (focused !== undefined) return focused;
    const fresh =
      held.count < RANDOM_FIRST_PIECES ? picker.pickRandom(peer) : picker.pickRarest(peer);
    if (fresh !== undefined) return begin(fresh);
    if (!wanted.isFull && peer.holdsBack === 'maybe') {
      const unclaimed = picker.pickUnclaimed();
      if (unclaimed !== undefined) return begin(unclaimed);
    }
    const isEndgame = picker.candidateCount === 0;
    if (!isEndgame && !isAnySnubbed) return undefined;
    const { geometry } = this.#context;
    return pickTakeover(peer, { ...this.#underWay, isEndgame, geometry }, nowMs);
  }

  /** The first that nobody is sending; or the very first of them, if this peer would be done with it much sooner. */
  #chooseFocused(peer: Peer, nowMs: number): Takeover | undefined {
    const { focus, geometry } = this.#context;
    const { sources, verifying } = this.#underWay;
    let isFirst = true;
    for (const piece of focus.missing()) {
      if (verifying.has(piece)) continue;
      const fetching = sources.get(piece);
      if (fetching === undefined) {
        if (this.#mayAsk(peer, piece)) return begin(piece);
      } else if (isFirst) {
        const held = {
          sources: new Map([[piece, fetching]]),
          verifying,
          isEndgame: true,
          geometry,
        };
        const takeover = pickTakeover(peer, held, nowMs);
        if (takeover !== undefined) return takeover;
      }
      isFirst = false;
    }
    return undefined;
  }

  /** It claims the piece; or nobody does, and it is said to have everything, as a sharer that super-seeds (E9). */
  #mayAsk({ bitfield, holdsBack }: Peer, piece: number): boolean {
    if (bitfield.has(piece)) return true;
    return holdsBack === 'maybe' && this.#context.picker.availabilityOf(piece) === 0;
  }
}

function begin(piece: number): Takeover {
  return { piece, replaced: undefined };
}
