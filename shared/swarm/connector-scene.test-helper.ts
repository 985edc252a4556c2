import { settleCrypto } from './pending-crypto.test-helper.ts';
import type { Bytes } from '../share/bytes.ts';
import type { PeerRole } from '../wire/messages.ts';
import type { Membership } from './membership.ts';
import type { SessionFailure } from './peer-session.ts';
import type { PeerId } from './ports/tracker-client.ts';
import type { Signal, Transport } from './ports/transport.ts';
import { openSignal, sealSignal } from '../share/signal-sealing.ts';
import { Connector } from './connector.ts';
import type { KeyKind } from './sealed-signals.ts';
import { keysOf } from './sealed-signals.ts';
import { MemoryNetwork } from './memory-transport.ts';
import { decodeEnvelope, encodeEnvelope } from './signal-envelope.ts';
import { VirtualClock } from './virtual-clock.test-helper.ts';

export interface Sealed {
  readonly from: PeerId;
  readonly to: PeerId;
  readonly sealed: Bytes;
}

/** A connector, what it told, and what it gave to the tracker, which goes nowhere until the test says so. */
export class ConnectorProbe {
  readonly peerId: PeerId;
  readonly connector: Connector;
  readonly transport: ReturnType<MemoryNetwork['createTransport']>;
  readonly outbox: Sealed[] = [];
  readonly log: string[] = [];
  onFailure: (failure: SessionFailure) => void = () => {};

  constructor(
    scene: ConnectorScene,
    peerId: PeerId,
    membership: Membership,
    wrap: (transport: Transport) => Transport,
  ) {
    this.peerId = peerId;
    this.transport = scene.network.createTransport();
    this.connector = new Connector({
      membership,
      transport: wrap(this.transport),
      clock: scene.clock,
      sendSignal: (to, sealed) => this.outbox.push({ from: peerId, to, sealed }),
      eventsFor: (from) => ({
        onAuthenticated: (_, role) =>
          this.log.push(`${from} ${role === 'member' ? '' : 'volunteer '}authenticated`),
        onMessage: ({ type }) => this.log.push(`${from} ${type}`),
        onDrain: () => {},
        onStrands: () => {},
        onFailure: (failure) => {
          this.log.push(`${from} ${failure}`);
          this.onFailure(failure);
        },
      }),
    });
    this.connector.setIdentity(peerId, []);
  }

  isConnectedTo({ peerId }: ConnectorProbe): boolean {
    return this.connector.session(peerId)?.isAuthenticated === true;
  }
}

/** Several connectors of one swarm, and a tracker whose every step the test takes. */
export class ConnectorScene {
  readonly membership: Membership;
  readonly clock = new VirtualClock();
  readonly network = new MemoryNetwork();
  readonly probes: ConnectorProbe[] = [];

  constructor(membership: Membership) {
    this.membership = membership;
  }

  create(
    peerId: PeerId,
    wrap: (transport: Transport) => Transport = (transport) => transport,
    membership = this.membership,
  ): ConnectorProbe {
    const probe = new ConnectorProbe(this, peerId, membership, wrap);
    this.probes.push(probe);
    return probe;
  }

  /** Until WebCrypto has answered everything. */
  idle(): Promise<void> {
    return settleCrypto();
  }

  deliver({ from, to, sealed }: Sealed): void {
    for (const { peerId, connector } of this.probes) {
      if (peerId === to) connector.receive(from, sealed.slice());
    }
  }

  /** Passes on everything, in order, until nobody has anything more to say. */
  async relayAll(): Promise<void> {
    for (let quietRounds = 0; quietRounds < 3; quietRounds += 1) {
      await this.idle();
      for (const { outbox } of this.probes) {
        for (const signal of outbox.splice(0)) {
          this.deliver(signal);
          quietRounds = 0;
        }
      }
    }
  }

  /** Connects two, and returns all that the tracker has seen of it. */
  async connect(
    a: ConnectorProbe,
    b: ConnectorProbe,
    role: PeerRole = 'member',
  ): Promise<readonly Sealed[]> {
    a.connector.dial(b.peerId, role);
    const seen: Sealed[] = [];
    while (!a.isConnectedTo(b) || !b.isConnectedTo(a)) {
      await this.idle();
      for (const signal of [a, b].flatMap(({ outbox }) => outbox.splice(0))) {
        seen.push(signal);
        this.deliver(signal);
      }
    }
    await this.relayAll();
    return seen;
  }

  async seal(
    from: PeerId,
    to: PeerId,
    dialId: string,
    signal: Signal,
    kind: KeyKind = 'link',
  ): Promise<Sealed> {
    const { shareId } = this.membership;
    const { signalKey } = keysOf(this.membership, kind);
    const plaintext = encodeEnvelope({ dialId, signal });
    return { from, to, sealed: await sealSignal(signalKey, shareId, from, to, plaintext) };
  }

  async open({ from, to, sealed }: Sealed, kind: KeyKind = 'link') {
    const { shareId } = this.membership;
    const { signalKey } = keysOf(this.membership, kind);
    const opened = await openSignal(signalKey, shareId, from, to, sealed);
    return opened === undefined ? undefined : decodeEnvelope(opened);
  }
}

export const CANDIDATE: Signal = {
  type: 'candidate',
  candidate: 'candidate:0 1 udp 1 192.0.2.9 9 typ host',
  sdpMid: '0',
  sdpMLineIndex: 0,
};

export function createOffer(
  name: string,
  extraLines: readonly string[] = [],
): { type: 'offer'; sdp: string } {
  const lines = [
    'v=0',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    `a=ice-ufrag:${name}`,
    'a=fingerprint:sha-256 AB:CD',
    ...extraLines,
    '',
  ];
  return { type: 'offer', sdp: lines.join('\r\n') };
}

/** Counts what reaches the connections of a transport. */
export function countSignals(counts: Record<Signal['type'], number>) {
  return (transport: Transport): Transport => ({
    connect: (...args) => {
      const connection = transport.connect(...args);
      const signal = connection.signal.bind(connection);
      connection.signal = (told) => {
        counts[told.type] += 1;
        signal(told);
      };
      return connection;
    },
  });
}
