import type { PeerId } from '../../shared/swarm/ports/tracker-client.ts';
import type { SimulatedChannel } from './simulated-channel.ts';
import type { SimulatedHost } from './simulated-host.ts';

/** One end of a connection. */
export interface Session {
  readonly host: SimulatedHost;
  readonly remote: SimulatedHost;
  /** Under which name this end knows the other. */
  readonly remotePeerId: PeerId;
  /** Which browser is there, as its certificate tells. */
  readonly remoteIdentity: string;
  readonly channel: SimulatedChannel;
  /** The other end's view. */
  twin: Session | undefined;
  isOpen: boolean;
}
