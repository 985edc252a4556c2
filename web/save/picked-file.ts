import type { SaveJob, Saver } from '../app/ports/saver.ts';
import { prepareDownload } from './prepare-download.ts';
import { writeFile } from './write-file.ts';

/**
 * Streams into the file that a person picked: one file as it is, several as a zip. The browser has made that file, or
 * emptied one that was there, and does not tell which: so it stays where it is, whatever comes of the saving.
 */
export class PickedFile implements Saver {
  readonly #handle: FileSystemFileHandle;

  constructor(handle: FileSystemFileHandle) {
    this.#handle = handle;
  }

  async canSave(): Promise<boolean> {
    return true;
  }

  save(job: SaveJob): Promise<void> {
    return writeFile(this.#handle, prepareDownload(job).stream());
  }
}
