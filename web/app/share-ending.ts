import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareEnd } from '../../shared/share/share-end.ts';
import type { TrackerClient } from '../../shared/swarm/ports/tracker-client.ts';
import type { CardEnd, EndTime } from './card-end.ts';
import type { OpenedShare } from './open-share.ts';
import {
  AT_ONCE_MS,
  decodeShareEnd,
  NEVER_MS,
  signShareEnd,
  verifyShareEnd,
} from '../../shared/share/share-end.ts';
import { importPublicKey } from '../../shared/share/signing-keys.ts';

const HOUR_MS = 3_600_000;
const DURATIONS_MS = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS };

export interface ShareEndingOptions {
  readonly share: Pick<OpenedShare, 'shareId' | 'header'>;
  /** The sharer's word, as this browser remembers it. */
  readonly statement: Bytes | undefined;
  readonly epochMs: () => number;
  readonly tracker: Pick<TrackerClient, 'tellEnd' | 'forgetEnd'>;
  /** There is a later word, to be remembered. */
  readonly onNews: (statement: Bytes) => void;
}

/** When a share ends, as its sharer has said it last. This device's clock decides here. */
export class ShareEnding {
  readonly #options: ShareEndingOptions;
  #end: ShareEnd | undefined;
  #statement: Bytes | undefined;

  constructor(options: ShareEndingOptions) {
    this.#options = options;
    const end = options.statement && decodeShareEnd(options.statement);
    if (end !== undefined && options.statement !== undefined) this.#adopt(end, options.statement);
  }

  get statement(): Bytes | undefined {
    return this.#statement;
  }

  get isOver(): boolean {
    return this.#end !== undefined && this.#end.endAtMs <= this.#options.epochMs();
  }

  /** Undefined where it does not end, or nobody has said so. */
  get card(): CardEnd | undefined {
    if (this.#end === undefined || this.#end.endAtMs === NEVER_MS) return undefined;
    const msLeft = Math.max(0, this.#end.endAtMs - this.#options.epochMs());
    return { secondsLeft: msLeft / 1000, isOver: this.isOver };
  }

  /** What somebody says that the sharer has said. */
  async hear(statement: Bytes): Promise<void> {
    const { share, onNews } = this.#options;
    if (!this.#isLater(decodeShareEnd(statement))) return;
    const publicKey = await importPublicKey(share.header.publicKey);
    const end = publicKey && (await verifyShareEnd(publicKey, share.shareId, statement));
    // The check took time.
    if (end === undefined || !this.#isLater(end)) return;
    this.#adopt(end, statement);
    onNews(statement);
  }

  /** The sharer says it. */
  async set(choice: EndTime, signingKey: CryptoKey): Promise<void> {
    const { share, epochMs, onNews } = this.#options;
    const end = {
      endAtMs: computeEndAtMs(choice, epochMs()),
      serial: this.#end === undefined ? 1 : this.#end.serial + 1,
    };
    // At once: of two choices in quick succession the later one has to count.
    this.#end = end;
    const statement = await signShareEnd(signingKey, share.shareId, end);
    if (this.#end !== end) return;
    this.#adopt(end, statement);
    onNews(statement);
  }

  /** The share was removed here. */
  forget(): void {
    const { share, tracker } = this.#options;
    tracker.forgetEnd(share.shareId);
  }

  #isLater(end: ShareEnd | undefined): end is ShareEnd {
    return end !== undefined && (this.#end === undefined || end.serial > this.#end.serial);
  }

  #adopt(end: ShareEnd, statement: Bytes): void {
    const { share, tracker } = this.#options;
    this.#end = end;
    this.#statement = statement;
    tracker.tellEnd(share.shareId, share.header.bytes, statement);
  }
}

/** What ends now has ended on every clock, also on one that is slow. */
function computeEndAtMs(choice: EndTime, nowMs: number): number {
  if (choice === 'now') return AT_ONCE_MS;
  return choice === 'never' ? NEVER_MS : nowMs + DURATIONS_MS[choice];
}
