import type { ShareId } from '../../shared/share/share-id.ts';
import type { AppParts } from './app-parts.ts';
import type { Problem } from './app-state.ts';
import type { SwarmCounts } from './card-transfer.ts';
import type { LiveRole } from './live-share-parts.ts';
import type { Wish } from './mirror-messages.ts';
import type { MirroredShare } from './mirrored-share.ts';
import type { OpenedShare } from './open-share.ts';
import type { ShareRecord } from './ports/share-records.ts';
import type { SaveWish } from './save-wish.ts';
import type { SharerFiles } from './ports/share-stores.ts';
import type { ShareCards } from './share-cards.ts';
import type { Shelf } from './shelf.ts';
import type { Volunteering } from './volunteering.ts';
import { NO_COUNTS } from './card-transfer.ts';
import { LedShare } from './led-share.ts';
import { computeLiveRole } from './live-share-parts.ts';
import { LiveShare } from './live-share.ts';
import { createDownloadRecord, openShare } from './open-share.ts';
import { PROBLEMS } from './problems.ts';
import { ShareEnding } from './share-ending.ts';
import type { SharePreview } from './share-preview.ts';
import { computeIndexPart } from './wanted-part.ts';

const EVERYTHING: SaveWish = { files: 'all' };

export interface ShareStarterOptions {
  readonly parts: AppParts;
  readonly shelf: Shelf;
  readonly cards: ShareCards;
  readonly volunteering: Volunteering;
  readonly onChange: () => void;
  readonly onNotice: (problem: Problem | undefined) => void;
  /** This tab has begun to take care of another share. */
  readonly onLed: () => void;
  /** A person did it in another tab. */
  readonly onWish: (wish: Wish, shareId: ShareId) => void;
}

/** Puts shares to work: in this tab, for all tabs of the browser, or as a mirror of the tab that has them. */
export class ShareStarter {
  readonly #options: ShareStarterOptions;

  constructor(options: ShareStarterOptions) {
    this.#options = options;
  }

  /** Resolves when the share is shown, or this tab takes care of it. */
  async takeOrMirror(record: ShareRecord): Promise<void> {
    const { parts, shelf, cards, onNotice } = this.#options;
    const { shareId } = record;
    const taken = this.resumeRemembered(shareId);
    const isHere = parts.browser.tabMemory.has(shareId);
    if (!isHere || (await shelf.isOurs(shareId))) return taken;
    const [opened, Mirror] = await Promise.all([
      openShare(record, record.header),
      parts.findMirror().catch(() => undefined),
    ]);
    // Meanwhile it may have been forgotten, come to this tab, or Download been pressed on its link.
    const isFree = !cards.has(shareId) || cards.preview(shareId)?.isWanted === false;
    if (opened.kind === 'refused' || !shelf.isWaiting(shareId) || !isFree) return taken;
    if (Mirror === undefined) {
      onNotice(PROBLEMS.partMissing);
      return taken;
    }
    this.#mirror(Mirror, opened.share, false);
    void taken.then(() => cards.endMirror(shareId));
    return undefined;
  }

  /** Now, or when the tab that takes care of the share is closed. */
  async resumeRemembered(shareId: ShareId): Promise<void> {
    const { shelf } = this.#options;
    const record = await shelf.take(shareId);
    if (record === undefined) return;
    const led = await this.restore(record);
    // Damaged, or of another version: there is nothing to be done with it. What was forgotten is left alone.
    if (led === undefined) await shelf.remove(shareId, async () => {});
  }

