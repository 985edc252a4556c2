import { join } from 'node:path';
import { computeSha256 } from '../files/compute-sha256.ts';

/** What a browser saves, whichever it is. */
export interface BrowserDownload {
  suggestedFilename: () => string;
  /** Resolves when all of it is at that path. */
  saveAs: (path: string) => Promise<void>;
}

interface ReceivingCard {
  /** Presses Download. */
  download: () => Promise<BrowserDownload>;
}

export interface Received {
  /** The name that the browser would save it under. */
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
}

let savedCount = 0;

/** Downloads an opened share to the end, as a person does, and saves what the browser is given. */
export async function receive(card: ReceivingCard, folder: string): Promise<Received> {
  return keepDownload(card.download(), folder);
}

/** Saves a download beside the test's files and looks at it outside the page. */
export async function keepDownload(
  download: Promise<BrowserDownload>,
  folder: string,
): Promise<Received> {
  savedCount += 1;
  const path = join(folder, `saved-${savedCount}`);
  const saved = await download;
  await saved.saveAs(path);
  return { name: saved.suggestedFilename(), path, sha256: await computeSha256(path) };
}
