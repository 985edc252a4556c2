import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { VolunteerSettings, VolunteerState } from './app-state.ts';
import type { Browser } from './ports/browser.ts';
import type { TabChannel } from './ports/tab-channel.ts';
import type { BrowserSecret, VolunteerRecords } from './ports/volunteer-records.ts';
import type { VolunteerMessage, VolunteerWish } from './volunteer-messages.ts';
import type { RateMember } from './rate-shares.ts';
import { computeHolderId } from '../../shared/share/holder-id.ts';
import { quietly } from './quietly.ts';
import { VOLUNTEER_CHANNEL, VOLUNTEER_LOCK } from './volunteer-messages.ts';

export const FIRST_SETTINGS: VolunteerSettings = {
  isOn: false,
  budgetBytes: 512_000_000,
  uploadBytesPerSecond: undefined,
};

/** What keeps pieces for others, once somebody has turned it on. */
export interface Keeper {
  apply: (settings: VolunteerSettings) => void;
  state: () => Omit<VolunteerState, 'settings'>;
  /** Called now and then. */
  refresh: () => void;
  /** The page stood still. */
  wake: () => void;
  /** This tab takes part in the share itself from now on. */
  letGo: (shareId: ShareId) => void;
  forget: () => Promise<void>;
  /** Drops some of what is kept: the person's own shares come first. */
  yieldRoom: () => Promise<void>;
  /** What the tab as a whole leaves for it. */
  readonly rates: RateMember;
}

/** Each piece with its sealed bytes. Rejects with StoreError. */
export type KeptPieces = AsyncIterable<readonly [piece: number, sealed: Bytes]>;

/** What the rest of the page knows. */
export interface Surroundings {
  /** The shares that this browser has for itself. */
  readonly listOwn: () => Promise<readonly ShareId[]>;
  /** Whether this tab shows the share, and so may be taking part in it. */
  readonly isShown: (shareId: ShareId) => boolean;
  /** This browser has the share for itself: what was kept of it for others is its own from now on. */
  readonly takeOver: (shareId: ShareId, pieces: KeptPieces) => Promise<void>;
  readonly onChange: () => void;
}

export interface KeeperSurroundings extends Surroundings {
  readonly nameHolder: (shareId: ShareId) => Promise<string | undefined>;
}

export interface VolunteerParts {
  readonly records: Pick<VolunteerRecords, 'readSettings' | 'writeSettings'> & BrowserSecret;
  /** Called when somebody first turns it on. Rejects where its code cannot be fetched. */
  readonly openKeeper: (surroundings: KeeperSurroundings) => Promise<Keeper>;
}

type VolunteeringBrowser = Pick<Browser, 'waitForLock' | 'openChannel' | 'requestPersistence'>;

const NOTHING_KEPT: Omit<VolunteerState, 'settings'> = {
  heldBytes: 0,
  pieceCount: 0,
  shareCount: 0,
  upBytesPerSecond: 0,
  problem: undefined,
};

/** Volunteering of this browser: one tab keeps the pieces, the others show the same and pass on what a person wants. */
export class Volunteering {
  readonly #parts: VolunteerParts;
  readonly #browser: VolunteeringBrowser;
  readonly #surroundings: Surroundings;
  readonly #channel: TabChannel<VolunteerMessage>;
  /** As this tab leads. */
  #settings: VolunteerSettings | undefined;
  #keeper: Keeper | undefined;
  #opening: Promise<void> | undefined;
  /** As another tab says. */
  #seen: VolunteerState | undefined;
  /** What was asked for here while nobody answered. */
  #unanswered: VolunteerWish | undefined;

