import { randomFillSync } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

import type { Random } from '../../shared/swarm/random.ts';
import { createRandom } from '../../shared/swarm/random.ts';
import { Bitfield } from '../../shared/wire/bitfield.ts';
import { computeQuantile } from '../statistics.ts';
import { LoadPeer } from './load-peer.ts';
import type { LoadStep, Ranges, Seat } from './load-plan.ts';
import { drawRanges, planLoad } from './load-plan.ts';
import type { LoadShare } from './load-shares.ts';
import type { MessageReport } from './message-log.ts';
import { MessageLog } from './message-log.ts';

export interface CrowdOptions {
  readonly url: string;
  /** Whether it is the tracker: it welcomes, and relays signals. */
  readonly isTracker: boolean;
  readonly shares: readonly LoadShare[];
  readonly seed: number;
}

/** Connections that are being opened, and messages of a flood that wait for an answer. */
const CONNECTING_AT_ONCE = 32;
const WAITING_AT_ONCE = 128;
const TICK_MS = 5;
const DRAIN_TIMEOUT_MS = 10_000;
/** Of ten peers one holds everything, and the others any part. */
const SEEDER_PART = 10;

/** The peers that one client process plays, each on a seat of its own. */
export class Crowd {
  readonly #options: CrowdOptions;
  readonly #random: Random;
  readonly #seats: readonly Seat[];
  readonly #bitfields: readonly Bitfield[];
  readonly #peers = new Map<number, LoadPeer>();
  /** Of those who came while others were there, the connection, by seat. */
  readonly #coming = new Map<number, Promise<void>>();
  /** Peers that are coming or leaving. */
  #moving = 0;
  #log = new MessageLog();

