import type { PieceRange } from '../../shared/share/piece-ranges.ts';
import type { Random } from '../../shared/swarm/random.ts';

/** A place in a swarm that one peer after the other takes. */
export interface Seat {
  /** Which share, by its number. */
  readonly share: number;
  readonly pieceCount: number;
}

export type Ranges = readonly PieceRange[];

type Action =
  | { readonly kind: 'leave'; readonly saysGoodbye: boolean }
  | { readonly kind: 'come' }
  | { readonly kind: 'announce' }
  | { readonly kind: 'gain'; readonly gained: Ranges }
  | { readonly kind: 'find' }
  | { readonly kind: 'signal'; readonly to: number; readonly byteLength: number };

/** What the peer on one seat does at one moment. */
export type LoadStep = Action & { readonly atMs: number; readonly seat: number };

type Kind = 'change' | 'announce' | 'gain' | 'find' | 'signal';

/** Of one peer, a second: a lively evening, in which everybody downloads. */
const RATES: readonly (readonly [Kind, number])[] = [
  ['change', 0.01],
  ['announce', 0.02],
  ['gain', 0.25],
  ['find', 0.03],
  ['signal', 0.3],
];

/** For this part of the time before a peer leaves, and after one came, nobody counts on it; at most so long. */
const CALM_PART = 1 / 6;
const MAX_CALM_MS = 2000;
const AWAY_MS = 200;
const MAX_SIGNAL_BYTES = 1200;
const MIN_SIGNAL_BYTES = 120;
const ATTEMPTS = 20;

/** The same seats, time and randomness give the same steps, in the order of their time. */
export function planLoad(seats: readonly Seat[], seconds: number, random: Random): LoadStep[] {
  const planner = new Planner(seats, seconds * 1000, random);
  const moments = RATES.flatMap(([kind, rate]) => {
    const count = Math.ceil(rate * seats.length * seconds);
    return Array.from({ length: count }, () => ({ kind, atMs: random.below(seconds * 1000) }));
  });
  moments.sort((a, b) => a.atMs - b.atMs);
  for (const { kind, atMs } of moments) planner.add(kind, atMs);
  return planner.steps.toSorted((a, b) => a.atMs - b.atMs);
}

class Planner {
  readonly steps: LoadStep[] = [];
  readonly #seats: readonly Seat[];
  readonly #endMs: number;
  readonly #calmMs: number;
  readonly #random: Random;
  readonly #takenUntilMs: number[];
  readonly #byShare = new Map<number, number[]>();

  constructor(seats: readonly Seat[], endMs: number, random: Random) {
    this.#seats = seats;
    this.#endMs = endMs;
    this.#calmMs = Math.min(MAX_CALM_MS, endMs * CALM_PART);
    this.#random = random;
    this.#takenUntilMs = seats.map(() => 0);
    for (const [seat, { share }] of seats.entries()) {
      const others = this.#byShare.get(share);
      if (others === undefined) this.#byShare.set(share, [seat]);
      else others.push(seat);
    }
  }

  /** Nothing where no seat can do it at that time. */
  add(kind: Kind, atMs: number): void {
    const seat = this.#pick(atMs, (random) => random.below(this.#seats.length));
    if (seat === undefined) return;
    if (kind === 'change') this.#addChange(seat, atMs);
    else if (kind === 'gain') this.steps.push({ kind, atMs, seat, gained: this.#drawRanges(seat) });
    else if (kind === 'signal') this.#addSignal(seat, atMs);
    else this.steps.push({ kind, atMs, seat });
  }

  #addChange(seat: number, atMs: number): void {
    const leftMs = atMs + this.#calmMs;
    const backMs = leftMs + AWAY_MS;
    const countsAgainMs = backMs + this.#calmMs;
    if (countsAgainMs > this.#endMs) return;
    this.#takenUntilMs[seat] = countsAgainMs;
    const saysGoodbye = this.#random.below(2) === 0;
    this.steps.push({ kind: 'leave', atMs: leftMs, seat, saysGoodbye });
    this.steps.push({ kind: 'come', atMs: backMs, seat });
  }

  #addSignal(seat: number, atMs: number): void {
    const neighbours = this.#byShare.get(this.#seats[seat]?.share ?? -1) ?? [];
    const draw = (random: Random): number => neighbours[random.below(neighbours.length)] ?? seat;
    const to = this.#pick(atMs, draw, seat);
    if (to === undefined) return;
    const byteLength = MIN_SIGNAL_BYTES + this.#random.below(MAX_SIGNAL_BYTES - MIN_SIGNAL_BYTES);
    this.steps.push({ kind: 'signal', atMs, seat, to, byteLength });
  }

  #drawRanges(seat: number): Ranges {
    return drawRanges(this.#seats[seat]?.pieceCount ?? 1, this.#random);
  }

  #pick(atMs: number, draw: (random: Random) => number, except?: number): number | undefined {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const seat = draw(this.#random);
      if (seat !== except && (this.#takenUntilMs[seat] ?? 0) <= atMs) return seat;
    }
    return undefined;
  }
}

/** What a second of downloading brings: up to three runs of pieces. */
export function drawRanges(pieceCount: number, random: Random): Ranges {
  return Array.from({ length: 1 + random.below(3) }, () => {
    const first = random.below(pieceCount);
    return [first, Math.min(pieceCount - 1, first + random.below(4))] as const;
  });
}