  /** Puts a share on the shelf to work, unless it is forgotten while it is being opened. */
  async restore(record: ShareRecord, files?: SharerFiles): Promise<LedShare | undefined> {
    const { shelf, cards } = this.#options;
    const opened = await openShare(record, record.header);
    if (opened.kind === 'refused' || !shelf.record(record.shareId)) return undefined;
    const shown = cards.get(record.shareId);
    if (shown?.kind === 'led') return shown;
    const mirrored = shown?.kind === 'mirrored' ? shown : undefined;
    const isSavedHere = mirrored?.isSavedHere;
    // A receiver saves by itself what was not saved.
    const isDue = record.part.role === 'sharer' && isSavedHere === false;
    const undone = [...(isDue ? [EVERYTHING] : []), ...(mirrored?.undone ?? [])];
    const role = computeLiveRole(record, mirrored, files);
    const led = this.lead(opened.share, role, cards.preview(record.shareId)?.counts ?? NO_COUNTS);
    if (role.kind === 'receiver' && isSavedHere !== undefined) {
      void shelf.recordSaved(record.shareId, role.isSaved, role.savedFiles);
    }
    led.live.files.takeOver(undone);
    const begun = record.wish === 'run' ? led.live.start() : led.live.rest();
    // What the swarm begins with is what was stored; files are told to it once it runs.
    void begun.then(() => (files === undefined ? led.reopen() : undefined));
    return led;
  }

  /** What was shown is downloaded: all of it, or the file list to choose from. By this tab, or by the one that has it. */
  async download(preview: SharePreview, share: OpenedShare, what: 'all' | 'list'): Promise<void> {
    const { parts, shelf, cards } = this.#options;
    const { browser } = parts;
    const { shareId } = share;
    preview.begin();
    const wanted = what === 'list' ? computeIndexPart(share.header) : undefined;
    const adding = shelf.add(
      createDownloadRecord(share, browser.epochMs(), { wanted, end: preview.end }),
    );
    const isOurs = await shelf.isOurs(shareId);
    // Pressed twice, or removed meanwhile.
    if (cards.get(shareId) !== preview) return;
    browser.requestPersistence();
    if (isOurs) {
      const role = { kind: 'receiver', isSaved: false, wanted } as const;
      void this.lead(share, role, preview.counts).live.start();
      await adding;
    } else {
      this.#mirror(preview.Mirror, share, what === 'all');
      // When the other tab is closed.
      await this.resumeRemembered(shareId);
      cards.endMirror(shareId);
    }
  }

  /** Takes care of the share in this tab, for all tabs of this browser. */
  lead(share: OpenedShare, role: LiveRole, counts: SwarmCounts): LedShare {
    const { parts, shelf, cards, volunteering } = this.#options;
    const { onChange, onNotice, onWish, onLed } = this.#options;
    const { browser, keptFiles, clock } = parts;
    const { shareId } = share;
    volunteering.letGo(shareId);
    const liveParts = {
      ...parts,
      origin: browser.origin,
      seed: () => browser.seed(),
      nameHolder: volunteering.nameHolder,
    };
    const ending = new ShareEnding({
      share,
      statement: shelf.record(shareId)?.end,
      epochMs: browser.epochMs,
      tracker: parts.tracker,
      onNews: (end) => {
        void shelf.update(shareId, (record) => ({ ...record, end }));
        onChange();
      },
    });
    const live = new LiveShare(share, role, counts, liveParts, {
      onChange,
      onNotice,
      onSaved: (...facts) => void shelf.recordSaved(shareId, ...facts),
      onWanted: (...facts) => void shelf.recordWanted(shareId, ...facts),
      onEnd: (end) => void ending.hear(end),
      onFull: () => void volunteering.yieldRoom().then(() => live.storePause.hurry()),
    });
    const led = new LedShare({
      live,
      ending,
      shelf,
      keptFiles,
      openChannel: browser.openChannel,
      onNotice,
      clock,
      onWish: (wish) => onWish(wish, shareId),
    });
    browser.tabMemory.add(shareId);
    cards.show(shareId, led);
    onLed();
    return led;
  }

  /** Shows what another tab of this browser takes care of. */
  #mirror(Mirror: typeof MirroredShare, share: OpenedShare, isWanted: boolean): void {
    const { parts, cards, onChange, onNotice } = this.#options;
    const { saver, places, clock, browser } = parts;
    const { shareId } = share;
    const mirrored = new Mirror({
      share,
      isWanted,
      saver,
      places,
      clock,
      browser,
      onChange,
      onNotice,
      onRole: (role) => {
        if (role === 'receiver') browser.tabMemory.add(shareId);
      },
      onGone: () => cards.drop(shareId),
    });
    cards.show(shareId, mirrored);
  }
}
