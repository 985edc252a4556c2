export interface TimedEvent {
  readonly atMs: number;
  /** Of two at the same time the one asked for first happens first. */
  readonly order: number;
  readonly run: () => void;
}

export function isBefore(a: TimedEvent, b: TimedEvent): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

/** A binary heap of events, the first one on top. */
export class EventHeap {
  readonly #events: TimedEvent[] = [];

  get first(): TimedEvent | undefined {
    return this.#events[0];
  }

  add(event: TimedEvent): void {
    const events = this.#events;
    let index = events.length;
    events.push(event);
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = events[parentIndex];
      if (parent === undefined || !isBefore(event, parent)) break;
      events[index] = parent;
      index = parentIndex;
    }
    events[index] = event;
  }

  removeFirst(): void {
    const last = this.#events.pop();
    if (last !== undefined && this.#events.length > 0) this.#sink(last);
  }

  /** Puts the event in the place of the first, then as deep as it belongs. */
  #sink(event: TimedEvent): void {
    const events = this.#events;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const leftEvent = events[left];
      if (leftEvent === undefined) break;
      const rightEvent = events[left + 1];
      const isRight = rightEvent !== undefined && isBefore(rightEvent, leftEvent);
      const sooner = isRight ? rightEvent : leftEvent;
      if (!isBefore(sooner, event)) break;
      events[index] = sooner;
      index = isRight ? left + 1 : left;
    }
    events[index] = event;
  }
}
