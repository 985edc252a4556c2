import type { Bytes } from '../../../shared/share/bytes.ts';
import type { FileEntry } from '../../../shared/share/file-index.ts';
import type { Summary } from '../../../shared/share/summary.ts';
import type { VectorShare } from '../../../shared/share/vector-share.test-helper.ts';
import type { Decoder } from '../decoder.ts';
import { readU64 } from '../../../shared/share/big-endian.ts';
import { equalBytes, utf8 } from '../../../shared/share/bytes.ts';
import { decodeIndex, encodeIndex } from '../../../shared/share/file-index.ts';
import {
  MAX_STREAM_LENGTH,
  computeGeometry,
  isStreamLength,
} from '../../../shared/share/geometry.ts';
import { shareIdBytes } from '../../../shared/share/share-id.ts';
import { openSummary, sealSummary } from '../../../shared/share/summary.ts';
import { accepted, mustHold, refused } from '../decoder.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { mutateJson, readJson } from '../mutate-json.ts';

const MAX_SUMMARY_BYTES = 4 * 1024;
const INTERESTING = [
  '"__proto__":{},',
  '..',
  '../',
  '\\\\',
  '\\u0000',
  '\\ud800',
  '/',
  '//',
  '-0',
  '1e308',
  '9007199254740992',
  '[[[[',
  ',',
  '\ufeff',
  '"size":0,',
].map(utf8);
const SUMMARIES: readonly Summary[] = [
  { name: '', fileCount: 1, totalBytes: 0 },
  { name: 'ä€😀'.repeat(8), fileCount: 100_000, totalBytes: 2 ** 37 },
  { name: 'n'.repeat(434), fileCount: 2, totalBytes: 1 },
];

/** What a member with the link reads of a share before and behind its first piece. */
export async function createContentDecoders(share: VectorShare): Promise<readonly Decoder[]> {
  return [createIndexDecoder(share), await createSummaryDecoder(share), createSealedDecoder(share)];
}

function createIndexDecoder({ index }: VectorShare): Decoder {
  const many = Array.from({ length: 40 }, (_, i) => ({ path: `a/${i}`, size: i, modifiedMs: -i }));
  return {
    name: 'index',
    corpus: [index, encodeIndex([{ path: 'a', size: 0 }]), encodeIndex(many)],
    violations: [
      'too-long',
      'not-utf-8',
      'not-json',
      'wrong-fields',
      'repeated-path',
      'wrong-total',
    ],
    maxOutputBytes: 1024 * 1024,
    mutate: (input, other, random) =>
      random.below(2) === 0
        ? mutateBytes(input, other, random, INTERESTING)
        : mutateJson(input, other, random),
    judge(input) {
      const streamLength = Math.min(
        MAX_STREAM_LENGTH,
        input.byteLength + sumSizes(readJson(input)),
      );
      const files = decodeIndex(input, streamLength);
      mustHold(!decodeIndex(input, streamLength + 1).ok, 'I4: the files fill the stream');
      if (!files.ok) return refused(files.violation);
      checkFiles(files.value);
      const again = encodeIndex(files.value);
      const total = again.byteLength + streamLength - input.byteLength;
      mustHold(
        JSON.stringify(decodeIndex(again, total)) === JSON.stringify(files),
        'I1: what was read is written and read again',
      );
      return accepted(files.value);
    },
  };
}

/** What I2 to I4 say, in other words than the decoder's. */
function checkFiles(files: readonly FileEntry[]): void {
  mustHold(files.length >= 1 && files.length <= 100_000, 'I2: number of files');
  for (const file of files) {
    const { path, size, modifiedMs } = file;
    const keys = Object.keys(file).filter((key) => !['path', 'size', 'modifiedMs'].includes(key));
    mustHold(keys.length === 0, 'I4: no field but these');
    mustHold(/^(?!.*[\0\\])(?:(?!\.{1,2}(?:\/|$))[^/]+(?:\/(?=.)|$))+$/s.test(path), 'I3: path');
    mustHold(path.length <= 1024, 'I3: length of a path');
    mustHold(Number.isSafeInteger(size) && size >= 0, 'I4: size');
    mustHold(modifiedMs === undefined || !Number.isNaN(new Date(modifiedMs).getTime()), 'I4: time');
  }
}