  constructor(options: CrowdOptions) {
    this.#options = options;
    this.#random = createRandom(options.seed);
    this.#seats = options.shares.flatMap(({ pieceCount, peerCount }, share) =>
      Array.from({ length: peerCount }, () => ({ share, pieceCount })),
    );
    this.#bitfields = this.#seats.map(({ pieceCount }) => this.#drawBitfield(pieceCount));
  }

  /** Everybody, or the first so many. */
  connect(count = this.#seats.length): Promise<MessageReport> {
    return this.#report(async () => {
      const seats = this.#seats.keys();
      const connectNext = async (): Promise<void> => {
        for (const seat of seats) {
          if (seat >= count) return;
          await this.#connect(seat);
        }
      };
      await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, connectNext));
    });
  }

  /** Everybody who is connected tells everything it holds. */
  announce(): Promise<MessageReport> {
    return this.#flood([...this.#peers.keys()], (seat, onAnswered) => {
      this.#announce(seat, onAnswered);
    });
  }

  /** Everybody who is connected gains pieces so many times, as fast as answers come. */
  flood(perPeer: number): Promise<MessageReport> {
    const seats = Array.from({ length: perPeer }, () => [...this.#peers.keys()]).flat();
    return this.#flood(seats, (seat, onAnswered) => {
      const { pieceCount = 1 } = this.#seats[seat] ?? {};
      this.#gain(seat, drawRanges(pieceCount, this.#random), onAnswered);
    });
  }

  load(seconds: number): Promise<MessageReport> {
    const steps = planLoad(this.#seats, seconds, this.#random);
    return this.#report(async () => {
      const startedMs = performance.now();
      const lateMs: number[] = [];
      for (const step of steps) {
        while (performance.now() - startedMs < step.atMs) await wait(TICK_MS);
        lateMs.push(performance.now() - startedMs - step.atMs);
        this.#take(step);
      }
      return lateMs;
    });
  }

  leave(): Promise<MessageReport> {
    return this.#report(async () => {
      await Promise.all([...this.#peers.keys()].map((seat) => this.#leave(seat)));
    });
  }

  /** Resolves when whatever the phase has sent was answered, or is lost. */
  async #report(phase: () => Promise<readonly number[] | void>): Promise<MessageReport> {
    this.#log = new MessageLog();
    const startedMs = performance.now();
    const lateMs = (await phase()) ?? [];
    const isDone = (): boolean => this.#log.openCount + this.#moving === 0;
    const tookMs = (): number => performance.now() - startedMs;
    await waitUntil(isDone);
    const { latenciesMs, refused, openCount, broken } = this.#log;
    const lost = openCount + broken;
    const lateP99Ms = lateMs.length === 0 ? 0 : computeQuantile(lateMs, 0.99);
    return { latenciesMs, refused, lost, tookMs: tookMs(), lateP99Ms };
  }

  #flood(
    seats: readonly number[],
    send: (seat: number, onAnswered: () => void) => void,
  ): Promise<MessageReport> {
    return this.#report(async () => {
      const waiting = seats.values();
      const sendNext = async (): Promise<void> => {
        for (const seat of waiting) {
          await new Promise<void>((resolve) => {
            send(seat, resolve);
          });
        }
      };
      await Promise.all(Array.from({ length: WAITING_AT_ONCE }, sendNext));
    });
  }

  #take(step: LoadStep): void {
    switch (step.kind) {
      case 'come':
        void this.#move(this.#come(step.seat));
        break;
      case 'leave':
        void this.#move(this.#leave(step.seat, step.saysGoodbye));
        break;
      case 'announce':
        this.#announce(step.seat);
        break;
      case 'gain':
        this.#gain(step.seat, step.gained);
        break;
      case 'find':
        this.#find(step.seat);
        break;
      case 'signal':
        this.#signal(step.seat, step.to, step.byteLength);
        break;
    }
  }

  async #connect(seat: number): Promise<void> {
    const { url, isTracker } = this.#options;
    const log = this.#log;
    const onLost = (): unknown => (this.#log.broken += 1);
    const onSignal = (data: Uint8Array): void => {
      this.#log.endSignal(new DataView(data.buffer, data.byteOffset).getUint32(0));
    };
    try {
      const options = { url, isWelcomed: isTracker, onSignal, onLost };
      this.#peers.set(seat, await LoadPeer.connect(options));
    } catch {
      log.broken += 1;
    }
  }

  /** As a page does that opens a link: it connects, announces and asks who is there. */
  async #come(seat: number): Promise<void> {
    const coming = this.#connect(seat);
    this.#coming.set(seat, coming);
    await coming;
    this.#announce(seat);
    this.#find(seat);
  }

  async #move(move: Promise<void>): Promise<void> {
    this.#moving += 1;
    await move;
    this.#moving -= 1;
  }

  async #leave(seat: number, saysGoodbye = false): Promise<void> {
    // On a busy machine a peer may still be on its way when it is to leave.
    await this.#coming.get(seat);
    const peer = this.#peers.get(seat);
    if (peer === undefined) return;
    this.#peers.delete(seat);
    await waitUntil(() => peer.waitingCount === 0);
    const payload = { shareId: this.#shareOf(seat).shareId };
    if (saysGoodbye) peer.ask('leave', payload, () => undefined);
    await peer.leave();
  }

  #announce(seat: number, onAnswered?: () => void): void {
    const { shareId, header } = this.#shareOf(seat);
    const bitfield = this.#bitfields[seat]?.toBytes() ?? new Uint8Array();
    const payload = { shareId, role: 'member', header, bitfield };
    this.#ask(seat, 'announce', payload, onAnswered);
  }

  #gain(seat: number, gained: Ranges, onAnswered?: () => void): void {
    this.#ask(seat, 'announce', { shareId: this.#shareOf(seat).shareId, gained }, onAnswered);
  }

  #find(seat: number): void {
    this.#ask(seat, 'find', { shareId: this.#shareOf(seat).shareId });
  }

  #signal(seat: number, toSeat: number, byteLength: number): void {
    const { isTracker } = this.#options;
    const data = randomFillSync(new Uint8Array(byteLength));
    if (isTracker) new DataView(data.buffer).setUint32(0, this.#log.beginSignal());
    const to = this.#peers.get(toSeat)?.peerId ?? '';
    this.#ask(seat, 'signal', { shareId: this.#shareOf(seat).shareId, to, data });
  }

  /** A seat without its peer, which failed to come or was thrown out, has lost what it would have said. */
  #ask(
    seat: number,
    event: 'announce' | 'find' | 'signal',
    payload: Readonly<Record<string, unknown>>,
    onAnswered: () => void = () => undefined,
  ): void {
    const peer = this.#peers.get(seat);
    if (peer === undefined) {
      this.#log.broken += 1;
      onAnswered();
      return;
    }
    const end = this.#log.begin(event);
    peer.ask(event, payload, (answer) => {
      end(answer);
      onAnswered();
    });
  }

  #shareOf(seat: number): LoadShare {
    const share = this.#options.shares[this.#seats[seat]?.share ?? -1];
    if (share === undefined) throw new RangeError(`seat ${seat}`);
    return share;
  }

  #drawBitfield(pieceCount: number): Bitfield {
    if (this.#random.below(SEEDER_PART) === 0) return Bitfield.full(pieceCount);
    const percent = this.#random.below(100);
    const pieces = Array.from({ length: pieceCount }, (_, piece) => piece);
    return Bitfield.of(
      pieceCount,
      pieces.filter(() => this.#random.below(100) < percent),
    );
  }
}

/** Resolves when it is so, or when it has not been for too long. */
async function waitUntil(isSo: () => boolean): Promise<void> {
  const startedMs = performance.now();
  while (!isSo() && performance.now() - startedMs < DRAIN_TIMEOUT_MS) await wait(TICK_MS);
}
