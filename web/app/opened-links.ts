import type { Bytes } from '../../shared/share/bytes.ts';
import type { FileId } from '../../shared/share/file-id.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { AppParts } from './app-parts.ts';
import type { OpenedCard, Problem } from './app-state.ts';
import type { ShareCards } from './share-cards.ts';
import type { SharePreview } from './share-preview.ts';
import type { ShareStarter } from './share-starter.ts';
import type { Shelf } from './shelf.ts';
import type { Volunteering } from './volunteering.ts';
import { findFileId, formatFileId } from '../../shared/share/file-id.ts';
import { describeFileIdViolation, PROBLEMS } from './problems.ts';

export interface OpenedLinksOptions {
  readonly parts: AppParts;
  readonly shelf: Shelf;
  readonly cards: ShareCards;
  readonly starter: ShareStarter;
  readonly volunteering: Volunteering;
  /** Resolves when what is remembered of the share is shown, or has taken too long. */
  readonly whenResumed: (shareId: ShareId) => Promise<void> | undefined;
  readonly onChange: () => void;
  readonly onNotice: (problem: Problem | undefined) => void;
}

/** Links that were opened here, until what they stand for is downloaded. */
export class OpenedLinks {
  readonly #options: OpenedLinksOptions;
  #opened: OpenedCard | undefined;

  constructor(options: OpenedLinksOptions) {
    this.#options = options;
  }

  /** What was opened last, apart from what a reload has brought back. */
  get opened(): OpenedCard | undefined {
    return this.#opened;
  }

  /** Opens what this tab waited for before it was reloaded, and the link in the address, now and whenever it changes. */
  start(): void {
    const { parts, cards } = this.#options;
    const openFragment = (isThere: boolean): void => {
      const fragment = parts.browser.fragment();
      if (fragment !== '') this.#open(fragment, isThere);
    };
    parts.browser.onFragmentChange(() => openFragment(true));
    for (const fileId of cards.wanted.list()) void this.#look(fileId);
    openFragment(false);
  }

  open(text: string): void {
    this.#open(text, true);
  }

  /** `isThere`: a person is at the page, which has not just been loaded. */
  #open(text: string, isThere: boolean): void {
    const { parts, onNotice } = this.#options;
    const found = findFileId(text);
    if (!found.ok) {
      onNotice(describeFileIdViolation(found.violation));
      return;
    }
    onNotice(undefined);
    parts.browser.setFragment(formatFileId(found.value));
    void this.#callUp(found.value, isThere);
  }

  /** All of it, or the file list to choose from. */
  async download(key: string, what: 'all' | 'list'): Promise<void> {
    const { cards, starter } = this.#options;
    const preview = cards.preview(key);
    if (preview === undefined) return;
    const { share } = preview;
    if (share === undefined) {
      cards.wanted.add(preview.fileId);
      preview.want();
      return;
    }
    await starter.download(preview, share, what);
  }

  /** Takes back the wish to download what nobody has shown yet. */
  pause(key: string): void {
    const { cards } = this.#options;
    const preview = cards.preview(key);
    if (preview === undefined) return;
    cards.wanted.delete(key);
    preview.pause();
  }

  async #callUp(fileId: FileId, isThere: boolean): Promise<void> {
    const isNew = await this.#look(fileId);
    if (isNew === undefined) return;
    this.#opened = { key: fileId.shareId, isNew, takesFocus: !isNew && isThere };
    this.#options.onChange();
  }

  /** Resolves whether it had no card before; undefined where it has none now. */
  async #look(fileId: FileId): Promise<boolean | undefined> {
    const { parts, shelf, cards, whenResumed, onNotice } = this.#options;
    const { shareId } = fileId;
    await whenResumed(shareId);
    const record = (await shelf.list()).find((known) => known.shareId === shareId);
    const Preview = await parts.findPreview().catch(() => undefined);
    if (Preview === undefined) {
      onNotice(PROBLEMS.partMissing);
      return undefined;
    }
    if (cards.has(shareId)) return false;
    this.#show(Preview, fileId, record?.keySecret);
    return true;
  }

  #show(Preview: typeof SharePreview, fileId: FileId, keySecret: Bytes | undefined): void {
    const { parts, cards, volunteering, onChange } = this.#options;
    const { shareId } = fileId;
    volunteering.letGo(shareId);
    const preview = new Preview({
      ...parts,
      fileId,
      keySecret,
      onChange: () => {
        onChange();
        if (preview.isWanted && preview.share) void this.download(shareId, 'all');
      },
    });
    cards.show(shareId, preview);
    if (cards.wanted.has(shareId)) preview.want();
  }
}
