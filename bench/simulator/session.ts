import type { PeerId } from '../../shared/swarm/ports/tracker-client.ts';
import type { ChannelOptions } from './simulated-channel.ts';
import type { Frame } from './frame.ts';
import type { SimulatedHost } from './simulated-host.ts';
import { SimulatedChannel } from './simulated-channel.ts';

/** One end of a connection. */
export class Session {
  readonly host: SimulatedHost;
  readonly remote: SimulatedHost;
  /** Under which name this end knows the other. */
  readonly remotePeerId: PeerId;
  /** Which browser is there, as its certificate tells. */
  readonly remoteIdentity: string;
  /** What this end sends on. */
  readonly channel: SimulatedChannel;
  /** The other end's view. */
  twin: Session | undefined;
  isOpen = true;

  constructor(
    host: SimulatedHost,
    remote: SimulatedHost,
    options: Omit<ChannelOptions, 'uplink' | 'downlink' | 'ends'>,
  ) {
    this.host = host;
    this.remote = remote;
    this.remotePeerId = remote.peerId;
    this.remoteIdentity = remote.identity;
    const [{ uplink }, { downlink }] = [host.access, remote.access];
    this.channel = new SimulatedChannel({ ...options, uplink, downlink, ends: this });
  }

  /** A frame came out of the channel, at the other end. */
  receive(frame: Frame): void {
    const { twin } = this;
    if (twin?.isOpen === true) twin.host.receive(twin.remotePeerId, frame);
  }

  recordDrained(bufferedBytes: number): void {
    if (!this.isOpen) return;
    this.host.tell({ type: 'drained', peerId: this.remotePeerId, bufferedBytes });
  }
}
