import type { AuthSide } from '../share/peer-auth.ts';
import type { Bytes } from '../share/bytes.ts';
import type {
  AuthMessage,
  HelloMessage,
  Message,
  PeerRole,
  StrandMessage,
} from '../wire/messages.ts';
import type { ShareId } from '../share/share-id.ts';
import type { SwarmKeys } from '../share/swarm-keys.ts';
import type { Clock } from './ports/clock.ts';
import type { PeerId } from './ports/tracker-client.ts';
import type {
  Connection,
  ConnectionEvents,
  Fingerprints,
  IceServer,
  Route,
  Transport,
} from './ports/transport.ts';
import { computePeerAuth, verifyPeerAuth } from '../share/peer-auth.ts';
import { MAX_FRAME_LENGTH } from '../wire/blocks.ts';
import { decodeMessage, encodeMessage } from '../wire/codec.ts';
import { NONCE_LENGTH, WIRE_VERSION } from '../wire/messages.ts';
import { Strands } from './strands.ts';

/** Every block's frame is made here: `send` copies, and memory that is new each time costs more than the copy. */
const SCRATCH = new Uint8Array(MAX_FRAME_LENGTH);

const AUTH_TIMEOUT_MS = 10_000;
const OPEN_TIMEOUT_MS = 20_000;
/** What may arrive while the proof before it is still being checked: the largest bitfield, and thousands of `have`. */
const MAX_EARLY_BYTES = 32 * 1024;

export type SessionFailure =
  | 'closed'
  | 'open-timeout'
  | 'auth-timeout'
  | 'wrong-version'
  | 'wrong-role'
  | 'wrong-proof'
  | 'bad-frame'
  | 'out-of-order';

/** What peers say once they know each other. */
type PeerMessage = Exclude<Message, HelloMessage | AuthMessage | StrandMessage>;

export interface SessionEvents {
  readonly onSignal: ConnectionEvents['onSignal'];
  /** The other end proved that it has our keys. `identity` is its certificate's fingerprint. */
  readonly onAuthenticated: (identity: string, role: PeerRole) => void;
  readonly onMessage: (message: PeerMessage) => void;
  readonly onDrain: () => void;
  /** So many connections carry blocks from now on, in both directions. */
  readonly onStrands: (count: number) => void;
  /** Once, and never after our own `close`. */
  readonly onFailure: (failure: SessionFailure) => void;
}

export interface SessionOptions {
  readonly shareId: ShareId;
  /** The link's, or the public ones where one end is a volunteer. */
  readonly keys: SwarmKeys;
  readonly role: PeerRole;
  /** What the other end may say that it is. */
  readonly acceptedRoles: readonly PeerRole[];
  readonly transport: Transport;
  readonly clock: Clock;
  readonly iceServers: readonly IceServer[];
  readonly end: 'initiator' | 'responder';
  readonly localPeerId: PeerId;
  readonly remotePeerId: PeerId;
  /** Whether one more connection to this peer, beside the first, is not too many. */
  readonly hasRoomForStrand: () => boolean;
  readonly events: SessionEvents;
}

type SessionState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'greeting' }
  /** `proof` resolves when ours has been sent. */
  | { readonly kind: 'proving'; readonly remote: AuthSide; readonly proof: Promise<void> }
  | {
      readonly kind: 'checking';
      readonly early: (PeerMessage | StrandMessage)[];
      earlyBytes: number;
    }
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'closed' };

/**
 * One connection to one peer, from the first signal to the last frame. Before anything else crosses it both ends prove
 * that they have the keys, over the very certificates this connection uses: a tracker that put itself between has others.
 */
export class PeerSession {
  readonly #options: SessionOptions;
  readonly #connection: Connection;
  readonly #strands: Strands;
  readonly #nonce = crypto.getRandomValues(new Uint8Array(NONCE_LENGTH));
  #state: SessionState = { kind: 'opening' };
  #cancelTimeout: () => void;

