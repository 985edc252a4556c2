import type { Bytes } from '../../shared/share/bytes.ts';
import type { CopyTarget } from '../../shared/share/copy-target.ts';
import type { PeerId } from '../../shared/swarm/ports/tracker-client.ts';
import type { RunnerSnapshot } from '../../shared/swarm/swarm-snapshot.ts';
import type { CardCopies } from './app-state.ts';
import type { OpenedShare } from './open-share.ts';
import { signCopyTarget } from '../../shared/share/copy-target.ts';
import { signDistrust } from '../../shared/share/distrust.ts';
import { computeCardCopies } from './card-copies.ts';
import { CopiesPace } from './copies-pace.ts';

export const FIRST_TARGET: CopyTarget = { copies: 2, serial: 1 };

/** The copies that the sharer asks for, and what has become of them. */
export class ShareCopies {
  readonly #share: OpenedShare;
  readonly #signingKey: CryptoKey;
  #target: CopyTarget;
  /** Says that no copies are wanted any more; at hand because nobody waits for it when the time comes. */
  #farewell: Bytes | undefined;
  #pace = new CopiesPace();

  constructor(share: OpenedShare, signingKey: CryptoKey, target: CopyTarget | undefined) {
    this.#share = share;
    this.#signingKey = signingKey;
    this.#target = target ?? FIRST_TARGET;
  }

  get target(): CopyTarget {
    return this.#target;
  }

  /** More or fewer are asked for from now on. Gives what tells others so. */
  setTarget(target: CopyTarget): Promise<Bytes> {
    this.#target = target;
    this.#pace = new CopiesPace();
    return this.sign();
  }

  get farewell(): Bytes | undefined {
    return this.#farewell;
  }

  async sign(): Promise<Bytes> {
    const { shareId } = this.#share;
    const target = this.#target;
    const farewell = { copies: 0, serial: target.serial + 1 };
    this.#farewell = await signCopyTarget(this.#signingKey, shareId, farewell);
    return signCopyTarget(this.#signingKey, shareId, target);
  }

  /** The sharer's word that a peer did not show what it claims to hold. */
  readonly signDistrust = (peerId: PeerId): Promise<Bytes> =>
    signDistrust(this.#signingKey, this.#share.shareId, peerId);

  /** To be told now and then, so that the time left can be foretold. */
  record({ copies }: RunnerSnapshot, nowMs: number): void {
    if (copies !== undefined) this.#pace.record(copies.missingBytes, nowMs);
  }

  card({ copies, peers }: RunnerSnapshot): CardCopies | undefined {
    if (copies === undefined) return undefined;
    return computeCardCopies(copies, this.#share.header.geometry, {
      secondsLeft: this.#pace.computeSecondsLeft(),
      connectedPeers: peers.length,
    });
  }
}
