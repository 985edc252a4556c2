import type { Bytes } from '../../shared/share/bytes.ts';
import type { FileId } from '../../shared/share/file-id.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { AppParts } from './app-parts.ts';
import type { Problem } from './app-state.ts';
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

  constructor(options: OpenedLinksOptions) {
    this.#options = options;
  }

  /** Opens what this tab waited for before it was reloaded, and the link in the address, now and whenever it changes. */
  start(): void {
    const { parts, cards } = this.#options;
    parts.browser.onFragmentChange(() => this.#openFragment());
    for (const fileId of cards.wanted.list()) void this.#look(fileId);
    this.#openFragment();
  }

  open(text: string): void {
    const { parts, onNotice } = this.#options;
    const found = findFileId(text);
    if (!found.ok) {
      onNotice(describeFileIdViolation(found.violation));
      return;
    }
    onNotice(undefined);
    parts.browser.setFragment(formatFileId(found.value));
    void this.#look(found.value);
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

  #openFragment(): void {
    const fragment = this.#options.parts.browser.fragment();
    if (fragment !== '') this.open(fragment);
  }

  async #look(fileId: FileId): Promise<void> {
    const { parts, shelf, cards, whenResumed, onNotice } = this.#options;
    const { shareId } = fileId;
    await whenResumed(shareId);
    const record = (await shelf.list()).find((known) => known.shareId === shareId);
    const Preview = await parts.findPreview().catch(() => undefined);
    if (Preview === undefined) onNotice(PROBLEMS.partMissing);
    else if (!cards.has(shareId)) this.#show(Preview, fileId, record?.keySecret);
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
