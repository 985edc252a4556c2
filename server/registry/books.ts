import type { ShareId } from '../../shared/share/share-id.ts';
import type { Holding, Swarm } from './swarm.ts';

/** Who is in which swarm. */
export class Books {
  readonly swarms = new Map<ShareId, Swarm>();
  /** Each peer's holdings by share. A peer without any is not in here. */
  readonly peers = new Map<string, Map<ShareId, Holding>>();

  holding(peerId: string, shareId: ShareId): Holding | undefined {
    return this.peers.get(peerId)?.get(shareId);
  }

  holdings(peerId: string): Iterable<Holding> {
    return this.peers.get(peerId)?.values() ?? [];
  }
}
