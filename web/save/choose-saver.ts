import type { SaveJob, Saver } from '../app/ports/saver.ts';
import { SaveError } from '../app/ports/saver.ts';

const SMALL_BYTES = 32 * 1024 * 1024;

/** Small downloads as a Blob, larger ones streamed to disk where the browser can, else as a Blob after all. */
export function chooseSaver(blobSaver: Saver, streamSaver: Saver | undefined): Saver {
  return {
    canSave: async (byteLength) =>
      (await blobSaver.canSave(byteLength)) || (await streamSaver?.canSave(byteLength)) === true,
    async save(job: SaveJob): Promise<void> {
      const size = job.files.reduce((total, file) => total + file.size, 0);
      if (streamSaver === undefined || size <= SMALL_BYTES) return blobSaver.save(job);
      try {
        await streamSaver.save(job);
      } catch (error) {
        // No worker, or one that was stopped: whatever it left shows as a failed download, and the file can still come.
        if (!(error instanceof SaveError) || error.code !== 'write-failed') throw error;
        await blobSaver.save(job);
      }
    },
  };
}
