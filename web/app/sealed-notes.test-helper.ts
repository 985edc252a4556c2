import type { Bytes } from '../../shared/share/bytes.ts';
import type { OpenedShare } from './open-share.ts';
import type { ShareRecord } from './ports/share-records.ts';
import { sealPiece } from '../../shared/share/piece-sealing.ts';
import { makeShare } from './make-share.ts';
import { openShare } from './open-share.ts';

export const NOTES = [
  { path: 'notes.txt', file: new File(['notes'], 'notes.txt', { lastModified: 1 }) },
] as const;

/** A share of one small file and its only piece. */
export async function sealNotes(): Promise<{
  /** As its sharer's browser remembers it. */
  readonly record: ShareRecord;
  readonly share: OpenedShare;
  readonly sealed: Bytes;
}> {
  const made = await makeShare(NOTES, 0);
  if (made.kind !== 'made' || made.record.part.role !== 'sharer') throw new Error('not made');
  const { record } = made;
  const { index, signingKey } = made.record.part;
  const opened = await openShare(record, record.header);
  if (opened.kind !== 'opened') throw new Error('not opened');
  const { share } = opened;
  const plaintext = new Uint8Array(share.header.geometry.streamLength);
  plaintext.set(index);
  const { sealed } = await sealPiece(share.context, share.keys.piece, signingKey, 0, plaintext);
  return { record, share, sealed };
}
