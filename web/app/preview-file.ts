import type { FileEntry } from '../../shared/share/file-index.ts';
import type { PreviewContent } from './app-state.ts';
import type { FocusedReader } from './focused-reader.ts';
import type { OpenedShare } from './open-share.ts';
import type { Views } from './ports/views.ts';
import { StreamReadError } from '../../shared/share/share-stream.ts';
import { locateFiles } from '../../shared/share/file-index.ts';
import { decodeText } from './decode-text.ts';
import { findLink } from './find-link.ts';
import { gatherParts } from './gather-parts.ts';
import { findMediaType, findPreviewKind } from './preview-kinds.ts';

const SHOWN_TEXT_BYTES = 256 * 1024;
/** Elements hold all of an image, and a page all of one that no worker streams to it. */
const MAX_IMAGE_BYTES = 64 * 1024 ** 2;
const MAX_EMBEDDED_BYTES = 16 * 1024 ** 2;

export interface PreviewFileParts {
  readonly share: OpenedShare;
  readonly reader: FocusedReader;
  readonly views: Views;
  /** Resolves once the list can be read. */
  readonly findFiles: () => Promise<readonly FileEntry[]>;
  /** Ends the preview, and all that is read for it. */
  readonly signal: AbortSignal;
}

/** What is to be shown of one file, as soon as that is known. Rejects with the signal's reason once that is aborted. */
export async function previewFile(
  parts: PreviewFileParts,
  fileNumber: number,
): Promise<PreviewContent> {
  try {
    return await openFile(parts, fileNumber);
  } catch (error) {
    if (!(error instanceof StreamReadError)) throw error;
    return { kind: 'refused', reason: 'unreadable' };
  }
}

async function openFile(parts: PreviewFileParts, fileNumber: number): Promise<PreviewContent> {
  const { share, reader, views, signal } = parts;
  const files = await parts.findFiles();
  const file = files[fileNumber];
  const place = locateFiles(share.header.indexLength, files)[fileNumber];
  const kind = file && findPreviewKind(file.path);
  if (place === undefined || kind === undefined) return { kind: 'refused', reason: 'not-text' };
  const { offset, length: size } = place;
  const read = (from: number, length: number, ended: AbortSignal) =>
    reader.read(offset + from, length, ended);
  if (kind === 'text') {
    const length = Math.min(size, SHOWN_TEXT_BYTES);
    const text = decodeText(await gatherParts(read(0, length, signal), length), length < size);
    if (text === undefined) return { kind: 'refused', reason: 'not-text' };
    const isWhole = length === size;
    return { kind: 'text', text, isWhole, link: isWhole ? findLink(text) : undefined };
  }
  if (kind === 'image' && size > MAX_IMAGE_BYTES) return { kind: 'refused', reason: 'too-large' };
  const type = findMediaType(file?.path ?? '') ?? '';
  const view = await views.open({ type, size, read });
  if (view !== undefined) {
    // Whoever closed it meanwhile is not told again.
    if (signal.aborted) view.close();
    signal.throwIfAborted();
    signal.addEventListener('abort', view.close, { once: true });
    return { kind, address: view.address };
  }
  if (kind !== 'image' || size > MAX_EMBEDDED_BYTES)
    return { kind: 'refused', reason: 'save-first' };
  const bytes = await gatherParts(read(0, size, signal), size);
  return { kind, address: await views.embed(type, bytes) };
}