/** The stream length by which the total alone is never the reason to refuse. */
function sumSizes(json: unknown): number {
  if (typeof json !== 'object' || json === null || !('files' in json)) return 0;
  const files: readonly unknown[] = Array.isArray(json.files) ? json.files : [];
  let sum = 0;
  for (const file of files) {
    if (typeof file !== 'object' || file === null || !('size' in file)) continue;
    if (typeof file.size === 'number') sum += file.size;
  }
  return sum;
}

/** What only a member could seal: the form behind the encryption. */
async function createSummaryDecoder(share: VectorShare): Promise<Decoder> {
  const { keys, shareId, paddedSummary } = share;
  const additionalData = shareIdBytes(shareId);
  const algorithm = { name: 'AES-GCM', iv: new Uint8Array(12), additionalData };
  const open = async (sealed: Bytes): Promise<Bytes> =>
    new Uint8Array(await crypto.subtle.decrypt(algorithm, keys.summary, sealed));
  const others = SUMMARIES.map(async (summary) => open(await sealSummary(summary, keys, shareId)));
  return {
    name: 'summary',
    corpus: [paddedSummary, ...(await Promise.all(others))],
    violations: ['wrong-length', 'wrong-file-count', 'wrong-total', 'wrong-name', 'wrong-padding'],
    maxOutputBytes: MAX_SUMMARY_BYTES,
    mutate: (input, other, random) => {
      const mutated = mutateBytes(input, other, random);
      return random.below(8) === 0 ? mutated : pad(mutated);
    },
    async judge(input) {
      const sealedSummary = new Uint8Array(
        await crypto.subtle.encrypt(algorithm, keys.summary, input),
      );
      const indexLength = 1;
      const geometry = computeGeometry(indexLength + readTotal(input));
      const header = { geometry, indexLength, sealedSummary };
      const summary = await openSummary(header, keys, shareId);
      if (!summary.ok) return refused(summary.violation);
      const { name, fileCount, totalBytes } = summary.value;
      mustHold(fileCount >= 1 && fileCount <= 100_000, 'I2: number of files');
      mustHold(totalBytes === readTotal(input), 'I8: total');
      mustHold(utf8(name).byteLength <= 434, 'I6: length of a name');
      const again = await sealSummary(summary.value, keys, shareId);
      mustHold(equalBytes(again, sealedSummary), 'I6: one form');
      return accepted(summary.value);
    },
  };
}

function createSealedDecoder({ header, keys, shareId }: VectorShare): Decoder {
  return {
    name: 'summary-sealed',
    corpus: [header.sealedSummary],
    violations: ['wrong-length', 'not-authentic'],
    maxOutputBytes: MAX_SUMMARY_BYTES,
    mutate: (input, other, random) => mutateBytes(input, other, random),
    async judge(input) {
      const summary = await openSummary({ ...header, sealedSummary: input }, keys, shareId);
      if (!summary.ok) return refused(summary.violation);
      mustHold(equalBytes(input, header.sealedSummary), 'I6: nobody without the link makes one');
      return accepted(summary.value);
    },
  };
}

function pad(bytes: Bytes): Bytes {
  const padded = new Uint8Array(Math.max(64, Math.ceil(bytes.byteLength / 64) * 64));
  padded.set(bytes);
  return padded;
}

/** A total by which no other field is kept from being looked at. */
function readTotal(padded: Bytes): number {
  if (padded.byteLength < 12) return 0;
  const total = readU64(new DataView(padded.buffer), 4) ?? 0;
  return isStreamLength(total + 1) ? total : 0;
}
