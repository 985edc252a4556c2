import type { SimulatedHost } from './simulated-host.ts';
import { AUDIT_TIMEOUT_MS, ROUTINE_AUDIT_MS, TICK_MS } from '../../shared/swarm/limits.ts';

/**
 * A holder that is gone without a word, or that threw everything away, is asked again by then and has not answered in
 * time: the question and its end are looked for at a tick each.
 */
export const UNNOTICED_MS = ROUTINE_AUDIT_MS + AUDIT_TIMEOUT_MS + 2 * TICK_MS;

/** What one page held, from its load to its end. */
interface Life {
  readonly host: SimulatedHost;
  /** Of each piece: Infinity where it is held, else when at the latest everybody has noticed that it is not. */
  readonly heldUntilMs: Float64Array;
}

/** Who really holds what, besides the sharer. Losses count from when they cannot but be noticed. */
export class CopyTruth {
  readonly #sharer: SimulatedHost;
  readonly #lives = new Map<string, Life>();
  readonly #lackingFromMs = new Map<number, number>();

  constructor(sharer: SimulatedHost) {
    this.#sharer = sharer;
  }

  record(host: SimulatedHost, noticedAfterMs: number): void {
    if (host === this.#sharer) return;
    this.#lackingFromMs.clear();
    const { identity, held, agenda, isOnline } = host;
    const pieceCount = held.length;
    const heldUntilMs =
      this.#lives.get(identity)?.heldUntilMs ?? new Float64Array(pieceCount).fill(-Infinity);
    this.#lives.set(identity, { host, heldUntilMs });
    const wayMs = host.access.latencyMs + this.#sharer.access.latencyMs;
    const lateMs = isOnline ? UNNOTICED_MS : Math.min(noticedAfterMs, UNNOTICED_MS);
    const lostAtMs = agenda.nowMs + wayMs + lateMs;
    for (let piece = 0; piece < pieceCount; piece += 1) {
      const untilMs = heldUntilMs[piece] ?? -Infinity;
      const wasHeld = untilMs > agenda.nowMs;
      if (isOnline && host.shelf.has(piece)) heldUntilMs[piece] = Infinity;
      else if (wasHeld && isFoundByChance(host, piece)) heldUntilMs[piece] = Infinity;
      else if (untilMs === Infinity) heldUntilMs[piece] = lostAtMs;
    }
    for (const [name, { heldUntilMs: until }] of this.#lives) {
      if (until.every((ms) => ms < agenda.nowMs)) this.#lives.delete(name);
    }
  }

  /** From when on some piece has fewer copies, as it is now. */
  lackingFromMs(copies: number): number {
    const known = this.#lackingFromMs.get(copies);
    if (known !== undefined) return known;
    let fromMs = Infinity;
    const { length } = this.#sharer.held;
    const lives = [...this.#lives.values()];
    for (let piece = 0; piece < length; piece += 1) {
      const untilMs = lives
        .map(({ heldUntilMs }) => heldUntilMs[piece] ?? -Infinity)
        .toSorted((a, b) => b - a);
      fromMs = Math.min(fromMs, untilMs[copies - 1] ?? -Infinity);
    }
    this.#lackingFromMs.set(copies, fromMs);
    return fromMs;
  }
}

/** It is asked for one piece at a time at random: what it still has hides for a while what it has not. */
function isFoundByChance(host: SimulatedHost, piece: number): boolean {
  const { isOnline, shelf } = host;
  return isOnline && shelf.unnoticed.has(piece) && shelf.isHoldingAny;
}
