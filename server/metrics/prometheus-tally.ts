import { Counter, Gauge, Registry } from 'prom-client';

import type { RefusalCode } from '../../shared/tracker/refusal.ts';
import type { CountedEvent, Limit, Tally } from './tally.ts';

/** What is true at the moment of asking. */
export interface Levels {
  readonly sockets: number;
  readonly swarms: number;
  /** Peers in swarms: one peer in two swarms counts twice. */
  readonly holdings: number;
  readonly lagMs: number;
  readonly residentBytes: number;
}

/** The tally of one tracker in the text format of Prometheus, with nothing kept outside this object. */
export class PrometheusTally implements Tally {
  readonly #registry = new Registry();
  readonly #messages: Counter<'event'>;
  readonly #refusals: Counter<'code'>;
  readonly #limits: Counter<'limit'>;
  readonly #gauges: ReadonlyMap<keyof Levels, Gauge>;

  constructor() {
    const registers = [this.#registry];
    this.#messages = new Counter({
      name: 'peerify_messages_total',
      help: 'Messages received, by event.',
      labelNames: ['event'],
      registers,
    });
    this.#refusals = new Counter({
      name: 'peerify_refusals_total',
      help: 'Messages refused, by code.',
      labelNames: ['code'],
      registers,
    });
    this.#limits = new Counter({
      name: 'peerify_limit_hits_total',
      help: 'Times that a limit held somebody back.',
      labelNames: ['limit'],
      registers,
    });
    const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers });
    this.#gauges = new Map([
      ['sockets', gauge('peerify_sockets', 'Open connections.')],
      ['swarms', gauge('peerify_swarms', 'Shares that somebody is in.')],
      ['holdings', gauge('peerify_peers', 'Peers in swarms; one in two swarms counts twice.')],
      ['lagMs', gauge('peerify_event_loop_lag_ms', 'Longest pause since this was read last.')],
      ['residentBytes', gauge('process_resident_memory_bytes', 'Memory of the process.')],
    ]);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  recordMessage(event: CountedEvent): void {
    this.#messages.inc({ event });
  }

  recordRefusal(code: RefusalCode): void {
    this.#refusals.inc({ code });
  }

  recordLimit(limit: Limit): void {
    this.#limits.inc({ limit });
  }

  async render(levels: Levels): Promise<string> {
    for (const [name, gauge] of this.#gauges) gauge.set(levels[name]);
    return this.#registry.metrics();
  }
}
