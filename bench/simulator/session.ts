import type { PeerId } from '../../shared/swarm/ports/tracker-client.ts';
import type { ChannelOptions } from './simulated-channel.ts';
import type { Frame } from './frame.ts';
import type { SimulatedHost } from './simulated-host.ts';
import { SimulatedChannel } from './simulated-channel.ts';

type Line = Pick<ChannelOptions, 'random' | 'path'>;

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
  isOpen = true;
  /** Connections to the other end, those that are still being made included. */
  promisedStrands = 1;
  #twin: Session | undefined;
  #strands = 1;

  private constructor(host: SimulatedHost, remote: SimulatedHost, line: Line) {
    this.host = host;
    this.remote = remote;
    this.remotePeerId = remote.peerId;
    this.remoteIdentity = remote.identity;
    const { agenda } = host;
    const [{ uplink }, { downlink }] = [host.access, remote.access];
    this.channel = new SimulatedChannel({ ...line, agenda, uplink, downlink, sender: this });
  }

  /** Both ends of a new connection. */
  static createPair(a: SimulatedHost, b: SimulatedHost, line: Line): readonly [Session, Session] {
    const [onward, back] = [new Session(a, b, line), new Session(b, a, line)];
    onward.#join(back);
    back.#join(onward);
    return [onward, back];
  }

  /** The other end's view. */
  get twin(): Session | undefined {
    return this.#twin;
  }

  /** A frame came out of the other end's channel. */
  receive(frame: Frame): void {
    if (this.isOpen) this.host.receive(this.remotePeerId, frame);
  }

  /** So many connections carry blocks from now on. */
  widen(strands: number): void {
    if (!this.isOpen || strands <= this.#strands) return;
    this.#strands = strands;
    this.channel.widen(strands);
    this.host.tell({ type: 'strands', peerId: this.remotePeerId, count: strands });
  }

  recordDrained(bufferedBytes: number): void {
    if (!this.isOpen) return;
    this.host.tell({ type: 'drained', peerId: this.remotePeerId, bufferedBytes });
  }

  #join(twin: Session): void {
    this.#twin = twin;
    this.channel.receiver = twin;
  }
}
