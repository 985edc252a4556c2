import type { Bytes } from '../share/bytes.ts';
import type {
  Connection,
  ConnectionEvents,
  Fingerprints,
  Route,
  Signal,
} from './ports/transport.ts';

const MIN_LOW_MARK_BYTES = 4 * 1024;

/** Carries out what it is given, in that order, and never from within the call. `byteLength` is what a frame weighs. */
export type Post = (action: () => void, byteLength: number) => void;

/** What a connection needs of the tab that it belongs to. */
interface Tab {
  readonly fingerprint: string;
  readonly post: Post;
  readonly isReachable: boolean;
  readonly maxBufferedBytes: number;
  /** Every connection of the network that is not closed, by name. */
  readonly connections: Map<string, MemoryConnection>;
}

/** What a description says of the end that wrote it. */
interface Description {
  readonly name: string;
  readonly fingerprints: readonly string[];
}

/**
 * One end of a connection in memory. Like the real one it opens when both ends have the other's description and one of
 * them a candidate, and when the certificate behind a description is one that the description names.
 */
export class MemoryConnection implements Connection {
  readonly #tab: Tab;
  readonly #end: 'initiator' | 'responder';
  readonly #events: ConnectionEvents;
  readonly #forget: () => void;
  readonly #name: string;
  #state: 'new' | 'open' | 'closed' = 'new';
  #remote: Description | undefined;
  #hasCandidate = false;
  #bufferedBytes = 0;
  #lowMarkBytes = MIN_LOW_MARK_BYTES;

  constructor(
    tab: Tab,
    name: string,
    end: 'initiator' | 'responder',
    events: ConnectionEvents,
    forget: () => void,
  ) {
    this.#tab = tab;
    this.#end = end;
    this.#events = events;
    this.#forget = forget;
    this.#name = name;
    tab.connections.set(this.#name, this);
    if (end === 'initiator') this.#describe('offer');
  }

  get bufferedBytes(): number {
    return this.#bufferedBytes;
  }

  signal(signal: Signal): void {
    if (this.#state !== 'new') return;
    if (signal.type === 'candidate') {
      this.#hasCandidate ||= signal.candidate.startsWith('candidate:');
    } else {
      const isExpected = signal.type === (this.#end === 'initiator' ? 'answer' : 'offer');
      const description = parseDescription(signal.sdp);
      if (!isExpected || description === undefined || this.#remote !== undefined) return;
      this.#remote = description;
      if (signal.type === 'offer') this.#describe('answer');
    }
    this.#openIfAgreed();
  }

  send(frame: Bytes): void {
    if (this.#state !== 'open') return;
    const { byteLength } = frame;
    if (this.#bufferedBytes + byteLength > this.#tab.maxBufferedBytes) {
      this.#fail();
      return;
    }
    const copy = frame.slice();
    this.#bufferedBytes += byteLength;
    this.#lowMarkBytes = Math.max(MIN_LOW_MARK_BYTES, this.#bufferedBytes / 2);
    this.#tab.post(() => this.#passOn(copy), byteLength);
  }

  fingerprints(): Fingerprints {
    return {
      local: [this.#tab.fingerprint],
      remote: this.#remote?.fingerprints ?? [],
    };
  }

  async findRoute(): Promise<Route | undefined> {
    return this.#state === 'open' ? 'direct' : undefined;
  }

  close(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#tab.connections.delete(this.#name);
    this.#forget();
    this.#tab.post(() => {
      const other = this.#other();
      if (other !== undefined) other.#fail();
    }, 0);
  }

  /** The network between the ends fails: both are told. */
  fail(): void {
    this.#tab.post(() => this.#fail(), 0);
  }

  #fail(): void {
    if (this.#state === 'closed') return;
    this.close();
    this.#events.onClose();
  }

  #passOn(frame: Bytes): void {
    if (this.#state === 'closed') return;
    const wasHigh = this.#bufferedBytes > this.#lowMarkBytes;
    this.#bufferedBytes -= frame.byteLength;
    const other = this.#other();
    if (other !== undefined) other.#take(frame);
    if (wasHigh && this.#bufferedBytes <= this.#lowMarkBytes && this.#state === 'open') {
      this.#events.onDrain();
    }
  }

  #take(frame: Bytes): void {
    this.#open();
    if (this.#state === 'open') this.#events.onFrame(frame);
  }

  #other(): MemoryConnection | undefined {
    const { connections } = this.#tab;
    return this.#remote === undefined ? undefined : connections.get(this.#remote.name);
  }

  #describe(type: 'offer' | 'answer'): void {
    const { post, fingerprint } = this.#tab;
    const name = this.#name;
    const sdp = [
      'v=0',
      'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
      `a=ice-ufrag:${name}`,
      `a=fingerprint:${fingerprint}`,
      '',
    ].join('\r\n');
    const candidates = ['192.0.2.1', '2001:db8::1'].map((address, i) => ({
      type: 'candidate' as const,
      candidate: `candidate:${i} 1 udp 1 ${address} 9 typ host ufrag ${name}`,
      sdpMid: '0',
      sdpMLineIndex: 0,
    }));
    for (const signal of [{ type, sdp }, ...candidates]) {
      post(() => {
        if (this.#state !== 'closed') this.#events.onSignal(signal);
      }, 0);
    }
  }

  #openIfAgreed(): void {
    const other = this.#other();
    if (other === undefined || other.#remote?.name !== this.#name) return;
    if (!this.#hasCandidate && !other.#hasCandidate) return;
    if (!this.#tab.isReachable || !other.#tab.isReachable) return;
    for (const end of [this, other]) end.#tab.post(() => end.#open(), 0);
  }

  #open(): void {
    const other = this.#other();
    if (this.#state !== 'new' || other === undefined || other.#state === 'closed') return;
    if (this.#remote?.fingerprints.includes(other.#tab.fingerprint) !== true) {
      this.#fail();
      return;
    }
    this.#state = 'open';
    this.#events.onOpen();
  }
}

function parseDescription(sdp: string): Description | undefined {
  const name = /^a=ice-ufrag:(\S+)\r?$/m.exec(sdp)?.[1];
  const lines = [...sdp.matchAll(/^a=fingerprint:(.+?)\r?$/gm)];
  const fingerprints = lines.flatMap(([, fingerprint]) => fingerprint ?? []);
  return name === undefined
    ? undefined
    : { name, fingerprints: [...new Set(fingerprints)].toSorted() };
}
