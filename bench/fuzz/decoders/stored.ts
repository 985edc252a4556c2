import type { VectorShare } from '../../../shared/share/vector-share.test-helper.ts';
import type { Decoder } from '../decoder.ts';
import { makeBundle, parseBundle, readFromBundle } from '../../../web/store/piece-bundle.ts';
import { bundleKey, piecesInKey } from '../../../web/store/piece-key.ts';
import { parseShareRecord } from '../../../web/store/share-record-schema.ts';
import { accepted, judged, mustHold, refused, REFUSED } from '../decoder.ts';
import { mutateStored, readValue, writeValue } from '../stored-value.ts';

/** What stands for a key in an input, since keys cannot be written down. */
const KEY_MARK = 'the signing key';
const BLOB_MARK = 'a blob';
const MAX_RECORD_BYTES = 256 * 1024;
const BUNDLE_COUNT = 3;

/** What lies in the browser's databases, where it may have been altered. */
export function createStoredDecoders(share: VectorShare): readonly Decoder[] {
  return [createRecordDecoder(share), BUNDLE_DECODER, createKeyDecoder(share)];
}

function createRecordDecoder(share: VectorShare): Decoder {
  const { shareId, secret, header, index, privateKey, ends } = share;
  const record = { shareId, secret, header: header.bytes, addedAtMs: 1, wish: 'run' };
  const files = [{ path: 'holiday/a.jpg', size: 10, modifiedMs: 5 }];
  const sharer = { role: 'sharer', signingKey: KEY_MARK, index, files };
  const parts = [sharer, { role: 'receiver', saved: false }, { role: 'receiver', saved: true }];
  const guarded = { ...record, keySecret: secret, end: ends[0] };
  return {
    name: 'share-record',
    corpus: [record, guarded].flatMap((base) => parts.map((part) => writeValue({ ...base, part }))),
    violations: [REFUSED],
    maxOutputBytes: MAX_RECORD_BYTES,
    mutate: mutateStored,
    judge(input) {
      const stored = readValue(input);
      const parsed = parseShareRecord(putBack(stored, KEY_MARK, privateKey));
      if (parsed === undefined) return refused(REFUSED);
      mustHold(/^[\w-]{21}[AQgw]$/.test(parsed.shareId), 'D8: share ID');
      mustHold(parsed.secret.byteLength === 16, 'D8: secret');
      mustHold((parsed.keySecret?.byteLength ?? 16) === 16, 'D15: key secret');
      mustHold((parsed.end?.byteLength ?? 76) === 76, 'D15: end');
      mustHold(parsed.header instanceof Uint8Array, 'D8: header');
      mustHold(['run', 'pause'].includes(parsed.wish), 'D8: wish');
      const isSharer = parsed.part.role === 'sharer';
      mustHold(!isSharer || parsed.part.signingKey === privateKey, 'D8: signing key');
      mustHold(isSharer || typeof parsed.part.saved === 'boolean', 'D8: saved');
      return accepted(parsed);
    },
  };
}

const BUNDLE_DECODER: Decoder = {
  name: 'piece-bundle',
  corpus: [
    writeValue(makeBundle(makePieces([180, 1, 96]), 'bytes')),
    writeValue(makeBundle(makePieces([0, 0, 5]), 'bytes')),
    writeValue({ lengths: [3, 2, 1], body: BLOB_MARK }),
  ],
  violations: [REFUSED, 'lost'],
  maxOutputBytes: 256 * 1024,
  mutate: mutateStored,
  async judge(input) {
    const stored = putBack(readValue(input), BLOB_MARK, new Blob(['abcdef']));
    const bundle = parseBundle(stored, BUNDLE_COUNT);
    if (bundle === undefined) return refused(REFUSED);
    const pieces = [];
    for (let position = 0; position < BUNDLE_COUNT; position += 1) {
      const piece = await readFromBundle(bundle, position);
      mustHold(
        piece === undefined || piece.byteLength === bundle.lengths[position],
        'D1: a piece has the length that was written',
      );
      if (piece === undefined) return refused('lost');
      pieces.push(piece.slice());
    }
    return accepted(pieces);
  },
};

function createKeyDecoder({ shareId }: VectorShare): Decoder {
  return {
    name: 'piece-key',
    corpus: [[0], [1, 2, 300], [65_535]].map((pieces) => writeValue(bundleKey(shareId, pieces))),
    violations: [REFUSED],
    maxOutputBytes: 256 * 1024,
    mutate: mutateStored,
    judge(input) {
      const key = readValue(input);
      if (!isKey(key)) return refused(REFUSED);
      const pieces = piecesInKey(key);
      mustHold(
        pieces.every((piece) => Number.isSafeInteger(piece) && piece >= 0),
        'D1: what is held is a piece number',
      );
      return judged(pieces.length === 0 ? undefined : pieces);
    },
  };
}

/** What a database can have as a key: no other comes out of one. */
function isKey(value: unknown): value is IDBValidKey {
  if (Array.isArray(value)) return value.every(isKey);
  if (typeof value === 'number') return !Number.isNaN(value);
  return typeof value === 'string' || value instanceof Date || ArrayBuffer.isView(value);
}

function makePieces(lengths: readonly number[]): Uint8Array<ArrayBuffer>[] {
  return lengths.map((length) => new Uint8Array(length).fill(length));
}

/** Puts what cannot be written down in the place of its mark. */
function putBack(value: unknown, mark: string, held: unknown): unknown {
  if (value === mark) return held;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => putBack(item, mark, held));
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, item]) => [key, putBack(item, mark, held)]));
}
