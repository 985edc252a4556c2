import type { Bytes } from '../share/bytes.ts';
import type { Bitfield } from '../wire/bitfield.ts';
import type {
  AnnounceResult,
  PeerId,
  PieceRanges,
  SwarmRole,
  TrackerEvents,
  TrackerSession,
} from './ports/tracker-client.ts';
import type { RunnerEvents, RunnerOptions } from './runner-options.ts';
import type { SwarmEvent } from './swarm-events.ts';
import { readKnownPeers } from './known-peers.ts';

interface TrackerDeskOptions extends Pick<
  RunnerOptions,
  'membership' | 'holderId' | 'target' | 'tracker'
> {
  readonly role: SwarmRole;
  readonly held: Bitfield;
  readonly events: TrackerEvents;
  readonly tell: (event: SwarmEvent) => void;
  readonly report: Pick<RunnerEvents, 'onFound' | 'onAnnounceRefused' | 'onEnd'>;
}

/** One swarm's talk with the tracker: asks what the engine wants to know, and tells it the answers. */
export class TrackerDesk {
  readonly #options: TrackerDeskOptions;
  readonly #session: TrackerSession;
  #target: Bytes | undefined;
  #hasLeft = false;

  constructor(options: TrackerDeskOptions) {
    this.#options = options;
    this.#target = options.target;
    const { membership, events, report } = options;
    const onEnd = (end: Bytes): void => report.onEnd?.(end);
    this.#session = options.tracker.join(membership.shareId, { ...events, onEnd });
  }

  /** The TURN servers that a connection made now may use. */
  relays(): ReturnType<TrackerSession['relays']> {
    return this.#session.relays();
  }

  signal(to: PeerId, sealed: Bytes): void {
    this.#session.signal(to, sealed);
  }

  distrust(peerId: PeerId, signature: Bytes | undefined): void {
    if (!this.#hasLeft) this.#session.distrust(peerId, signature);
  }

  /** Goes with everything announced from now on. */
  setTarget(target: Bytes): void {
    this.#target = target;
  }

  announce(): void {
    const { membership, held, role, holderId } = this.#options;
    const announcement = {
      header: membership.header,
      bitfield: held.toBytes(),
      role,
      ...(holderId === undefined ? {} : { holderId }),
      ...(this.#target === undefined ? {} : { target: this.#target }),
    };
    void this.#judge(this.#session.announce(announcement));
  }

  announceGained(ranges: PieceRanges): void {
    void this.#judge(this.#session.announceGained(ranges));
  }

  async find(): Promise<void> {
    const { membership, report, tell } = this.#options;
    const result = await this.#session.find();
    if (this.#hasLeft) return;
    report.onFound?.(result);
    if (result.kind !== 'found') return;
    const { pieceCount } = membership.geometry;
    tell({ type: 'peers-found', peers: readKnownPeers(result.peers, pieceCount) });
  }

  leave(): void {
    this.#hasLeft = true;
    this.#session.leave();
  }

  async #judge(announcing: Promise<AnnounceResult>): Promise<void> {
    const result = await announcing;
    if (result.kind === 'announced') return;
    this.#options.tell({ type: 'announce-refused' });
    if (this.#hasLeft || result.kind === 'unavailable') return;
    // After its restart the tracker only has to be told everything anew.
    if (result.code === 'not-announced' || result.code === 'rate-limited') return;
    this.#options.report.onAnnounceRefused?.(result.code, result.end);
  }
}
