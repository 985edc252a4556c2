import type { Bytes } from '../share/bytes.ts';
import type { Membership } from './membership.ts';
import type { Relayed } from './memory-tracker.test-helper.ts';
import type { Connection, ConnectionEvents, Signal, Transport } from './ports/transport.ts';
import type { SignalEnvelope } from './signal-envelope.ts';
import { utf8 } from '../share/bytes.ts';
import { openSignal, sealSignal } from '../share/signal-sealing.ts';
import { readType } from './session-scene.test-helper.ts';
import { decodeEnvelope } from './signal-envelope.ts';

type Deliver = (signal: Relayed) => void;
interface Link {
  readonly shareId: Membership['shareId'];
  readonly signalKey: CryptoKey;
}
type Names = Pick<Relayed, 'from' | 'to'>;

/** What a tracker can do that was given the link: it opens what it relays, and seals other words in its place. */
export class SignalForger {
  readonly #link: Link;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(link: Link) {
    this.#link = link;
  }

  /** Relays in place of each signal what `change` makes of it, signals or not, in order. */
  rewriting(change: (signal: Signal) => readonly unknown[]) {
    return (relayed: Relayed, deliver: Deliver): void =>
      this.#inTurn(async () => {
        const { dialId, signal } = await this.#open(relayed);
        for (const words of change(signal)) deliver(await this.#seal(relayed, dialId, words));
      });
  }

  /** Connects to both ends in place of each other, and passes on every frame. Puts down what kinds went through. */
  standingBetween(transport: Transport, heard: string[]) {
    const calls = new Map<string, Call>();
    return (relayed: Relayed, deliver: Deliver): void =>
      this.#inTurn(async () => {
        const { from, to } = relayed;
        const { dialId, signal } = await this.#open(relayed);
        const call =
          calls.get(dialId) ??
          new Call(transport, heard, from, (signal, isForCaller) => {
            const names = isForCaller ? { from: to, to: from } : { from, to };
            this.#inTurn(async () => deliver(await this.#seal(names, dialId, signal)));
          });
        calls.set(dialId, call);
        call.take(from, signal);
      });
  }

  #inTurn(work: () => Promise<void>): void {
    this.#queue = this.#queue.then(work);
  }

  async #open({ from, to, sealed }: Relayed): Promise<SignalEnvelope> {
    const { shareId, signalKey } = this.#link;
    const opened = await openSignal(signalKey, shareId, from, to, sealed);
    const envelope = opened === undefined ? undefined : decodeEnvelope(opened);
    if (envelope === undefined) throw new Error('not from a member');
    return envelope;
  }

  async #seal({ from, to }: Names, dialId: string, signal: unknown): Promise<Relayed> {
    const { shareId, signalKey } = this.#link;
    const plaintext = utf8(JSON.stringify({ dialId, signal }));
    return { from, to, sealed: await sealSignal(signalKey, shareId, from, to, plaintext) };
  }
}

/** One dial, answered by somebody in the middle who dials the other end itself. */
class Call {
  readonly #caller: string;
  readonly #toCaller: Leg;
  readonly #toCalled: Leg;

  constructor(
    transport: Transport,
    heard: string[],
    caller: string,
    say: (signal: Signal, isForCaller: boolean) => void,
  ) {
    this.#caller = caller;
    this.#toCaller = new Leg(transport, 'responder', {
      onSignal: (signal) => say(signal, true),
      onFrame: (frame) => this.#pass(frame, this.#toCalled, heard),
      onClose: () => this.#toCalled.connection.close(),
    });
    this.#toCalled = new Leg(transport, 'initiator', {
      onSignal: (signal) => say(signal, false),
      onFrame: (frame) => this.#pass(frame, this.#toCaller, heard),
      onClose: () => this.#toCaller.connection.close(),
    });
  }

  take(from: string, signal: Signal): void {
    const leg = from === this.#caller ? this.#toCaller : this.#toCalled;
    leg.connection.signal(signal);
  }

  #pass(frame: Bytes, leg: Leg, heard: string[]): void {
    heard.push(readType(frame));
    leg.send(frame);
  }
}

class Leg {
  readonly connection: Connection;
  readonly #waiting: Bytes[] = [];
  #isOpen = false;

  constructor(
    transport: Transport,
    end: 'initiator' | 'responder',
    events: Pick<ConnectionEvents, 'onSignal' | 'onFrame' | 'onClose'>,
  ) {
    this.connection = transport.connect(end, [], {
      ...events,
      onOpen: () => {
        this.#isOpen = true;
        for (const frame of this.#waiting.splice(0)) this.connection.send(frame);
      },
      onDrain: () => {},
    });
  }

  send(frame: Bytes): void {
    if (this.#isOpen) this.connection.send(frame);
    else this.#waiting.push(frame);
  }
}
