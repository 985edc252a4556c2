import type { ShareId } from '../../shared/share/share-id.ts';
import type { App, AppActions, AppState, ChosenFile, Problem } from './app-state.ts';
import type { AppParts } from './app-parts.ts';
import { DoneNotices } from './done-notices.ts';
import { LazySpace } from './lazy-space.ts';
import { createCardActions } from './card-actions.ts';
import { lookAt } from './look-at.ts';
import { passTime } from './pass-time.ts';
import { describeOffer } from './describe-offer.ts';
import { OpenedLinks } from './opened-links.ts';
import { Previewing } from './previewing.ts';
import { ShareCards } from './share-cards.ts';
import { ShareMaker } from './share-maker.ts';
import { ShareStarter } from './share-starter.ts';
import { Shelf } from './shelf.ts';
import { RelayChoice } from './relay-choice.ts';
import { SleepWatch } from './sleep-watch.ts';
import { Subscribers } from './subscribers.ts';
import { takeOverPieces } from './take-over-pieces.ts';
import { TabRates } from './tab-rates.ts';
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
  readonly #starter: ShareStarter;
  readonly #links: OpenedLinks;
  readonly #previewing: Previewing;
  readonly #doneNotices: DoneNotices;
  readonly #rates: TabRates;
  readonly #relay: RelayChoice;
  readonly #sleepWatch: SleepWatch;
  /** Remembered shares, until this tab takes care of them or some time has passed. */
  readonly #resuming = new Map<ShareId, Promise<void>>();
  #notice: Problem | undefined;
  readonly #space: LazySpace;
  #offered: readonly ChosenFile[] = [];
  readonly #maker: ShareMaker;

  constructor(parts: AppParts) {
    this.#parts = parts;
    this.#sleepWatch = new SleepWatch(parts.browser.epochMs);
    this.#shelf = new Shelf(parts.records, parts.browser, parts.clock);
    this.#subscribers = new Subscribers(parts.clock);
    this.#cards = new ShareCards(parts.browser, this.#shelf, () => this.#subscribers.notify());
    this.#volunteering = new Volunteering(parts.volunteering, parts.browser, {
      listOwn: async () => (await this.#shelf.list()).map(({ shareId }) => shareId),
      isShown: (shareId) => this.#cards.has(shareId),
      takeOver: async (shareId, pieces) => {
        await takeOverPieces(parts.stores, shareId, pieces);
        const card = this.#cards.get(shareId);
        if (card?.kind === 'led') await card.live.reload();
      },
      onChange: () => this.#subscribers.notify(),
    });
    this.#starter = new ShareStarter({
      parts,
      shelf: this.#shelf,
      cards: this.#cards,
      volunteering: this.#volunteering,
      onChange: () => this.#subscribers.notify(),
      onNotice: (problem) => this.#setNotice(problem),
      onWish: (wish, shareId) => this.actions[wish](shareId),
      onLed: () => this.#rates.refresh(),
    });
    this.#links = this.#createLinks();
    this.#rates = this.#createRates();
    this.#relay = this.#createRelay();
    this.#previewing = this.#createPreviewing();
    this.#doneNotices = this.#createNotices();
    this.#space = this.#createSpace();
    this.#maker = this.#createMaker();
    this.actions = {
      ...createCardActions(
        (key) => this.#cards.running(key),
        this.#links,
        parts.places,
        (problem) => this.#setNotice(problem),
      ),
      share: (files, handles) => void this.#maker.make(files, handles),
      setNextPassword: (password) => this.#maker.setPassword(password),
      open: (text) => this.#links.open(text),
      unlock: (key, password) => void this.#cards.preview(key)?.unlock(password),
      download: (key) => void this.#links.download(key, 'all'),
      chooseFiles: (key) => void this.#links.download(key, 'list'),
      openPreview: (key, fileNumber) => this.#previewing.open(key, fileNumber),
      closePreview: () => this.#previewing.close(),
      forget: (key) => this.#forget(key),
      look: (key, onSight) => lookAt(() => this.#cards.running(key), parts.clock, onSight),
      setDetails: (areShown) => parts.choices.set('details', areShown),
      setDoneNotices: (areOn) => void this.#doneNotices.turn(areOn),
      volunteer: (settings) => this.#volunteering.change(settings),
      setRates: (rates) => this.#rates.change(rates),
      setRelayOnly: (isOnly) => this.#relay.turn(isOnly),
      forgetVolunteered: () => this.#forgetVolunteered(),
      copy: (text) => parts.browser.copy(text),
      passOn: parts.browser.passOn,
      drawQrCode: (text) => parts.drawQrCode(text).catch(() => undefined),
      dismissNotice: () => this.#setNotice(undefined),
      answerOffer: (isWanted) => {
        if (isWanted) void this.#maker.make(this.#offered);
        this.offer([]);
      },
      install: () => parts.installPrompt.ask(),
      clearFinished: () => this.#space.clearFinished(),
      clearAll: () => this.#space.clearAll(),
    };
  }

  state(): AppState {
    return {
      environment: { kind: 'ready' },
      tracker: this.#parts.tracker.status,
      cards: this.#cards.list(),
      notice: this.#notice,
      preview: this.#previewing.shown,
      nextPassword: this.#maker.password,
      volunteering: this.#volunteering.state(),
      rates: this.#rates.settings,
      relay: { isOffered: this.#parts.tracker.offersRelay, isOnly: this.#relay.isOnly },
      made: this.#maker.made,
      opened: this.#links.opened,
      offered: describeOffer(this.#offered),
      space: this.#space.state,
      canInstall: this.#parts.installPrompt.isOffered(),
      showsDetails: this.#parts.choices.has('details'),
      doneNotices: this.#doneNotices.choice,
    };
  }

  subscribe(listener: () => void): () => void {
    return this.#subscribers.subscribe(listener);
  }

  /** Resumes what this browser remembers and opens the link in the address, if there is one. */
  async start(): Promise<void> {
    const { tracker, clock } = this.#parts;
    tracker.subscribe(() => this.#subscribers.notify());
    this.#parts.installPrompt.subscribe(() => this.#subscribers.notify());
    this.#parts.browser.onShown(() => this.#cards.hurry());
    this.#refreshLater();
    void this.#volunteering.start();
    const [records] = await Promise.all([this.#shelf.list(), this.#rates.start()]);
    for (const record of records) {
      const shown = this.#starter.takeOrMirror(record);
      this.#resuming.set(record.shareId, Promise.race([shown, passTime(clock, RESUME_MS)]));
    }
    this.#links.start();
  }

  /** Asks whether these are to be shared, in place of what was asked about before. */
  offer(files: readonly ChosenFile[]): void {
    this.#offered = files;
    this.#subscribers.notify();
  }

  /** Says so on the page, until that is dismissed. */
  tell(problem: Problem): void {
    this.#setNotice(problem);
  }

  #forget(key: string): void {
    const card = this.#cards.running(key);
    if (card?.kind === 'mirrored' && !card.isGuest) {
      // Where the other tab has just been closed, nobody else does it.
      void this.#shelf.remove(card.shareId, () => this.#parts.stores.clear(card.shareId));
    }
    void card?.forget();
    this.#cards.drop(key);
  }

  #forgetVolunteered(): void {
    this.#volunteering.forget();
    this.#cards.hurry();
  }

  #setNotice(notice: Problem | undefined): void {
    this.#notice = notice;
    this.#subscribers.notify();
  }

  #createLinks(): OpenedLinks {
    return new OpenedLinks({
      parts: this.#parts,
      shelf: this.#shelf,
      cards: this.#cards,
      starter: this.#starter,
      volunteering: this.#volunteering,
      whenResumed: (shareId) => this.#resuming.get(shareId),
      onChange: () => this.#subscribers.notify(),
      onNotice: (problem) => this.#setNotice(problem),
    });
  }

  #createPreviewing(): Previewing {
    const { clock, findViews } = this.#parts;
    return new Previewing({
      clock,
      findViews,
      findShare: (key) => this.#cards.running(key)?.readable,
      onChange: () => this.#subscribers.notify(),
    });
  }

  #createRates(): TabRates {
    const { rates, browser, clock } = this.#parts;
    return new TabRates({
      memory: rates,
      openChannel: browser.openChannel,
      members: () => [...this.#cards.rates(), ...this.#volunteering.rates],
      clock,
      onChange: () => this.#subscribers.notify(),
    });
  }

  #createRelay(): RelayChoice {
    const { choices, browser, dropConnections } = this.#parts;
    return new RelayChoice({
      choices,
      openChannel: browser.openChannel,
      dropConnections,
      onChange: () => this.#subscribers.notify(),
    });
  }

  #createNotices(): DoneNotices {
    const { choices, notifier } = this.#parts;
    return new DoneNotices(choices, notifier, () => this.#subscribers.notify());
  }

  #createMaker(): ShareMaker {
    return new ShareMaker({
      parts: this.#parts,
      shelf: this.#shelf,
      starter: this.#starter,
      onChange: () => this.#subscribers.notify(),
      onNotice: (problem) => this.#setNotice(problem),
    });
  }

  #createSpace(): LazySpace {
    return new LazySpace(this.#parts.openSpace, {
      listRecords: () => this.#shelf.list(),
      listCards: () => this.#cards.list(),
      forget: (key) => this.#forget(key),
      forgetVolunteered: () => {
        if (this.#volunteering.state()?.pieceCount !== 0) this.#forgetVolunteered();
      },
      onChange: () => this.#subscribers.notify(),
    });
  }

  /** Rates and times move without events. */
  #refreshLater(): void {
    this.#parts.clock.schedule(REFRESH_MS, () => {
      if (this.#sleepWatch.look()) {
        this.#cards.wake();
        this.#volunteering.wake();
      }
      if (this.#volunteering.refresh()) this.#subscribers.notify();
      this.#previewing.closeWithout((key) => this.#cards.has(key));
      this.#rates.refresh();
      for (const key of this.#cards.keys()) {
        if (this.#cards.running(key)?.refresh() === true) this.#subscribers.notify();
      }
      this.#space.refresh(this.#cards.keys().length);
      this.#refreshLater();
    });
  }
}