  constructor(parts: VolunteerParts, browser: VolunteeringBrowser, surroundings: Surroundings) {
    this.#parts = parts;
    this.#browser = browser;
    this.#surroundings = surroundings;
    this.#channel = browser.openChannel<VolunteerMessage>(VOLUNTEER_CHANNEL, (message) =>
      this.#hear(message),
    );
  }

  /** What this browser is called in a share; undefined where it remembers nothing. */
  readonly nameHolder = async (shareId: ShareId): Promise<string | undefined> => {
    const secret = await quietly(this.#parts.records.read());
    return secret && computeHolderId(secret, shareId);
  };

  /** Resolves when this tab leads, which may be long. */
  async start(): Promise<void> {
    this.#channel.post({ kind: 'look' });
    await this.#browser.waitForLock(VOLUNTEER_LOCK, new AbortController().signal);
    const stored = await quietly(this.#parts.records.readSettings());
    this.#settings = stored ?? FIRST_SETTINGS;
    if (stored !== undefined) await this.#open();
    const wish = this.#unanswered;
    this.#unanswered = undefined;
    if (wish !== undefined) this.#carryOut(wish);
    this.#tell();
  }

  /** None while nothing is kept here. */
  get rates(): readonly RateMember[] {
    return this.#keeper === undefined ? [] : [this.#keeper.rates];
  }

  /** Undefined until it is known. */
  state(): VolunteerState | undefined {
    if (this.#settings === undefined) return this.#seen;
    return { settings: this.#settings, ...(this.#keeper?.state() ?? NOTHING_KEPT) };
  }

  change(settings: VolunteerSettings): void {
    this.#wish({ action: 'change', settings });
  }

  forget(): void {
    this.#wish({ action: 'forget' });
  }

  /** A share of one's own has no room. Resolves when some was made, if this tab keeps the pieces. */
  async yieldRoom(): Promise<void> {
    if (this.#settings !== undefined) await this.#keeper?.yieldRoom();
    else this.#channel.post({ kind: 'wish', wish: { action: 'yield' } });
  }

  letGo(shareId: ShareId): void {
    this.#keeper?.letGo(shareId);
  }

  /** Called now and then. Returns whether what is shown may have changed. */
  refresh(): boolean {
    if (this.#settings === undefined) {
      this.#channel.post({ kind: 'look' });
      return false;
    }
    this.#keeper?.refresh();
    if (this.#settings.isOn && this.#opening === undefined) void this.#open();
    return this.#settings.isOn;
  }

  /** The page stood still: peers and tracker may be gone without a word. */
  wake(): void {
    this.#keeper?.wake();
  }

  #wish(wish: VolunteerWish): void {
    if (this.#settings !== undefined) {
      this.#carryOut(wish);
      return;
    }
    this.#unanswered = wish;
    this.#channel.post({ kind: 'wish', wish });
  }

  #carryOut(wish: VolunteerWish): void {
    if (wish.action === 'change') this.#change(wish.settings);
    else if (wish.action === 'forget') void this.#forget();
    else void this.yieldRoom();
  }

  #change(settings: VolunteerSettings): void {
    if (settings.isOn && this.#settings?.isOn === false) this.#browser.requestPersistence();
    this.#settings = settings;
    void quietly(this.#parts.records.writeSettings(settings));
    void this.#open();
    this.#tell();
  }

  /** Also nothing more is taken: what is forgotten would soon be there again. */
  async #forget(): Promise<void> {
    this.#change({ ...(this.#settings ?? FIRST_SETTINGS), isOn: false });
    await this.#open();
    await this.#keeper?.forget();
    this.#tell();
  }

  /** Tells the keeper what holds now, once it is there. */
  #open(): Promise<void> {
    const { nameHolder } = this;
    this.#opening ??= this.#parts.openKeeper({ ...this.#surroundings, nameHolder }).then(
      (keeper) => void (this.#keeper = keeper),
      // Its code could not be fetched: tried again later.
      () => void (this.#opening = undefined),
    );
    return this.#opening.then(() => {
      if (this.#settings !== undefined) this.#keeper?.apply(this.#settings);
      this.#tell();
    });
  }

  #hear(message: VolunteerMessage): void {
    if (message.kind === 'state') this.#see(message.state);
    else if (this.#settings === undefined) return;
    else if (message.kind === 'wish') this.#carryOut(message.wish);
    else this.#post();
  }

  #see(state: VolunteerState): void {
    this.#unanswered = undefined;
    this.#seen = state;
    this.#surroundings.onChange();
  }

  #tell(): void {
    this.#post();
    this.#surroundings.onChange();
  }

  #post(): void {
    const state = this.state();
    if (this.#settings !== undefined && state !== undefined) {
      this.#channel.post({ kind: 'state', state });
    }
  }
}
