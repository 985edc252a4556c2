import type { FileEntry } from '../../shared/share/file-index.ts';
import type { SealedPieceSource } from '../../shared/share/share-stream.ts';
import type { FileChoice, Problem } from './app-state.ts';
import type { OpenedShare } from './open-share.ts';
import type { Saver } from './ports/saver.ts';
import { SaveError } from './ports/saver.ts';
import { describeSaveError } from './problems.ts';
import { createSaveJob } from './save-share.ts';

export interface ShareSaverEvents {
  readonly onChange: () => void;
  readonly onProblem: (problem: Problem) => void;
}

interface SaveRequest {
  readonly which: FileChoice;
  /** The file list, or undefined where it is broken. */
  readonly findFiles: () => Promise<readonly FileEntry[] | undefined>;
  /** What was picked, instead of the browser's downloads. */
  readonly place?: Saver | undefined;
  /** The browser has every byte. Called before anybody hears that the saving has ended. */
  readonly onSaved?: () => void;
}

/** What was asked for, until it has ended: its turn may still come. */
interface AskedSave {
  readonly abort: AbortController;
  readonly onSaved: (() => void)[];
  ended: Promise<void>;
}

function ignore(): void {}

/** Saves one share, one download at a time; what is asked for meanwhile follows. */
export class ShareSaver {
  readonly #share: OpenedShare;
  readonly #saver: Saver;
  readonly #source: SealedPieceSource;
  readonly #events: ShareSaverEvents;
  /** Under way or waiting, by the place that was picked, or by the files of the browser's download. */
  readonly #asked = new Map<Saver | string, AskedSave>();
  #underway: { percent: number } | undefined;
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

  /** What waits for its turn is given up as well. */
  abort(): void {
    for (const { abort } of this.#asked.values()) abort.abort();
    this.#asked.clear();
  }

  /**
   * Resolves when it has ended, however it did. While something else is being saved it waits for its turn; a download
   * of the same files that is under way or waiting stands for both.
   */
  async save(request: SaveRequest): Promise<void> {
    const key = request.place ?? String(request.which);
    const same = this.#asked.get(key);
    const asked: AskedSave = same ?? {
      abort: new AbortController(),
      onSaved: [],
      ended: Promise.resolve(),
    };
    if (request.onSaved !== undefined) asked.onSaved.push(request.onSaved);
    if (same === undefined) {
      this.#asked.set(key, asked);
      asked.ended = this.#takeTurn(request, asked, () => {
        if (this.#asked.get(key) === asked) this.#asked.delete(key);
      });
    }
    await asked.ended;
  }

  async #takeTurn(request: SaveRequest, asked: AskedSave, onEnd: () => void): Promise<void> {
    while (this.#underway !== undefined) await this.#ended;
    if (asked.abort.signal.aborted) return;
    const saving = this.#save(request, asked, onEnd);
    this.#ended = saving.catch(ignore);
    await saving;
  }

  async #save(
    { which, findFiles, place }: SaveRequest,
    { abort, onSaved }: AskedSave,
    onEnd: () => void,
  ): Promise<void> {
    const underway = { percent: 0 };
    const [renamed, leftOut]: [string[], string[]] = [[], []];
    this.#underway = underway;
    this.#events.onChange();
    try {
      const files = await findFiles();
      if (files === undefined) return;
      const job = createSaveJob(this.#share, this.#source, files, which);
      const totalBytes = Math.max(
        1,
        job.files.reduce((total, { size }) => total + size, 0),
      );
      await (place ?? this.#saver).save({
        ...job,
        signal: abort.signal,
        onProgress: (savedBytes) => {
          underway.percent = Math.floor((savedBytes / totalBytes) * 100);
        },
        onRefusedName: (path, savedAs) =>
          void (savedAs === undefined ? leftOut.push(path) : renamed.push(savedAs)),
      });
      if (renamed.length + leftOut.length > 0) {
        this.#events.onProblem({ code: 'names-refused', renamed, leftOut });
      }
      if (leftOut.length === 0) for (const tell of onSaved) tell();
    } catch (error) {
      if (!(error instanceof SaveError)) throw error;
      if (!abort.signal.aborted) this.#events.onProblem(describeSaveError(error.code));
    } finally {
      this.#underway = undefined;
      onEnd();
      this.#events.onChange();
    }
  }
}
