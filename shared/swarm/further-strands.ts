import type { Bytes } from '../share/bytes.ts';
import type { Connection, ConnectionEvents } from './ports/transport.ts';
import type { StrandsOptions } from './strands.ts';
import { encodeBase64Url } from '../share/base64url.ts';
import { MAX_STRAND_OFFERS, MAX_STRANDS, STRAND_TIMEOUT_MS } from './limits.ts';
import { decodeEnvelope, encodeEnvelope } from './signal-envelope.ts';
import { SignalFilter } from './signal-filter.ts';

const NAME_LENGTH = 9;

type End = 'initiator' | 'responder';

interface Strand {
  readonly connection: Connection;
  isOpen: boolean;
  hasCarried: boolean;
  readonly filter: SignalFilter;
  readonly giveUp: () => void;
}

/** The connections to one peer beside the first, over which each of them is made. */
export class FurtherStrands {
  readonly #options: StrandsOptions;
  readonly #strands = new Map<string, Strand>();
  #answeredCount = 0;

  constructor(options: StrandsOptions) {
    this.#options = options;
  }

  /** Those that are not open yet included. */
  get count(): number {
    return this.#strands.size;
  }

  /** Handed over and not passed on, over those that are open. */
  get bufferedBytes(): number {
    return this.#open.reduce((sum, { connection }) => sum + connection.bufferedBytes, 0);
  }

  /** Over the one where least waits, if that is less than so much. False where it was not sent. */
  sendBelow(leastBytes: number, frame: Bytes): boolean {
    let emptiest: Strand | undefined;
    let bufferedBytes = leastBytes;
    for (const strand of this.#open) {
      if (strand.connection.bufferedBytes >= bufferedBytes) continue;
      emptiest = strand;
      ({ bufferedBytes } = strand.connection);
    }
    if (emptiest === undefined) return false;
    emptiest.hasCarried = true;
    emptiest.connection.send(frame);
    return true;
  }

  /** Begins as many as are missing of so many beside the first. */
  widen(count: number): void {
    while (this.count < count && this.count + 1 < MAX_STRANDS && this.#options.hasRoom()) {
      const name = encodeBase64Url(crypto.getRandomValues(new Uint8Array(NAME_LENGTH)));
      this.#begin(name, 'initiator');
    }
  }

  receive(envelope: Bytes): void {
    const decoded = decodeEnvelope(envelope);
    if (decoded === undefined) return;
    const { dialId: name, signal } = decoded;
    const strand = this.#strands.get(name);
    if (strand !== undefined) {
      if (strand.filter.takes(signal)) strand.connection.signal(signal);
    } else if (signal.type === 'offer' && this.#mayAnswer()) {
      this.#answeredCount += 1;
      this.#begin(name, 'responder').connection.signal(signal);
    }
  }

  close(): void {
    for (const name of this.#strands.keys()) this.#end(name);
  }

  get #open(): readonly Strand[] {
    return [...this.#strands.values()].filter(({ isOpen }) => isOpen);
  }

  /** One more than we begin ourselves: both ends may have begun their last at once. */
  #mayAnswer(): boolean {
    if (this.#answeredCount >= MAX_STRAND_OFFERS) return false;
    return this.count < MAX_STRANDS && this.#options.hasRoom();
  }

  #begin(name: string, end: End): Strand {
    const { clock, connect, say, events } = this.#options;
    const connectionEvents: ConnectionEvents = {
      onSignal: (signal) => say(encodeEnvelope({ dialId: name, signal })),
      onOpen: () => this.#recordOpen(name),
      onFrame: (frame) => {
        const strand = this.#strands.get(name);
        if (strand?.isOpen !== true) return;
        strand.hasCarried = true;
        events.onFrame(frame);
      },
      onDrain: events.onDrain,
      onClose: () => this.#recordClosed(name),
    };
    const strand = {
      connection: connect(end, connectionEvents),
      isOpen: false,
      hasCarried: false,
      filter: new SignalFilter(end),
      giveUp: clock.schedule(STRAND_TIMEOUT_MS, () => this.#end(name)),
    };
    this.#strands.set(name, strand);
    return strand;
  }

  #recordOpen(name: string): void {
    const strand = this.#strands.get(name);
    if (strand === undefined) return;
    const { first, events } = this.#options;
    strand.giveUp();
    if (!haveSameEnds(first, strand.connection)) {
      events.onBroken();
      return;
    }
    strand.isOpen = true;
    events.onCount(1 + this.#open.length);
  }

  /** What was on its way over one that carried something is lost, and nobody would ask for it again. */
  #recordClosed(name: string): void {
    const strand = this.#strands.get(name);
    this.#end(name);
    const { onBroken, onCount } = this.#options.events;
    if (strand?.hasCarried === true) onBroken();
    else if (strand?.isOpen === true) onCount(1 + this.#open.length);
  }

  #end(name: string): void {
    const strand = this.#strands.get(name);
    if (strand === undefined) return;
    this.#strands.delete(name);
    strand.giveUp();
    strand.connection.close();
  }
}

/** By their certificates. */
function haveSameEnds(a: Connection, b: Connection): boolean {
  const [ofA, ofB] = [a.fingerprints(), b.fingerprints()];
  return ofA.remote.join() === ofB.remote.join() && ofA.local.join() === ofB.local.join();
}
