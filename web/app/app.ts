import type { FileId } from '../../shared/share/file-id.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { App, AppActions, AppState, ChosenFile, FileHandles, Problem } from './app-state.ts';
import type { AppParts } from './app-parts.ts';
import type { SwarmCounts } from './card-transfer.ts';
import type { LiveRole } from './live-share-parts.ts';
import type { OpenedShare } from './open-share.ts';
import type { ShareRecord } from './ports/share-records.ts';
import type { SharerFiles } from './ports/share-stores.ts';
import { findFileId, formatFileId } from '../../shared/share/file-id.ts';
import { NO_COUNTS } from './card-transfer.ts';
import { LedShare } from './led-share.ts';
import { computeLiveRole } from './live-share-parts.ts';
import { LiveShare } from './live-share.ts';
import { makeShare } from './make-share.ts';
import { MirroredShare } from './mirrored-share.ts';
import { createDownloadRecord, openShare } from './open-share.ts';
import { passTime } from './pass-time.ts';
import { describeFileIdViolation } from './problems.ts';
import { ShareCards } from './share-cards.ts';
import { SharePreview } from './share-preview.ts';
import { Shelf } from './shelf.ts';
import { Subscribers } from './subscribers.ts';
import { takeOverPieces } from './take-over-pieces.ts';
import { Volunteering } from './volunteering.ts';

const REFRESH_MS = 500;
/** How long an opened link waits for what is remembered of it; the page before a reload may still have it. */
const RESUME_MS = 1_000;

/** The page's use cases. One card a share: first a preview of an opened link, then the share itself. */
export class PeerifyApp implements App {
  readonly actions: AppActions;
  readonly #parts: AppParts;
  readonly #shelf: Shelf;
  readonly #subscribers: Subscribers;
  readonly #cards: ShareCards;
  readonly #volunteering: Volunteering;
  /** Remembered shares, until this tab takes care of them or some time has passed. */
  readonly #resuming = new Map<ShareId, Promise<void>>();
  #notice: Problem | undefined;

