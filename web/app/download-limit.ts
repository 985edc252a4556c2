import type { SwarmSnapshot } from '../../shared/swarm/swarm-snapshot.ts';
import type { CardDownloads, LimitChoice } from './card-end.ts';

interface Counting {
  snapshot: () => Pick<SwarmSnapshot, 'downloadCount'>;
}

/** After how many downloads a sharer has its share end, and how many there were since it chose that. */
export class DownloadLimit {
  readonly #onNews: (downloads: CardDownloads | undefined) => void;
  #downloads: CardDownloads | undefined;
  /** Each begins to count at nought. */
  #runner: Counting | undefined;
  #seenCount = 0;

  /** `stored` is as it was remembered; `onNews` is told what is to be. */
  constructor(
    stored: CardDownloads | undefined,
    onNews: (downloads: CardDownloads | undefined) => void,
  ) {
    this.#downloads = stored;
    this.#onNews = onNews;
  }

  get card(): CardDownloads | undefined {
    return this.#downloads;
  }

  get isReached(): boolean {
    return this.#downloads !== undefined && this.#downloads.count >= this.#downloads.limit;
  }

  /** Counts from now on. */
  set(limit: LimitChoice | undefined, runner: Counting | undefined): void {
    this.#takeNew(runner);
    this.#adopt(limit === undefined ? undefined : { count: 0, limit });
  }

  /** To be told now and then, and before it stops. */
  record(runner: Counting | undefined): void {
    if (this.#downloads === undefined) return;
    const newCount = this.#takeNew(runner);
    const { count, limit } = this.#downloads;
    if (newCount > 0) this.#adopt({ count: count + newCount, limit });
  }

  #takeNew(runner: Counting | undefined): number {
    if (runner === undefined) return 0;
    if (runner !== this.#runner) this.#seenCount = 0;
    this.#runner = runner;
    const { downloadCount } = runner.snapshot();
    const newCount = downloadCount - this.#seenCount;
    this.#seenCount = downloadCount;
    return newCount;
  }

  #adopt(downloads: CardDownloads | undefined): void {
    this.#downloads = downloads;
    this.#onNews(downloads);
  }
}
