import type { Bytes } from '../../shared/share/bytes.ts';
import type { FileEntry } from '../../shared/share/file-index.ts';
import type { SealedPieceSource } from '../../shared/share/share-stream.ts';
import type { OpenedShare } from './open-share.ts';
import type { SaveFile, SaveJob } from './ports/saver.ts';
import { gatherParts } from './gather-parts.ts';
import { decodeIndex, locateFiles } from '../../shared/share/file-index.ts';
import { cleanFileName, cleanPath } from '../../shared/share/file-name.ts';
import { readStream } from '../../shared/share/share-stream.ts';
import { makePathsUnique } from './share-name.ts';

/** Reads the file list, whose pieces are held. Undefined where the sharer sealed something else in its place. */
export async function readIndex(
  share: OpenedShare,
  source: SealedPieceSource,
): Promise<readonly FileEntry[] | undefined> {
  const { header, context, keys } = share;
  const { indexLength, geometry } = header;
  const parts = readStream(source, context, keys.piece, 0, indexLength);
  const index = decodeIndex(await gatherParts(parts, indexLength), geometry.streamLength);
  return index.ok ? index.value : undefined;
}

/** What to save: one of the files, or all of them; several become one zip. Names are made safe here. */
export function createSaveJob(
  share: OpenedShare,
  source: SealedPieceSource,
  files: readonly FileEntry[],
  which: number | 'all',
): Pick<SaveJob, 'name' | 'form' | 'files'> {
  const paths = makePathsUnique(files.map(({ path }) => cleanPath(path)));
  const places = locateFiles(share.header.indexLength, files);
  const saveFiles = files.map((file, i): SaveFile => {
    const { offset, length } = places[i] ?? { offset: 0, length: 0 };
    return {
      path: paths[i] ?? cleanPath(file.path),
      size: length,
      modifiedMs: file.modifiedMs,
      read: (): AsyncIterable<Bytes> =>
        readStream(source, share.context, share.keys.piece, offset, length),
    };
  });
  const chosen = which === 'all' ? saveFiles : saveFiles.slice(which, which + 1);
  const [only, second] = chosen;
  if (only !== undefined && second === undefined) {
    const name = only.path.slice(only.path.lastIndexOf('/') + 1);
    return { name, form: 'file', files: chosen };
  }
  return { name: cleanFileName(`${share.summary.name}.zip`), form: 'zip', files: chosen };
}
