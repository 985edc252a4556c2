import type { Sight } from './sight.ts';
import type { ShareSight, ShareSightOptions } from './share-sight.ts';

/** A ShareSight whose code is fetched once there is something to see. Where that fails nothing is seen. */
export class LazySight {
  readonly #options: ShareSightOptions;
  #sight: ShareSight | undefined;
  #loading: Promise<void> | undefined;
  #hasFailed = false;

  constructor(options: ShareSightOptions) {
    this.#options = options;
  }

  record(): void {
    if (this.#sight !== undefined) this.#sight.record();
    // What could not be fetched is asked for again when somebody looks, and not twice a second.
    else if (!this.#hasFailed) void this.#load();
  }

  async look(): Promise<Sight | undefined> {
    await this.#load();
    return this.#sight?.look();
  }

  #load(): Promise<void> {
    this.#loading ??= this.#fetch();
    return this.#loading;
  }

  async #fetch(): Promise<void> {
    const loaded = await import('./share-sight.ts').catch(() => undefined);
    this.#hasFailed = loaded === undefined;
    if (loaded === undefined) this.#loading = undefined;
    else this.#sight = new loaded.ShareSight(this.#options);
  }
}
