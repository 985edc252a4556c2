import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type { FilePreview, PreviewContent } from './app-state.ts';
import type { Views } from './ports/views.ts';
import type { ReadableShare } from './readable-share.ts';

export interface PreviewingParts {
  readonly clock: Clock;
  /** Loaded when first needed. Rejects where a part of the page cannot be fetched. */
  readonly findViews: () => Promise<Views>;
  /** The share of that card as it runs now, where it can be read. */
  readonly findShare: (key: string) => ReadableShare | undefined;
  readonly onChange: () => void;
}

/** What a person looks at before it is saved, or complete: one file at a time. */
export class Previewing {
  readonly #parts: PreviewingParts;
  #shown: FilePreview | undefined;
  #ended = new AbortController();

  constructor(parts: PreviewingParts) {
    this.#parts = parts;
  }

  /** Undefined while nothing is looked at. */
  get shown(): FilePreview | undefined {
    return this.#shown;
  }

  open(key: string, fileNumber: number): void {
    this.close();
    const ended = new AbortController();
    this.#ended = ended;
    const show = (content: PreviewContent): void => {
      if (ended.signal.aborted) return;
      this.#shown = { key, fileNumber, content };
      this.#parts.onChange();
    };
    show({ kind: 'waiting' });
    this.#load(key, fileNumber, ended.signal).then(show, () =>
      show({ kind: 'refused', reason: 'unreadable' }),
    );
  }

  /** Ends all reading. */
  close(): void {
    if (this.#shown === undefined) return;
    this.#ended.abort();
    this.#shown = undefined;
    this.#parts.onChange();
  }

  /** Closes what is shown of a card that is there no more. */
  closeWithout(hasCard: (key: string) => boolean): void {
    if (this.#shown !== undefined && !hasCard(this.#shown.key)) this.close();
  }

  async #load(key: string, fileNumber: number, signal: AbortSignal): Promise<PreviewContent> {
    const { clock, findViews, findShare } = this.#parts;
    const share = findShare(key)?.share;
    if (share === undefined) return { kind: 'refused', reason: 'unreadable' };
    const { openPreview } = await import('./open-preview.ts');
    const find = (): ReadableShare | undefined => findShare(key);
    return openPreview({ share, find, clock, views: await findViews(), signal }, fileNumber);
  }
}