  constructor(options: SessionOptions) {
    this.#options = options;
    const { transport, clock, end, iceServers, hasRoomForStrand, events } = options;
    this.#cancelTimeout = this.#failAfter(OPEN_TIMEOUT_MS, 'open-timeout');
    this.#connection = transport.connect(end, iceServers, {
      onSignal: events.onSignal,
      onOpen: () => this.#greet(),
      onFrame: (frame) => this.#receive(frame),
      onDrain: () => this.#recordDrain(),
      onClose: () => this.#fail('closed'),
    });
    this.#strands = new Strands({
      clock,
      first: this.#connection,
      connect: (strandEnd, strandEvents) => transport.connect(strandEnd, iceServers, strandEvents),
      say: (envelope) => this.#say({ type: 'strand', envelope }),
      hasRoom: hasRoomForStrand,
      events: {
        onFrame: (frame) => this.#receiveBlock(frame),
        onDrain: () => this.#recordDrain(),
        onCount: events.onStrands,
        onBroken: () => this.#fail('closed'),
      },
    });
  }

  get isAuthenticated(): boolean {
    return this.#state.kind === 'authenticated';
  }

  get end(): 'initiator' | 'responder' {
    return this.#options.end;
  }

  get bufferedBytes(): number {
    return this.#strands.bufferedBytes;
  }

  /** Connections beside the first, those that are not open yet included. */
  get furtherStrands(): number {
    return this.#strands.furtherCount;
  }

  /** So many connections are to carry blocks, if they come about. */
  widen(strands: number): void {
    if (this.isAuthenticated) void this.#strands.widen(strands);
  }

  /** Of both certificates. Valid once open. */
  get fingerprints(): Fingerprints {
    return this.#connection.fingerprints();
  }

  async findRoute(): Promise<Route | undefined> {
    return this.#connection.findRoute?.();
  }

  signal(...signal: Parameters<Connection['signal']>): void {
    this.#connection.signal(...signal);
  }

  /** Sends nothing before the other end is authenticated. */
  send(message: PeerMessage): void {
    if (!this.isAuthenticated) return;
    const frame = encodeMessage(message, SCRATCH);
    if (message.type === 'block') this.#strands.sendBlock(frame);
    else this.#connection.send(frame);
  }

  close(): void {
    if (this.#state.kind === 'closed') return;
    this.#state = { kind: 'closed' };
    this.#cancelTimeout();
    this.#strands.close();
    this.#connection.close();
  }

  #greet(): void {
    if (this.#state.kind !== 'opening') return;
    this.#state = { kind: 'greeting' };
    this.#cancelTimeout();
    this.#cancelTimeout = this.#failAfter(AUTH_TIMEOUT_MS, 'auth-timeout');
    const { role } = this.#options;
    this.#say({ type: 'hello', version: WIRE_VERSION, role, nonce: this.#nonce });
  }

  #receive(frame: Bytes): void {
    const result = decodeMessage(frame);
    if (!result.ok) {
      this.#fail('bad-frame');
      return;
    }
    const message = result.value;
    if (message.type === 'hello') this.#receiveHello(message);
    else if (message.type === 'auth') void this.#receiveAuth(message);
    else if (this.#state.kind === 'authenticated') this.#hear(message);
    else if (this.#state.kind === 'checking' && this.#state.earlyBytes < MAX_EARLY_BYTES) {
      this.#state.early.push(message);
      this.#state.earlyBytes += frame.byteLength;
    } else if (this.#state.kind !== 'closed') this.#fail('out-of-order');
  }

  #receiveHello(hello: HelloMessage): void {
    if (this.#state.kind !== 'greeting') this.#fail('out-of-order');
    else if (hello.version !== WIRE_VERSION) this.#fail('wrong-version');
    else if (!this.#options.acceptedRoles.includes(hello.role)) this.#fail('wrong-role');
    else {
      const remote: AuthSide = {
        peerId: this.#options.remotePeerId,
        role: hello.role,
        nonce: hello.nonce,
        fingerprints: this.#connection.fingerprints().remote,
      };
      this.#state = { kind: 'proving', remote, proof: this.#prove(remote) };
    }
  }

  async #prove(remote: AuthSide): Promise<void> {
    const { shareId, keys } = this.#options;
    try {
      const mac = await computePeerAuth(keys.peerAuthKey, shareId, this.#localSide(), remote);
      this.#say({ type: 'auth', mac });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      // A description with no fingerprints, or with more than anybody has.
      this.#fail('wrong-proof');
    }
  }

  async #receiveAuth(auth: AuthMessage): Promise<void> {
    if (this.#state.kind !== 'proving') {
      this.#fail('out-of-order');
      return;
    }
    const { remote, proof } = this.#state;
    const checking: SessionState = { kind: 'checking', early: [], earlyBytes: 0 };
    this.#state = checking;
    const { shareId, keys } = this.#options;
    const local = this.#localSide();
    const isProved = await verifyPeerAuth(keys.peerAuthKey, shareId, remote, local, auth.mac);
    // Whatever we say next must not overtake our own proof.
    await proof;
    if (this.#state !== checking) return;
    if (!isProved) {
      this.#fail('wrong-proof');
      return;
    }
    this.#cancelTimeout();
    this.#state = { kind: 'authenticated' };
    this.#options.events.onAuthenticated(remote.fingerprints.join(' '), remote.role);
    for (const message of checking.early) {
      if (this.isAuthenticated) this.#hear(message);
    }
  }

  #hear(message: PeerMessage | StrandMessage): void {
    if (message.type === 'strand') void this.#strands.receive(message.envelope);
    else this.#options.events.onMessage(message);
  }

  #receiveBlock(frame: Bytes): void {
    const result = decodeMessage(frame);
    if (!result.ok || result.value.type !== 'block') this.#fail('bad-frame');
    else if (this.isAuthenticated) this.#options.events.onMessage(result.value);
  }

  #recordDrain(): void {
    if (this.isAuthenticated) this.#options.events.onDrain();
  }

  #say(message: HelloMessage | AuthMessage | StrandMessage): void {
    if (this.#state.kind !== 'closed') this.#connection.send(encodeMessage(message));
  }

  #localSide(): AuthSide {
    return {
      peerId: this.#options.localPeerId,
      role: this.#options.role,
      nonce: this.#nonce,
      fingerprints: this.#connection.fingerprints().local,
    };
  }

  #failAfter(delayMs: number, failure: SessionFailure): () => void {
    return this.#options.clock.schedule(delayMs, () => this.#fail(failure));
  }

  #fail(failure: SessionFailure): void {
    if (this.#state.kind === 'closed') return;
    this.close();
    this.#options.events.onFailure(failure);
  }
}
