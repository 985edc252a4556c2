/** Time, as the host has it. */
export interface Clock {
  /** Monotonic milliseconds from an arbitrary beginning. */
  nowMs: () => number;
  /** Calls back once; returns how to take that back. */
  schedule: (delayMs: number, callback: () => void) => () => void;
}
