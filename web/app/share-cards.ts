import type { ShareId } from '../../shared/share/share-id.ts';
import type { ShareCard } from './app-state.ts';
import type { Browser } from './ports/browser.ts';
import type { RateMember } from './rate-shares.ts';
import type { Shelf } from './shelf.ts';
import { findFileId } from '../../shared/share/file-id.ts';
import type { LedShare } from './led-share.ts';
import type { MirroredShare } from './mirrored-share.ts';
import type { SharePreview } from './share-preview.ts';
import { WantedLinks } from './wanted-links.ts';

type RunningCard = MirroredShare | LedShare;
type Card = SharePreview | RunningCard;

/** What the page shows of shares: one card each, which may be replaced by another kind as the share goes on. */
export class ShareCards {
  readonly #browser: Pick<Browser, 'fragment' | 'setFragment' | 'tabMemory'>;
  readonly #shelf: Shelf;
  readonly #onChange: () => void;
  readonly wanted: WantedLinks;
  /** Oldest first. */
  readonly #cards = new Map<string, Card>();

  constructor(
    browser: Pick<Browser, 'fragment' | 'setFragment' | 'tabMemory'>,
    shelf: Shelf,
    onChange: () => void,
  ) {
    this.#browser = browser;
    this.#shelf = shelf;
    this.#onChange = onChange;
    this.wanted = new WantedLinks(browser.tabMemory);
  }

  /** Newest first. */
  list(): readonly ShareCard[] {
    return [...this.#cards.values()].map((card) => card.card()).toReversed();
  }

  keys(): readonly string[] {
    return [...this.#cards.keys()];
  }

  /** Of the shares that this tab takes care of. */
  rates(): readonly RateMember[] {
    return [...this.#cards.values()].flatMap((card) =>
      card.kind === 'led' ? [card.live.rates] : [],
    );
  }

  /** There may be room again for what was paused for want of it. */
  hurry(): void {
    for (const card of this.#cards.values()) if (card.kind === 'led') card.live.storePause.hurry();
  }

  wake(): void {
    for (const card of this.#cards.values()) if (card.kind === 'led') card.wake();
  }

  has(key: string): boolean {
    return this.#cards.has(key);
  }

  get(key: string): Card | undefined {
    return this.#cards.get(key);
  }

  running(key: string): RunningCard | undefined {
    const card = this.#cards.get(key);
    return card?.kind === 'preview' ? undefined : card;
  }

  /** An opened link, before anything is downloaded. */
  preview(key: string): SharePreview | undefined {
    const card = this.#cards.get(key);
    return card?.kind === 'preview' ? card : undefined;
  }

  show(key: string, card: Card): void {
    this.#dispose(key);
    // From now on there is a record to go by.
    if (card.kind !== 'preview') this.wanted.delete(key);
    this.#cards.set(key, card);
    this.#onChange();
  }

  /** Takes the card off the page, and waits for its share no longer. */
  drop(key: string): void {
    const shareId = this.#dispose(key);
    if (shareId !== undefined) void this.#shelf.giveUp(shareId);
    this.#cards.delete(key);
    this.hurry();
    this.#browser.tabMemory.delete(key);
    this.wanted.delete(key);
    const open = findFileId(this.#browser.fragment());
    if (open.ok && open.value.shareId === key) this.#browser.setFragment('');
    this.#onChange();
  }

  /** The other tab is gone, and left nothing that could be gone on with. */
  endMirror(shareId: ShareId): void {
    if (this.#cards.get(shareId)?.kind === 'mirrored') this.drop(shareId);
  }

  /** Of a share that this tab takes care of nothing is to be ended: it ends itself when it is forgotten. */
  #dispose(key: string): ShareId | undefined {
    const card = this.#cards.get(key);
    if (card === undefined || card.kind === 'led') return undefined;
    card.dispose();
    return card.shareId;
  }
}
