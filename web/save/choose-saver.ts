import type { SaveJob, Saver } from '../app/ports/saver.ts';
import { SaveError } from '../app/ports/saver.ts';

/**
 * Downloads up to `blobBytes` as a Blob, larger ones streamed to disk where the browser can. Where the one way fails for
 * want of room or of a worker, the other is tried.
 */
export function chooseSaver(
  blobSaver: Saver,
  streamSaver: Saver | undefined,
  blobBytes: number,
): Saver {
  return {
    canSave: async (byteLength) =>
      (await blobSaver.canSave(byteLength)) || (await streamSaver?.canSave(byteLength)) === true,
    async save(job: SaveJob): Promise<void> {
      const size = job.files.reduce((total, file) => total + file.size, 0);
      if (streamSaver === undefined) return blobSaver.save(job);
      // What a worker that was stopped has left shows as a failed download, and the file can still come.
      const [first, second, surmountable] =
        size <= blobBytes
          ? ([blobSaver, streamSaver, 'too-large'] as const)
          : ([streamSaver, blobSaver, 'write-failed'] as const);
      try {
        await first.save(job);
      } catch (error) {
        if (!(error instanceof SaveError) || error.code !== surmountable) throw error;
        await second.save(job);
      }
    },
  };
}
