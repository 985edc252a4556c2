import type { LimitOrder } from '../../shared/swarm/swarm-events.ts';
import type { RateMember } from './rate-shares.ts';
import { limitDownloads, limitUploads } from './rate-shares.ts';

const NO_LIMIT: LimitOrder = { bytesPerSecond: undefined };

/** The limits of all that is kept for others: what its person set for it, within what the tab as a whole leaves. */
export class KeeperRates implements RateMember {
  readonly #shares: () => readonly RateMember[];
  #ownUpload: number | undefined;
  #left: LimitOrder = NO_LIMIT;
  #download: LimitOrder = NO_LIMIT;

  constructor(shares: () => readonly RateMember[]) {
    this.#shares = shares;
  }

  get isSending(): boolean {
    return this.#shares().some(({ isSending }) => isSending);
  }

  get isReceiving(): boolean {
    return this.#shares().some(({ isReceiving }) => isReceiving);
  }

  setOwn(uploadBytesPerSecond: number | undefined): void {
    this.#ownUpload = uploadBytesPerSecond;
    this.refresh();
  }

  limitUpload(limit: LimitOrder): void {
    this.#left = limit;
    this.refresh();
  }

  limitDownload(limit: LimitOrder): void {
    this.#download = limit;
    this.refresh();
  }

  /** Each share has its part anew: called now and then, and when there are others. */
  refresh(): void {
    const shares = this.#shares();
    const { bytesPerSecond = Infinity, whole } = this.#left;
    const upload = Math.min(this.#ownUpload ?? Infinity, bytesPerSecond);
    limitUploads(shares, { bytesPerSecond: upload === Infinity ? undefined : upload, whole });
    limitDownloads(shares, this.#download);
  }
}
