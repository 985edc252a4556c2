import type { FileChoice } from './file-choice.ts';

/** Which files of a share were saved, wanted or not: a person who wants one of them again has it. */
export class SavedFiles {
  #files: ReadonlySet<number> | 'all' = new Set();

  get files(): FileChoice {
    return this.#files === 'all' ? 'all' : [...this.#files];
  }

  add(files: FileChoice): void {
    if (files === 'all') this.#files = 'all';
    else if (this.#files !== 'all') this.#files = new Set([...this.#files, ...files]);
  }

  /** What of these was not saved; undefined where all of it was. Everything, while nobody knows how many files that is. */
  findDue(wanted: FileChoice, fileCount: number | undefined): FileChoice | undefined {
    const saved = this.#files;
    if (saved === 'all') return undefined;
    const files = wanted === 'all' ? listFiles(fileCount) : wanted;
    if (files === undefined) return 'all';
    const due = files.filter((file) => !saved.has(file));
    if (due.length === 0) return undefined;
    return due.length === fileCount ? 'all' : due;
  }
}

function listFiles(count: number | undefined): readonly number[] | undefined {
  return count === undefined ? undefined : Array.from({ length: count }, (_, file) => file);
}
