/** What clients time: a message until its answer, and a signal until it is with the peer that it is for. */
export type TimedKind = 'announce' | 'find' | 'signal' | 'relay';

/** What one client process saw of the messages of one phase. */
export interface MessageReport {
  readonly latenciesMs: Readonly<Record<TimedKind, readonly number[]>>;
  /** Answers that were no, by code. */
  readonly refused: Readonly<Record<string, number>>;
  /** Messages without an answer, signals that did not arrive, connections that failed or broke. */
  readonly lost: number;
  readonly tookMs: number;
  /** How late the 99th of a hundred steps began: what the client itself adds to what it measures. */
  readonly lateP99Ms: number;
}

/** Times messages and counts what became of them. */
export class MessageLog {
  readonly latenciesMs: Record<TimedKind, number[]> = {
    announce: [],
    find: [],
    signal: [],
    relay: [],
  };
  readonly refused: Record<string, number> = {};
  /** Of messages on their way, when each was sent. */
  readonly #signals = new Map<number, number>();
  #nextSignal = 0;
  #open = 0;
  /** Connections that failed or ended, and messages that this left without an answer. */
  broken = 0;

  /** Messages that nothing has come back for. */
  get openCount(): number {
    return this.#open + this.#signals.size;
  }

  /** Returns what takes in the answer. */
  begin(kind: TimedKind): (answer: unknown) => void {
    const sentMs = performance.now();
    this.#open += 1;
    return (answer) => {
      this.#open -= 1;
      if (answer === undefined) {
        this.broken += 1;
        return;
      }
      this.latenciesMs[kind].push(performance.now() - sentMs);
      const code = readRefusal(answer);
      if (code !== undefined) this.refused[code] = (this.refused[code] ?? 0) + 1;
    };
  }

  /** The number by which a signal is known on its arrival. */
  beginSignal(): number {
    this.#nextSignal += 1;
    this.#signals.set(this.#nextSignal, performance.now());
    return this.#nextSignal;
  }

  endSignal(signal: number): void {
    const sentMs = this.#signals.get(signal);
    if (sentMs === undefined) return;
    this.#signals.delete(signal);
    this.latenciesMs.relay.push(performance.now() - sentMs);
  }
}

function readRefusal(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null) return 'no answer at all';
  if ('ok' in answer && answer.ok === true) return undefined;
  return 'code' in answer ? String(answer.code) : 'unknown';
}
