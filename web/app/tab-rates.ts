import type { Browser } from './ports/browser.ts';
import type { RateMemory, RateSettings } from './ports/rate-settings.ts';
import type { TabChannel } from './ports/tab-channel.ts';
import type { RateMember } from './rate-shares.ts';
import type { Clock } from '../../shared/swarm/ports/clock.ts';
import { RateLimit } from '../../shared/swarm/rate-limit.ts';
import { quietly } from './quietly.ts';
import { limitDownloads, limitUploads } from './rate-shares.ts';

const CHANNEL = 'peerify/rates/1';
const NO_LIMITS: RateSettings = { sendBytesPerSecond: undefined, receiveBytesPerSecond: undefined };

export interface TabRatesOptions {
  readonly memory: RateMemory;
  readonly openChannel: Browser['openChannel'];
  /** Everything in this tab that sends or receives. */
  readonly members: () => readonly RateMember[];
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly onChange: () => void;
}

/** Keeps all shares of this tab together within the rates that a person has set, each with its fair part. */
export class TabRates {
  readonly #options: TabRatesOptions;
  readonly #channel: TabChannel<RateSettings>;
  #settings: RateSettings = NO_LIMITS;
  /** What all together may do, however many begin between one look and the next. */
  #sending: RateLimit | undefined;
  #receiving: RateLimit | undefined;

  constructor(options: TabRatesOptions) {
    this.#options = options;
    this.#channel = options.openChannel<RateSettings>(CHANNEL, (settings) => this.#apply(settings));
  }

  get settings(): RateSettings {
    return this.#settings;
  }

  /** What was set before holds again. */
  async start(): Promise<void> {
    const stored = await quietly(this.#options.memory.read());
    if (stored !== undefined) this.#apply(stored);
  }

  /** For this tab and all others of this browser. */
  change(settings: RateSettings): void {
    void quietly(this.#options.memory.write(settings));
    this.#channel.post(settings);
    this.#apply(settings);
  }

  /** Called now and then, and when a share has begun. */
  refresh(): void {
    const members = this.#options.members();
    const { sendBytesPerSecond, receiveBytesPerSecond } = this.#settings;
    limitUploads(members, { bytesPerSecond: sendBytesPerSecond, whole: this.#sending });
    limitDownloads(members, { bytesPerSecond: receiveBytesPerSecond, whole: this.#receiving });
  }

  #apply(settings: RateSettings): void {
    this.#settings = settings;
    this.#sending = this.#limit(this.#sending, settings.sendBytesPerSecond);
    this.#receiving = this.#limit(this.#receiving, settings.receiveBytesPerSecond);
    this.refresh();
    this.#options.onChange();
  }

  /** Members keep the one that they were given for as long as there is a limit. */
  #limit(before: RateLimit | undefined, bytesPerSecond: number | undefined): RateLimit | undefined {
    if (bytesPerSecond === undefined) return undefined;
    const nowMs = this.#options.clock.nowMs();
    before?.change(bytesPerSecond, nowMs);
    return before ?? new RateLimit(bytesPerSecond, nowMs);
  }
}
