import type { Saver } from '../app/ports/saver.ts';
import { assembleBlob } from './assemble-blob.ts';
import { assembleByResponse } from './assemble-by-response.ts';
import { BlobSaver } from './blob-saver.ts';
import { createBrowserDownloadPage } from './browser-download-page.ts';
import { chooseSaver } from './choose-saver.ts';
import { offerBlob } from './offer-blob.ts';
import { StreamSaver } from './stream-saver.ts';

/** Past about this browsers run out of room for Blobs, and say so late. */
const MAX_BLOB_BYTES = 512 * 1024 ** 2;
/** More than this is streamed to disk. */
const SMALL_BYTES = 32 * 1024 ** 2;
/** In Firefox a Blob may be a temporary file, which has to fit on the disk, or in memory where that holds such files. */
const MAX_TEMPORARY_BYTES = 2 * 1024 ** 3;

/** The best way to save that this browser has. */
export function createBrowserSaver(
  findWorker: Parameters<typeof createBrowserDownloadPage>[0],
): Saver {
  const streamSaver = new StreamSaver(createBrowserDownloadPage(findWorker));
  // Firefox gives a short file its final name where a service worker ends in the middle (V3). Private windows, which
  // keep Blobs in memory, have no worker.
  if (navigator.userAgent.includes('Firefox/') && 'serviceWorker' in navigator) {
    const limitBytes = MAX_TEMPORARY_BYTES;
    const blobSaver = new BlobSaver({ limitBytes, assemble: assembleByResponse, offer: offerBlob });
    return chooseSaver(blobSaver, streamSaver, limitBytes);
  }
  const limitBytes = MAX_BLOB_BYTES;
  const blobSaver = new BlobSaver({ limitBytes, assemble: assembleBlob, offer: offerBlob });
  return chooseSaver(blobSaver, streamSaver, SMALL_BYTES);
}
