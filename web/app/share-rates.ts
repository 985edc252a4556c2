import type { SwarmRunner } from '../../shared/swarm/runner.ts';
import type { LimitOrder } from '../../shared/swarm/swarm-events.ts';
import type { RateMember } from './rate-shares.ts';

const NO_LIMIT: LimitOrder = { bytesPerSecond: undefined };

/** The limits of one share that may run or not: what is set while it rests holds when it starts. */
export class ShareRates implements RateMember {
  readonly #runner: () => Pick<SwarmRunner, 'snapshot' | 'instruct'> | undefined;
  #upload: LimitOrder = NO_LIMIT;
  #download: LimitOrder = NO_LIMIT;

  constructor(runner: () => Pick<SwarmRunner, 'snapshot' | 'instruct'> | undefined) {
    this.#runner = runner;
  }

  get upBytesPerSecond(): number {
    return this.#runner()?.snapshot().upBytesPerSecond ?? 0;
  }

  get isSending(): boolean {
    const snapshot = this.#runner()?.snapshot();
    return snapshot !== undefined && (snapshot.upBytesPerSecond > 0 || snapshot.isUploadHeldBack);
  }

  get isReceiving(): boolean {
    const snapshot = this.#runner()?.snapshot();
    if (snapshot === undefined) return false;
    return snapshot.downBytesPerSecond > 0 || snapshot.isDownloadHeldBack;
  }

  /** The share has just begun. */
  start(): void {
    this.#tell('limit-upload', this.#upload);
    this.#tell('limit-download', this.#download);
  }

  limitUpload(limit: LimitOrder): void {
    if (isSame(limit, this.#upload)) return;
    this.#upload = limit;
    this.#tell('limit-upload', limit);
  }

  limitDownload(limit: LimitOrder): void {
    if (isSame(limit, this.#download)) return;
    this.#download = limit;
    this.#tell('limit-download', limit);
  }

  #tell(type: 'limit-upload' | 'limit-download', limit: LimitOrder): void {
    this.#runner()?.instruct({ type, ...limit });
  }
}

function isSame(a: LimitOrder, b: LimitOrder): boolean {
  return a.bytesPerSecond === b.bytesPerSecond && a.whole === b.whole;
}
