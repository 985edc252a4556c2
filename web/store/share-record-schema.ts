import type { ShareRecord } from '../app/ports/share-records.ts';
import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import * as v from 'valibot';
import { LIMIT_CHOICES } from '../app/card-end.ts';
import { MAX_COPIES } from '../../shared/share/copy-target.ts';
import { decodeShareEnd } from '../../shared/share/share-end.ts';
import { isShareId } from '../../shared/share/share-id.ts';
import { isBytes } from './owned-bytes.ts';

const SECRET_LENGTH = 16;

const Size = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Copies = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_COPIES));
const Serial = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1));
const SomeBytes = v.custom<Bytes>(isBytes);
const Secret = v.custom<Bytes>((value) => isBytes(value) && value.byteLength === SECRET_LENGTH);
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Downloads = v.object({ count: Count, limit: v.picklist(LIMIT_CHOICES) });

const SharerPart = v.object({
  role: v.literal('sharer'),
  signingKey: v.custom<CryptoKey>(isSigningKey),
  index: SomeBytes,
  files: v.array(
    v.object({ path: v.string(), size: Size, modifiedMs: v.pipe(v.number(), v.safeInteger()) }),
  ),
  // A record is worth more than the way to its files.
  handles: v.fallback(v.optional(v.array(v.custom<FileSystemHandle>(isHandle))), undefined),
  copyTarget: v.fallback(v.optional(v.object({ copies: Copies, serial: Serial })), undefined),
  downloads: v.fallback(v.optional(Downloads), undefined),
});

const WantedPart = v.object({
  files: v.array(Count),
  ranges: v.array(v.tuple([Count, Count])),
  bytes: Size,
});
const ReceiverPart = v.object({
  role: v.literal('receiver'),
  saved: v.boolean(),
  savedFiles: v.fallback(v.optional(v.union([v.literal('all'), v.array(Count)])), undefined),
  wanted: v.fallback(v.optional(WantedPart), undefined),
});

const Record = v.object({
  shareId: v.custom<ShareId>((value) => typeof value === 'string' && isShareId(value)),
  secret: Secret,
  keySecret: v.optional(Secret),
  header: SomeBytes,
  end: v.fallback(v.optional(v.custom<Bytes>(isEnd)), undefined),
  addedAtMs: v.pipe(v.number(), v.safeInteger()),
  wish: v.picklist(['run', 'pause']),
  part: v.variant('role', [SharerPart, ReceiverPart]),
});

/** A stored record, or undefined for anything else that lies in its place. */
export function parseShareRecord(stored: unknown): ShareRecord | undefined {
  const result = v.safeParse(Record, stored);
  return result.success ? result.output : undefined;
}

function isEnd(value: unknown): boolean {
  return isBytes(value) && decodeShareEnd(value) !== undefined;
}

function isHandle(value: unknown): boolean {
  return typeof FileSystemHandle === 'function' && value instanceof FileSystemHandle;
}

function isSigningKey(value: unknown): boolean {
  return value instanceof CryptoKey && value.type === 'private' && value.usages.includes('sign');
}
