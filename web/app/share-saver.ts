import type { FileEntry } from '../../shared/share/file-index.ts';
import type { SealedPieceSource } from '../../shared/share/share-stream.ts';
import type { Problem } from './app-state.ts';
import type { OpenedShare } from './open-share.ts';
import type { Saver } from './ports/saver.ts';
import { SaveError } from './ports/saver.ts';
import { describeSaveError } from './problems.ts';
import { createSaveJob } from './save-share.ts';

export interface ShareSaverEvents {
  readonly onChange: () => void;
  readonly onProblem: (problem: Problem) => void;
}

function ignore(): void {}

/** Saves one share, one download at a time. */
export class ShareSaver {
  readonly #share: OpenedShare;
  readonly #saver: Saver;
  readonly #source: SealedPieceSource;
  readonly #events: ShareSaverEvents;
  #underway: { percent: number; readonly abort: AbortController } | undefined;
  #ended: Promise<void> = Promise.resolve();

  constructor(
    share: OpenedShare,
    saver: Saver,
    source: SealedPieceSource,
    events: ShareSaverEvents,
  ) {
    this.#share = share;
    this.#saver = saver;
    this.#source = source;
    this.#events = events;
  }

  /** Of what is being saved, or undefined. */
  get percent(): number | undefined {
    return this.#underway?.percent;
  }

  /** Resolves once what is being saved has ended, however it did. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  abort(): void {
    this.#underway?.abort.abort();
  }

  /** Returns whether the browser has every byte. `findFiles` gives the file list, or undefined where it is broken. */
  async save(
    findFiles: () => Promise<readonly FileEntry[] | undefined>,
    which: number | 'all',
  ): Promise<boolean> {
    if (this.#underway !== undefined) return false;
    const saving = this.#save(findFiles, which);
    this.#ended = saving.then(ignore, ignore);
    return saving;
  }

  async #save(
    findFiles: () => Promise<readonly FileEntry[] | undefined>,
    which: number | 'all',
  ): Promise<boolean> {
    const abort = new AbortController();
    const underway = { percent: 0, abort };
    this.#underway = underway;
    this.#events.onChange();
    try {
      const files = await findFiles();
      if (files === undefined) return false;
      const job = createSaveJob(this.#share, this.#source, files, which);
      const totalBytes = Math.max(
        1,
        job.files.reduce((total, { size }) => total + size, 0),
      );
      await this.#saver.save({
        ...job,
        signal: abort.signal,
        onProgress: (savedBytes) => {
          underway.percent = Math.floor((savedBytes / totalBytes) * 100);
        },
      });
      return true;
    } catch (error) {
      if (!(error instanceof SaveError)) throw error;
      if (!abort.signal.aborted) this.#events.onProblem(describeSaveError(error.code));
      return false;
    } finally {
      this.#underway = undefined;
      this.#events.onChange();
    }
  }
}
