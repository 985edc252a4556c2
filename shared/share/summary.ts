import { encodeU16, encodeU32, readU64, writeU64 } from './big-endian.ts';
import type { Bytes } from './bytes.ts';
import { concatBytes, equalBytes, utf8 } from './bytes.ts';
import type { Decoded } from './decoded.ts';
import { decoded, refused } from './decoded.ts';
import { shortenName } from './file-name.ts';
import type { Geometry } from './geometry.ts';
import { GCM_TAG_LENGTH, MAX_STREAM_LENGTH } from './geometry.ts';
import { MAX_FILE_COUNT } from './index-limits.ts';
import type { ShareId } from './share-id.ts';
import { shareIdBytes } from './share-id.ts';
import type { ShareKeys } from './share-keys.ts';

export const MAX_SEALED_SUMMARY_LENGTH = 512;

const PADDED_TO = 64;
const NAME_AT = 14;
const MAX_PADDED_LENGTH =
  Math.floor((MAX_SEALED_SUMMARY_LENGTH - GCM_TAG_LENGTH) / PADDED_TO) * PADDED_TO;
const MAX_NAME_LENGTH = MAX_PADDED_LENGTH - NAME_AT;
// A summary key is derived for one share and seals this one text, once: a share's header is made once and then kept.
const NONCE = new Uint8Array(12);

/** What a member is shown before anything is fetched. */
export interface Summary {
  /** As the sharer named it: not cleaned, to be shown and saved through `cleanFileName` only. */
  readonly name: string;
  readonly fileCount: number;
  /** Bytes of all files together, index excluded. */
  readonly totalBytes: number;
}

export type SummaryViolation =
  | 'wrong-length'
  | 'not-authentic'
  | 'wrong-file-count'
  | 'wrong-total'
  | 'wrong-name'
  | 'wrong-padding';

/** The part of a header that a summary stands in. */
interface SummaryCarrier {
  readonly geometry: Geometry;
  readonly indexLength: number;
  readonly sealedSummary: Bytes;
}

/**
 * At most 512 bytes, in steps of 64 so that the length says little about the name; a longer name is shortened.
 * @throws RangeError for a count or a total beyond the limits
 */
export async function sealSummary(
  summary: Summary,
  keys: ShareKeys,
  shareId: ShareId,
): Promise<Bytes> {
  const algorithm = { name: 'AES-GCM', iv: NONCE, additionalData: shareIdBytes(shareId) };
  const sealed = await crypto.subtle.encrypt(algorithm, keys.summary, encodeSummary(summary));
  return new Uint8Array(sealed);
}

/** Strict: a summary that disagrees with its header or has a stray byte is refused. */
export async function openSummary(
  header: SummaryCarrier,
  keys: ShareKeys,
  shareId: ShareId,
): Promise<Decoded<Summary, SummaryViolation>> {
  const paddedLength = header.sealedSummary.byteLength - GCM_TAG_LENGTH;
  const isPadded = paddedLength > 0 && paddedLength % PADDED_TO === 0;
  if (!isPadded || paddedLength > MAX_PADDED_LENGTH) return refused('wrong-length');
  const algorithm = { name: 'AES-GCM', iv: NONCE, additionalData: shareIdBytes(shareId) };
  let padded: Bytes;
  try {
    const opened = await crypto.subtle.decrypt(algorithm, keys.summary, header.sealedSummary);
    padded = new Uint8Array(opened);
  } catch {
    return refused('not-authentic');
  }
  const summary = decodeSummary(padded);
  if (!summary.ok) return summary;
  const filesLength = header.geometry.streamLength - header.indexLength;
  return summary.value.totalBytes === filesLength ? summary : refused('wrong-total');
}

/** Whether the link these keys come from is the one this header was made for. False means a damaged link. */
export function isKeyFor(header: { readonly keyCheck: Bytes }, keys: ShareKeys): boolean {
  return equalBytes(header.keyCheck, keys.keyCheck);
}

function encodeSummary(summary: Summary): Bytes {
  const { fileCount, totalBytes } = summary;
  if (!isFileCount(fileCount)) throw new RangeError(`${fileCount} files`);
  if (!isTotal(totalBytes)) throw new RangeError(`${totalBytes} bytes`);
  const name = utf8(shortenName(summary.name, MAX_NAME_LENGTH));
  const total = new Uint8Array(8);
  writeU64(new DataView(total.buffer), 0, totalBytes);
  const plain = concatBytes(encodeU32(fileCount), total, encodeU16(name.byteLength), name);
  const padded = new Uint8Array(Math.ceil(plain.byteLength / PADDED_TO) * PADDED_TO);
  padded.set(plain);
  return padded;
}

function decodeSummary(padded: Bytes): Decoded<Summary, SummaryViolation> {
  const view = new DataView(padded.buffer);
  const fileCount = view.getUint32(0);
  if (!isFileCount(fileCount)) return refused('wrong-file-count');
  const totalBytes = readU64(view, 4);
  if (totalBytes === undefined || !isTotal(totalBytes)) return refused('wrong-total');
  const end = NAME_AT + view.getUint16(12);
  if (end > padded.byteLength) return refused('wrong-name');
  if (padded.byteLength - end >= PADDED_TO) return refused('wrong-padding');
  if (padded.subarray(end).some((byte) => byte !== 0)) return refused('wrong-padding');
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return decoded({ name: decoder.decode(padded.subarray(NAME_AT, end)), fileCount, totalBytes });
  } catch {
    return refused('wrong-name');
  }
}

function isFileCount(count: number): boolean {
  return Number.isInteger(count) && count >= 1 && count <= MAX_FILE_COUNT;
}

function isTotal(bytes: number): boolean {
  return Number.isSafeInteger(bytes) && bytes >= 0 && bytes < MAX_STREAM_LENGTH;
}
