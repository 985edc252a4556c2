import type { FileEntry } from '../../shared/share/file-index.ts';
import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type { PreviewContent } from './app-state.ts';
import type { OpenedShare } from './open-share.ts';
import type { Views } from './ports/views.ts';
import type { ReadableShare } from './readable-share.ts';
import { FocusedReader } from './focused-reader.ts';
import { gatherParts } from './gather-parts.ts';
import { passTime } from './pass-time.ts';
import { previewFile } from './preview-file.ts';

const LOOK_EVERY_MS = 250;

export interface OpenPreviewParts {
  readonly share: OpenedShare;
  readonly find: () => ReadableShare | undefined;
  readonly clock: Clock;
  readonly views: Views;
  readonly signal: AbortSignal;
}

/** What is to be shown of one file. Its list, where that is not here yet, is fetched before all else. */
export function openPreview(parts: OpenPreviewParts, fileNumber: number): Promise<PreviewContent> {
  const { share, find, clock, views, signal } = parts;
  const reader = new FocusedReader({ share, find, clock });
  const findFiles = async (): Promise<readonly FileEntry[]> => {
    // Read to be there, and read as a list by whoever keeps it.
    const { indexLength } = share.header;
    await gatherParts(reader.read(0, indexLength, signal), indexLength);
    for (;;) {
      const files = await find()?.findFiles();
      if (files !== undefined) return files;
      await passTime(clock, LOOK_EVERY_MS);
      signal.throwIfAborted();
    }
  };
  return previewFile({ share, reader, views, findFiles, signal }, fileNumber);
}
