import { Counter, Gauge, Registry } from 'prom-client';

import type { RefusalCode } from '../../shared/tracker/refusal.ts';
import type { CopyCounts } from '../copies/copy-counts.ts';
import type { CountedEvent, Limit, Tally } from './tally.ts';

/** What is true at the moment of asking. */
export interface Levels extends CopyCounts {
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
  // Plain numbers, read when somebody asks: the library looks up the labels of every increment.
  readonly #messages = new Map<CountedEvent, number>();
  readonly #refusals = new Map<RefusalCode, number>();
  readonly #limits = new Map<Limit, number>();
  readonly #gauges: ReadonlyMap<keyof Levels, Gauge>;

  constructor() {
    const registers = [this.#registry];
    const count = (
      name: string,
      help: string,
      label: string,
      counts: ReadonlyMap<string, number>,
    ): void => {
      const collect = function collect(this: Counter): void {
        this.reset();
        for (const [value, total] of counts) this.inc({ [label]: value }, total);
      };
      const counter = new Counter({ name, help, labelNames: [label], registers: [], collect });
      this.#registry.registerMetric(counter);
    };
    count('peerify_messages_total', 'Messages received, by event.', 'event', this.#messages);
    count('peerify_refusals_total', 'Messages refused, by code.', 'code', this.#refusals);
    count(
      'peerify_limit_hits_total',
      'Times that a limit held somebody back.',
      'limit',
      this.#limits,
    );
    const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers });
    this.#gauges = new Map([
      ['sockets', gauge('peerify_sockets', 'Open connections.')],
      ['swarms', gauge('peerify_swarms', 'Shares that somebody is in.')],
      ['holdings', gauge('peerify_peers', 'Peers in swarms; one in two swarms counts twice.')],
      ['targets', gauge('peerify_copy_targets', 'Shares that ask for copies.')],
      ['volunteers', gauge('peerify_volunteers', 'Connections that offer room for copies.')],
      ['promisedPieces', gauge('peerify_promised_pieces', 'Pieces that volunteers fetch.')],
      ['promisedBytes', gauge('peerify_promised_bytes', 'Bytes of those pieces.')],
      ['volunteerPieces', gauge('peerify_volunteer_pieces', 'Pieces that volunteers hold.')],
      ['volunteerBytes', gauge('peerify_volunteer_bytes', 'Bytes of those pieces.')],
      ['lagMs', gauge('peerify_event_loop_lag_ms', 'Longest pause since this was read last.')],
      ['residentBytes', gauge('process_resident_memory_bytes', 'Memory of the process.')],
    ]);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  recordMessage(event: CountedEvent): void {
    addOne(this.#messages, event);
  }

  recordRefusal(code: RefusalCode): void {
    addOne(this.#refusals, code);
  }

  recordLimit(limit: Limit): void {
    addOne(this.#limits, limit);
  }

  async render(levels: Levels): Promise<string> {
    for (const [name, gauge] of this.#gauges) gauge.set(levels[name]);
    return this.#registry.metrics();
  }
}

function addOne<Kind>(counts: Map<Kind, number>, kind: Kind): void {
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
}
