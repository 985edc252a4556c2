import type { ShareId } from '../../shared/share/share-id.ts';
import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type { ShareCard, SpaceState } from './app-state.ts';
import type { MirrorMessage } from './mirror-messages.ts';
import type { Browser } from './ports/browser.ts';
import type { ShareRecord } from './ports/share-records.ts';
import type { SpaceMeter } from './ports/space-meter.ts';
import { computeSealedLength, isPiece } from '../../shared/share/geometry.ts';
import { decodeHeader } from '../../shared/share/header.ts';
import { isFinished } from './is-finished.ts';
import { nameMirrorChannel } from './mirror-messages.ts';
import { openShare } from './open-share.ts';
import { quietly } from './quietly.ts';

/** Counting costs a look at every key, so it is done now and then. */
const MEASURE_MS = 5_000;

/** What the rest of the page knows. */
export interface SpaceSurroundings {
  readonly listRecords: () => Promise<readonly ShareRecord[]>;
  readonly listCards: () => readonly ShareCard[];
  readonly forget: (key: string) => void;
  readonly forgetVolunteered: () => void;
  readonly onChange: () => void;
}

export interface SpaceParts {
  readonly meter: SpaceMeter;
  readonly clock: Clock;
  readonly browser: Pick<Browser, 'openChannel'>;
}

/** What this browser's storage is taken by, and how it is cleared. */
export class Space {
  readonly #parts: SpaceParts;
  readonly #surroundings: SpaceSurroundings;
  readonly #names = new Map<ShareId, string>();
  #state: SpaceState | undefined;
  #isMeasuring = false;
  #measuredMs = -Infinity;
  #measuredCards = 0;

  constructor(parts: SpaceParts, surroundings: SpaceSurroundings) {
    this.#parts = parts;
    this.#surroundings = surroundings;
  }

  /** Undefined until it is known, and where the browser does not say. */
  get state(): SpaceState | undefined {
    return this.#state;
  }

  /** Called now and then. */
  refresh(): void {
    const nowMs = this.#parts.clock.nowMs();
    const cardCount = this.#surroundings.listCards().length;
    const isDue = nowMs - this.#measuredMs >= MEASURE_MS || cardCount !== this.#measuredCards;
    if (!isDue || this.#isMeasuring) return;
    this.#measuredMs = nowMs;
    this.#measuredCards = cardCount;
    void this.#measure();
  }

  /** Downloads that are complete and saved. What is under way or not saved stays. */
  clearFinished(): void {
    for (const card of this.#surroundings.listCards()) {
      if (isFinished(card)) this.#surroundings.forget(card.key);
    }
    this.#measuredMs = -Infinity;
  }

  /** Every share of this browser, also those that another tab takes care of, and what is kept for others. */
  async clearAll(): Promise<void> {
    const { listRecords, listCards, forget, forgetVolunteered } = this.#surroundings;
    const elsewhere = this.#findElsewhere(await listRecords());
    for (const { key } of listCards()) forget(key);
    for (const { shareId } of elsewhere) {
      const channel = this.#parts.browser.openChannel<MirrorMessage>(
        nameMirrorChannel(shareId),
        () => {},
      );
      channel.post({ kind: 'wish', wish: 'forget' });
      channel.close();
    }
    forgetVolunteered();
    this.#measuredMs = -Infinity;
  }

  async #measure(): Promise<void> {
    this.#isMeasuring = true;
    try {
      const figures = await this.#parts.meter.measure();
      if (figures === undefined) return;
      const records = await this.#surroundings.listRecords();
      const pieces = await quietly(this.#parts.meter.listPieces());
      this.#state = {
        ...figures,
        storedBytes: new Map(
          records.map((record) => [record.shareId, sumBytes(record, pieces?.get(record.shareId))]),
        ),
        elsewhere: await Promise.all(
          this.#findElsewhere(records).map((record) => this.#findName(record)),
        ),
      };
      this.#surroundings.onChange();
    } finally {
      this.#isMeasuring = false;
    }
  }

  /** Also what another tab shares, where this one only downloads it. */
  #findElsewhere(records: readonly ShareRecord[]): readonly ShareRecord[] {
    const shown = new Map(this.#surroundings.listCards().map(({ key, role }) => [key, role]));
    return records.filter(({ shareId, part }) => shown.get(shareId) !== part.role);
  }

  async #findName(record: ShareRecord): Promise<string> {
    const { shareId, header } = record;
    const known = this.#names.get(shareId);
    if (known !== undefined) return known;
    const opened = await openShare(record, header);
    const name = opened.kind === 'opened' ? opened.share.summary.name : '';
    this.#names.set(shareId, name);
    return name;
  }
}

function sumBytes({ header }: ShareRecord, pieces: readonly number[] = []): number {
  const decoded = decodeHeader(header);
  if (!decoded.ok) return 0;
  const { geometry } = decoded.value;
  return pieces
    .filter((piece) => isPiece(geometry, piece))
    .reduce((sum, piece) => sum + computeSealedLength(geometry, piece), 0);
}