  constructor(parts: AppParts) {
    this.#parts = parts;
    this.#shelf = new Shelf(parts.records, parts.browser, parts.clock);
    this.#subscribers = new Subscribers(parts.clock);
    this.#cards = new ShareCards(parts.browser, this.#shelf, () => this.#subscribers.notify());
    this.#volunteering = new Volunteering(parts.volunteering, parts.browser, {
      listOwn: async () => (await this.#shelf.list()).map(({ shareId }) => shareId),
      isShown: (shareId) => this.#cards.has(shareId),
      takeOver: async (shareId, pieces) => {
        await takeOverPieces(parts.stores, shareId, pieces);
        const card = this.#cards.get(shareId);
        if (card instanceof LedShare) await card.live.reload();
      },
      onChange: () => this.#subscribers.notify(),
    });
    this.actions = {
      share: (files, handles) => void this.#share(files, handles),
      open: (text) => void this.#open(text),
      download: (key) => void this.#download(key),
      pause: (key) => this.#cards.running(key)?.pause(),
      resume: (key) => this.#cards.running(key)?.resume(),
      save: (key) => void this.#cards.running(key)?.save('all'),
      saveFile: (key, fileNumber) => void this.#cards.running(key)?.save(fileNumber),
      chooseAgain: (key, ...choice) => void this.#cards.running(key)?.chooseAgain(...choice),
      allowAgain: (key) => void this.#cards.running(key)?.allowAgain(),
      forget: (key) => this.#forget(key),
      setCopies: (key, copies) => this.#cards.running(key)?.setCopies(copies),
      volunteer: (settings) => this.#volunteering.change(settings),
      forgetVolunteered: () => this.#volunteering.forget(),
      copy: (text) => parts.browser.copy(text),
      dismissNotice: () => this.#setNotice(undefined),
    };
  }

  state(): AppState {
    return {
      environment: { kind: 'ready' },
      tracker: this.#parts.tracker.status,
      cards: this.#cards.list(),
      notice: this.#notice,
      volunteering: this.#volunteering.state(),
    };
  }

  subscribe(listener: () => void): () => void {
    return this.#subscribers.subscribe(listener);
  }

  /** Resumes what this browser remembers and opens the link in the address, if there is one. */
  async start(): Promise<void> {
    const { tracker, clock, browser } = this.#parts;
    tracker.subscribe(() => this.#subscribers.notify());
    browser.onFragmentChange(() => this.#openFragment());
    this.#refreshLater();
    void this.#volunteering.start();
    for (const record of await this.#shelf.list()) {
      const shown = this.#takeOrMirror(record);
      this.#resuming.set(record.shareId, Promise.race([shown, passTime(clock, RESUME_MS)]));
    }
    this.#openFragment();
  }

  /** Resolves when the share is shown, or this tab takes care of it. */
  async #takeOrMirror(record: ShareRecord): Promise<void> {
    const { shareId } = record;
    const taken = this.#resumeRemembered(shareId);
    const isHere = this.#parts.browser.tabMemory.has(shareId);
    if (!isHere || (await this.#shelf.isOurs(shareId))) return taken;
    const opened = await openShare(record.secret, shareId, record.header);
    if (opened.kind === 'refused' || this.#cards.get(shareId) instanceof LedShare) return taken;
    this.#mirror(opened.share, false);
    void taken.then(() => this.#cards.endMirror(shareId));
    return undefined;
  }

  /** Now, or when the tab that takes care of the share is closed. */
  async #resumeRemembered(shareId: ShareId): Promise<void> {
    const record = await this.#shelf.take(shareId);
    if (record === undefined) return;
    const led = await this.#restore(record);
    // Damaged, or of another version: there is nothing to be done with it. What was forgotten is left alone.
    if (led === undefined) await this.#shelf.remove(shareId, async () => {});
  }

  #openFragment(): void {
    const fragment = this.#parts.browser.fragment();
    if (fragment !== '') void this.#open(fragment);
  }

  async #share(chosen: readonly ChosenFile[], handles?: FileHandles): Promise<void> {
    const { browser } = this.#parts;
    const made = await makeShare(chosen, browser.epochMs(), handles);
    if (made.kind === 'refused') {
      this.#setNotice(made.problem);
      return;
    }
    this.#setNotice(undefined);
    const { record, files } = made;
    const adding = this.#shelf.add(record);
    const led = await this.#restore(record, files);
    browser.requestPersistence();
    await adding;
    await led?.live.storedCopy?.keepSmall();
  }

  /** Puts a share on the shelf to work, unless it is forgotten while it is being opened. */
  async #restore(record: ShareRecord, files?: SharerFiles): Promise<LedShare | undefined> {
    const opened = await openShare(record.secret, record.shareId, record.header);
    if (opened.kind === 'refused' || !this.#shelf.record(record.shareId)) return undefined;
    const shown = this.#cards.get(record.shareId);
    if (shown instanceof LedShare) return shown;
    const isSavedHere = shown instanceof MirroredShare ? shown.isSavedHere : undefined;
    const led = this.#lead(
      opened.share,
      computeLiveRole(record, isSavedHere, files),
      shown instanceof SharePreview ? shown.counts : NO_COUNTS,
    );
    if (isSavedHere === true) void this.#shelf.recordSaved(record.shareId);
    const begun = record.wish === 'run' ? led.live.start() : led.live.rest();
    // What the swarm begins with is what was stored; files are told to it once it runs.
    void begun
      .then(() => (files === undefined ? led.reopen() : undefined))
      // A receiver saves by itself what was not saved.
      .then(() =>
        record.part.role === 'sharer' && isSavedHere === false ? led.save('all') : undefined,
      );
    return led;
  }

  async #open(text: string): Promise<void> {
    const found = findFileId(text);
    if (!found.ok) {
      this.#setNotice(describeFileIdViolation(found.violation));
      return;
    }
    this.#setNotice(undefined);
    const fileId = found.value;
    this.#parts.browser.setFragment(formatFileId(fileId));
    await this.#resuming.get(fileId.shareId);
    if (!this.#cards.has(fileId.shareId)) this.#addPreview(fileId);
  }

  #addPreview(fileId: FileId): void {
    this.#volunteering.letGo(fileId.shareId);
    const preview = new SharePreview({
      ...this.#parts,
      fileId,
      onChange: () => {
        this.#subscribers.notify();
        if (preview.isWanted && preview.share) void this.#download(fileId.shareId);
      },
    });
    this.#cards.show(fileId.shareId, preview);
  }

  async #download(key: string): Promise<void> {
    const preview = this.#cards.get(key);
    if (!(preview instanceof SharePreview)) return;
    const { share } = preview;
    if (share === undefined) {
      preview.want();
      return;
    }
    preview.begin();
    const { shareId } = share;
    const { browser } = this.#parts;
    const adding = this.#shelf.add(createDownloadRecord(share, browser.epochMs()));
    const isOurs = await this.#shelf.isOurs(shareId);
    // Pressed twice, or removed meanwhile.
    if (this.#cards.get(key) !== preview) return;
    browser.requestPersistence();
    if (isOurs) {
      void this.#lead(share, { kind: 'receiver', isSaved: false }, preview.counts).live.start();
      await adding;
    } else {
      this.#mirror(share, true);
      // When the other tab is closed.
      await this.#resumeRemembered(shareId);
      this.#cards.endMirror(shareId);
    }
  }

  /** Takes care of the share in this tab, for all tabs of this browser. */
  #lead(share: OpenedShare, role: LiveRole, counts: SwarmCounts): LedShare {
    const { browser } = this.#parts;
    const parts = {
      ...this.#parts,
      origin: browser.origin,
      seed: () => browser.seed(),
      nameHolder: this.#volunteering.nameHolder,
    };
    this.#volunteering.letGo(share.shareId);
    const onNotice = (problem: Problem | undefined) => this.#setNotice(problem);
    const live = new LiveShare(share, role, counts, parts, {
      onChange: () => this.#subscribers.notify(),
      onNotice,
      onSaved: () => void this.#shelf.recordSaved(share.shareId),
    });
    const led = new LedShare({
      live,
      shelf: this.#shelf,
      keptFiles: this.#parts.keptFiles,
      openChannel: browser.openChannel,
      onNotice,
      clock: parts.clock,
      onWish: (wish) => this.actions[wish](share.shareId),
    });
    browser.tabMemory.add(share.shareId);
    this.#cards.show(share.shareId, led);
    return led;
  }

  /** Shows what another tab of this browser takes care of. */
  #mirror(share: OpenedShare, isWanted: boolean): void {
    const { saver, clock, browser } = this.#parts;
    const { shareId } = share;
    const mirrored = new MirroredShare({
      share,
      isWanted,
      saver,
      clock,
      browser,
      onChange: () => this.#subscribers.notify(),
      onNotice: (problem) => this.#setNotice(problem),
      onRole: (role) => {
        if (role === 'receiver') browser.tabMemory.add(shareId);
      },
      onGone: () => this.#cards.drop(shareId),
    });
    this.#cards.show(shareId, mirrored);
  }

  #forget(key: string): void {
    const card = this.#cards.running(key);
    if (card instanceof MirroredShare && !card.isGuest) {
      // Where the other tab has just been closed, nobody else does it.
      void this.#shelf.remove(card.shareId, () => this.#parts.stores.clear(card.shareId));
    }
    void card?.forget();
    this.#cards.drop(key);
  }

  #setNotice(notice: Problem | undefined): void {
    this.#notice = notice;
    this.#subscribers.notify();
  }

  /** Rates and times move without events. */
  #refreshLater(): void {
    this.#parts.clock.schedule(REFRESH_MS, () => {
      if (this.#volunteering.refresh()) this.#subscribers.notify();
      for (const key of this.#cards.keys()) {
        if (this.#cards.running(key)?.refresh() === true) this.#subscribers.notify();
      }
      this.#refreshLater();
    });
  }
}
