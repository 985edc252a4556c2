import type { Bytes } from '../../shared/share/bytes.ts';
import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type { PeerId } from '../../shared/swarm/ports/tracker-client.ts';
import type { Route } from '../../shared/swarm/ports/transport.ts';
import type { RunnerSnapshot } from '../../shared/swarm/swarm-snapshot.ts';
import type { Sight, SightedPeer } from './sight.ts';
import { PeerNames } from './peer-names.ts';
import { PeerRoutes } from './peer-routes.ts';
import { PIECE } from './sight.ts';
import { SpeedHistory } from './speed-history.ts';

/** No more rows than anybody reads; more than that many are never connected. */
const MAX_ROWS = 30;

/** What is looked at while it runs. */
export interface SightedRunner {
  snapshot: () => RunnerSnapshot;
  pieceStates: () => Bytes;
  findRoute: (peerId: PeerId) => Promise<Route | undefined>;
}

export interface ShareSightOptions {
  /** Undefined while the share rests. */
  readonly runner: () => SightedRunner | undefined;
  /** Which pieces were sealed already; undefined where the share is not one's own. */
  readonly readSealed: () => Promise<((piece: number) => boolean) | undefined>;
  readonly clock: Clock;
}

/** Looks closely at one share. While nobody does, only the speeds are remembered. */
export class ShareSight {
  readonly #options: ShareSightOptions;
  readonly #history = new SpeedHistory();
  readonly #names = new PeerNames();
  readonly #routes: PeerRoutes;

  constructor(options: ShareSightOptions) {
    this.#options = options;
    this.#routes = new PeerRoutes(async (peerId) => options.runner()?.findRoute(peerId));
  }

  /** Called now and then. */
  record(): void {
    const { runner, clock } = this.#options;
    const snapshot = runner()?.snapshot();
    if (snapshot !== undefined) this.#history.record(snapshot, clock.nowMs());
  }

  /** Undefined while the share rests. */
  async look(): Promise<Sight | undefined> {
    const { readSealed, clock } = this.#options;
    const isSealed = await readSealed();
    const runner = this.#options.runner();
    if (runner === undefined) return undefined;
    const snapshot = runner.snapshot();
    const connected = snapshot.peers.map(({ peerId }) => peerId);
    this.#routes.refresh(connected, clock.nowMs());
    return {
      pieces: isSealed === undefined ? runner.pieceStates() : markUnsealed(runner, isSealed),
      speeds: this.#history.speeds(),
      peers: this.#computePeers(snapshot),
    };
  }

  #computePeers({ peers, pieceCount }: RunnerSnapshot): SightedPeer[] {
    const sighted = peers.map((peer): SightedPeer => {
      const { peerId, identity, role, heldPieces, downBytesPerSecond, upBytesPerSecond } = peer;
      const kind = role === 'volunteer' ? 'volunteer' : 'peer';
      return {
        kind,
        number: this.#names.number(kind, identity),
        percent: (heldPieces / pieceCount) * 100,
        downBytesPerSecond,
        upBytesPerSecond,
        route: this.#routes.route(peerId),
      };
    });
    return sighted.toSorted(compareNames).slice(0, MAX_ROWS);
  }
}

/** Peers first. Whoever has a row keeps its place among those that were there before. */
function compareNames(a: SightedPeer, b: SightedPeer): number {
  return a.kind === b.kind ? a.number - b.number : a.kind === 'peer' ? -1 : 1;
}

/** The sharer can give every piece of its files. Those that it never had to seal nobody has wanted yet. */
function markUnsealed(runner: SightedRunner, isSealed: (piece: number) => boolean): Bytes {
  const pieces = runner.pieceStates();
  for (const [piece, state] of pieces.entries()) {
    if (state === PIECE.held && !isSealed(piece)) pieces[piece] = PIECE.unsealed;
  }
  return pieces;
}
