import type { Clock } from './ports/clock.ts';

interface Alarm {
  readonly atMs: number;
  readonly callback: () => void;
}

/** A clock that stands still until a test moves it. */
export class VirtualClock implements Clock {
  readonly #alarms = new Set<Alarm>();
  #nowMs = 0;

  readonly nowMs = (): number => this.#nowMs;

  readonly schedule = (delayMs: number, callback: () => void): (() => void) => {
    const alarm = { atMs: this.#nowMs + delayMs, callback };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  };

  get alarmCount(): number {
    return this.#alarms.size;
  }

  /** Rings what is due on the way, in order of time. */
  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs;
    while (true) {
      let next: Alarm | undefined;
      for (const alarm of this.#alarms) {
        if (alarm.atMs <= untilMs && (next === undefined || alarm.atMs < next.atMs)) next = alarm;
      }
      if (next === undefined) break;
      this.#alarms.delete(next);
      this.#nowMs = next.atMs;
      next.callback();
    }
    this.#nowMs = untilMs;
  }
}
