import type { Bytes } from '../share/bytes.ts';
import type { Membership } from './membership.ts';
import type { Signal } from './ports/transport.ts';
import type { ProbeOptions } from './session-probe.test-helper.ts';
import { computePeerAuth } from '../share/peer-auth.ts';
import { decodeMessage, encodeMessage } from '../wire/codec.ts';
import { keysOf } from './sealed-signals.ts';
import { MemoryNetwork } from './memory-transport.ts';
import { SessionProbe } from './session-probe.test-helper.ts';
import { TestEnd } from './transport-ends.test-helper.ts';
import { VirtualClock } from './virtual-clock.test-helper.ts';

export const HELLO = { type: 'hello', version: 1, role: 'member', nonce: bytesOf(7) } as const;
export const BITFIELD = { type: 'bitfield', bitfield: Uint8Array.of(128) } as const;
export const BLOCK = { type: 'block', piece: 0, block: 0, bytes: bytesOf(1) } as const;

const ALICE = 'alice-alice-alice-alic';
const BOB = 'bob-bob-bob-bob-bob-bo';

/** Alice dials, Bob or somebody else answers. */
export class SessionScene {
  readonly clock = new VirtualClock();
  readonly network = new MemoryNetwork();
  readonly #membership: Membership;

  constructor(membership: Membership) {
    this.#membership = membership;
  }

  createAlice(options: Partial<ProbeOptions> = {}): SessionProbe {
    return this.#create('initiator', options);
  }

  createBob(options: Partial<ProbeOptions> = {}): SessionProbe {
    return this.#create('responder', options);
  }

  /** Alice, and somebody who is connected and says what the test wants. */
  async meetStranger(
    options: Partial<ProbeOptions> = {},
    transport = this.network.createTransport(),
  ): Promise<{ alice: SessionProbe; stranger: TestEnd }> {
    const alice = this.createAlice(options);
    const stranger = new TestEnd(transport, 'responder');
    joinRaw(alice, stranger);
    await stranger.until(() => stranger.frames.length > 0);
    return { alice, stranger };
  }

  /** The stranger says what a member in its place would. */
  async makeProof(stranger: TestEnd): Promise<readonly [hello: Bytes, auth: Bytes]> {
    const hello = decodeMessage(stranger.frames[0] ?? new Uint8Array());
    if (!hello.ok || hello.value.type !== 'hello') throw new Error('no greeting');
    const { local, remote } = stranger.connection.fingerprints();
    const { shareId } = this.#membership;
    const { peerAuthKey } = keysOf(this.#membership, 'link');
    const nonce = bytesOf(9);
    const mac = await computePeerAuth(
      peerAuthKey,
      shareId,
      { peerId: BOB, role: 'member', nonce, fingerprints: local },
      { peerId: ALICE, role: 'member', nonce: hello.value.nonce, fingerprints: remote },
    );
    return [encodeMessage({ ...HELLO, nonce }), encodeMessage({ type: 'auth', mac })];
  }

  #create(end: 'initiator' | 'responder', options: Partial<ProbeOptions>): SessionProbe {
    return new SessionProbe({
      membership: this.#membership,
      transport: this.network.createTransport(),
      clock: this.clock,
      end,
      names: end === 'initiator' ? [ALICE, BOB] : [BOB, ALICE],
      ...options,
    });
  }
}

/** The tracker between two sessions, which may write what it likes. */
export function join(
  a: SessionProbe,
  b: SessionProbe,
  rewrite: (signal: Signal, to: SessionProbe) => Signal = (signal) => signal,
): void {
  a.onSignal = (signal) => b.session.signal(rewrite(signal, b));
  b.onSignal = (signal) => a.session.signal(rewrite(signal, a));
}

export function joinRaw(probe: SessionProbe, end: TestEnd): void {
  probe.onSignal = (signal) => end.connection.signal(signal);
  end.onSignal = (signal) => probe.session.signal(signal);
}

export function bytesOf(value: number): Bytes {
  return new Uint8Array(32).fill(value);
}

export function readType(frame: Bytes): string {
  const message = decodeMessage(frame);
  return message.ok ? message.value.type : message.violation;
}
