import type { ChosenFile, FileHandles, MadeShare, Problem } from './app-state.ts';
import type { AppParts } from './app-parts.ts';
import type { ShareRecord } from './ports/share-records.ts';
import type { ShareStarter } from './share-starter.ts';
import type { Shelf } from './shelf.ts';
import { formatLink } from '../../shared/share/file-id.ts';
import { makeShare } from './make-share.ts';
import { fileIdOf } from './open-share.ts';
import { passTime } from './pass-time.ts';

const COPY_MS = 1_000;

export interface ShareMakerOptions {
  readonly parts: Pick<AppParts, 'browser' | 'clock'>;
  readonly shelf: Shelf;
  readonly starter: ShareStarter;
  readonly onChange: () => void;
  readonly onNotice: (problem: Problem | undefined) => void;
}

/** Makes shares of what a person chooses, and puts them to work. */
export class ShareMaker {
  readonly #options: ShareMakerOptions;
  #password = '';
  #made: MadeShare | undefined;

  constructor(options: ShareMakerOptions) {
    this.#options = options;
  }

  /** Of the next share; empty where it has none. */
  get password(): string {
    return this.#password;
  }

  setPassword(password: string): void {
    this.#password = password;
    this.#options.onChange();
  }

  get made(): MadeShare | undefined {
    return this.#made;
  }

  async make(chosen: readonly ChosenFile[], handles?: FileHandles): Promise<void> {
    const { parts, shelf, starter, onChange, onNotice } = this.#options;
    const { browser } = parts;
    const password = this.#password;
    const made = await makeShare(chosen, browser.epochMs(), { handles, password });
    if (made.kind === 'refused') {
      onNotice(made.problem);
      return;
    }
    // Chosen for this share, and not for all that follow.
    if (this.#password === password) this.#password = '';
    onNotice(undefined);
    const { record, files } = made;
    // At once, while what a person did still counts as a reason.
    const copying = this.#copyLink(record);
    const adding = shelf.add(record);
    const led = await starter.restore(record, files);
    browser.requestPersistence();
    this.#made = { key: record.shareId, isLinkCopied: await copying };
    onChange();
    await adding;
    await led?.live.storedCopy?.keepSmall();
  }

  /** A browser that asks somebody first is not waited for. */
  #copyLink(record: ShareRecord): Promise<boolean> {
    const { browser, clock } = this.#options.parts;
    const refused = passTime(clock, COPY_MS).then(() => false);
    return Promise.race([browser.copy(formatLink(browser.origin, fileIdOf(record))), refused]);
  }
}
