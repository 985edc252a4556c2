import { readFile } from 'node:fs/promises';

import type { ShareId } from '../shared/share/share-id.ts';
import { isShareId } from '../shared/share/share-id.ts';

/** What is wrong with the list, in one sentence. */
export class DeniedSharesError extends Error {
  override readonly name = 'DeniedSharesError';
}

/** Reads one share ID a line; a `#` begins a comment. Rejects with DeniedSharesError. */
export async function readDeniedShares(path: string): Promise<ReadonlySet<ShareId>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    throw new DeniedSharesError('The file that DENIED_SHARES_FILE names cannot be read.');
  }
  const shareIds = new Set<ShareId>();
  for (const [index, line] of text.split('\n').entries()) {
    const entry = line.replace(/#.*$/u, '').trim();
    if (entry === '') continue;
    if (!isShareId(entry)) {
      throw new DeniedSharesError(`DENIED_SHARES_FILE: line ${index + 1} is not a share ID.`);
    }
    shareIds.add(entry);
  }
  return shareIds;
}
