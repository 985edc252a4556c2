import { describe, expect, test } from 'vitest';
import type { Bytes } from './bytes.ts';
import { concatBytes } from './bytes.ts';
import { decodeIndex } from './file-index.ts';
import { computeGeometry } from './geometry.ts';
import { decodeHeader, verifyHeader } from './header.ts';
import { openPiece, verifyPiece } from './piece-sealing.ts';
import { signShareEnd, verifyShareEnd } from './share-end.ts';
import { deriveShareKeys } from './share-keys.ts';
import { sign } from './signing-keys.ts';
import { shareIdBytes } from './share-id.ts';
import { openSignal } from './signal-sealing.ts';
import { isKeyFor, openSummary } from './summary.ts';
import { readVectorShare } from './vector-share.test-helper.ts';

const share = await readVectorShare();
const { header, keys, shareId, context, publicKey, lastPiece } = share;

/** What is done to a field, and in which order the tables below have the verdicts. */
const CORRUPTIONS = ['first byte', 'last byte', 'zeros', 'ones'] as const;
type Field = readonly [name: string, at: number, length: number, verdicts: readonly string[]];

function corrupt(bytes: Bytes, at: number, length: number, corruption: string): Bytes {
  const changed = bytes.slice();
  const place = corruption === 'last byte' ? at + length - 1 : at;
  if (corruption === 'zeros') changed.fill(0, at, at + length);
  else if (corruption === 'ones') changed.fill(0xff, at, at + length);
  else changed[place] = (changed[place] ?? 0) ^ 1;
  return changed;
}

/** The four verdicts on one field, each a different corruption of these bytes. */
async function judgeField(
  bytes: Bytes,
  [, at, length]: Field,
  judge: (changed: Bytes) => Promise<string>,
): Promise<readonly string[]> {
  return Promise.all(CORRUPTIONS.map((how) => judge(corrupt(bytes, at, length, how))));
}

/** Everything that a reader asks of a header before it believes it, in that order (H5). */
async function judgeHeader(bytes: Bytes): Promise<string> {
  const decoded = decodeHeader(bytes);
  if (!decoded.ok) return decoded.violation;
  if (!(await verifyHeader(decoded.value, shareId))) return 'not-signed';
  if (!isKeyFor(decoded.value, keys)) return 'damaged-link';
  const summary = await openSummary(decoded.value, keys, shareId);
  return summary.ok ? 'fine' : summary.violation;
}

async function judgePiece(sealed: Bytes): Promise<string> {
  const { piece } = lastPiece;
  const isVerified = await verifyPiece(context, publicKey, piece, sealed);
  const opened = await openPiece(context, keys.piece, piece, sealed);
  return `${isVerified ? 'verified' : 'refused'}, ${opened.ok ? 'opened' : opened.violation}`;
}

async function judgeEnd(bytes: Bytes): Promise<string> {
  return (await verifyShareEnd(publicKey, shareId, bytes)) === undefined ? 'refused' : 'taken';
}

async function judgeSignedAgain(bytes: Bytes): Promise<string> {
  return judgeHeader(await signAgain(bytes));
}

async function signAgain(bytes: Bytes): Promise<Bytes> {
  const unsigned = bytes.slice(0, -64);
  return concatBytes(unsigned, await sign(share.privateKey, 'peerify/header/1\0', unsigned));
}

/** The same verdict on every corruption. */
function all(verdict: string): readonly string[] {
  return CORRUPTIONS.map(() => verdict);
}

const [VERSION, PIECE, STREAM] = ['wrong-version', 'wrong-piece-size', 'wrong-stream-length'];
const [INDEX, KEY, LENGTH] = ['wrong-index-length', 'wrong-public-key', 'wrong-length'];
const FORGED = 'not-signed';

test('H5: without corruption all is fine', async () => {
  expect(await judgeHeader(header.bytes)).toBe('fine');
  expect(await judgeSignedAgain(header.bytes)).toBe('fine');
});

describe('a header with one field corrupted: first byte, last byte, zeros, ones', () => {
  test.for<Field>([
    ['version', 0, 1, all(VERSION)],
    ['piece size', 1, 4, all(PIECE)],
    ['stream length', 5, 8, [STREAM, FORGED, STREAM, STREAM]],
    ['index length', 13, 4, [INDEX, FORGED, INDEX, INDEX]],
    ['public key', 17, 65, [KEY, FORGED, KEY, KEY]],
    ['key-check', 82, 16, all(FORGED)],
    ['summary size', 98, 2, [LENGTH, LENGTH, LENGTH, 'wrong-summary-length']],
    ['summary', 100, 64, all(FORGED)],
    ['tag of the summary', 164, 16, all(FORGED)],
    ['r of the signature', 180, 32, all(FORGED)],
    ['s of the signature', 212, 32, all(FORGED)],
  ])('case P8; H2, H3: %s', async (field) => {
    const [, , , verdicts] = field;
    expect(await judgeField(header.bytes, field, judgeHeader)).toEqual(verdicts);
  });

  test('case P8; H1: the fields are the whole of it', () => {
    expect(header.bytes.byteLength).toBe(212 + 32);
  });
});

describe('the same, signed anew by the sharer itself', () => {
  test.for<Field>([
    ['version', 0, 1, all(VERSION)],
    ['piece size', 1, 4, all(PIECE)],
    ['stream length', 5, 8, [STREAM, 'wrong-total', STREAM, STREAM]],
    ['index length', 13, 4, [INDEX, 'wrong-total', INDEX, INDEX]],
    ['public key', 17, 65, [KEY, FORGED, KEY, KEY]],
    ['key-check', 82, 16, all('damaged-link')],
    ['summary size', 98, 2, [LENGTH, LENGTH, LENGTH, 'wrong-summary-length']],
    ['summary', 100, 64, all('not-authentic')],
    ['tag of the summary', 164, 16, all('not-authentic')],
  ])('case P9; H2, H5, I8: %s', async (field) => {
    const [, , , verdicts] = field;
    expect(await judgeField(header.bytes, field, judgeSignedAgain)).toEqual(verdicts);
  });
});

describe('a summary that a member sealed with one field corrupted', () => {
  const algorithm = {
    name: 'AES-GCM',
    iv: new Uint8Array(12),
    additionalData: shareIdBytes(shareId),
  };
  const judge = async (padded: Bytes): Promise<string> => {
    const sealed = await crypto.subtle.encrypt(algorithm, keys.summary, padded);
    const carrier = { ...header, sealedSummary: new Uint8Array(sealed) };
    const summary = await openSummary(carrier, keys, shareId);
    return summary.ok ? 'fine' : summary.violation;
  };
  const [COUNT, TOTAL, NAME] = ['wrong-file-count', 'wrong-total', 'wrong-name'];
  const PADDING = 'wrong-padding';

  // Three files instead of two, and another name, are what a member may say.
  test.for<Field>([
    ['file count', 0, 4, [COUNT, 'fine', COUNT, COUNT]],
    ['total', 4, 8, all(TOTAL)],
    ['length of the name', 12, 2, [NAME, PADDING, PADDING, NAME]],
    ['name', 14, 7, ['fine', 'fine', 'fine', NAME]],
    ['padding', 21, 43, [PADDING, PADDING, 'fine', PADDING]],
  ])('I6, I8: %s', async (field) => {
    const [, , , verdicts] = field;
    expect(await judgeField(share.paddedSummary, field, judge)).toEqual(verdicts);
  });
});

describe('a sealed piece with one field corrupted: whether it verifies, and whether it opens', () => {
  const LOST = all('refused, not-authentic');
  const UNSIGNED = all('refused, opened');

  test.for<Field>([
    ['ciphertext', 0, 100, LOST],
    ['tag', 100, 16, LOST],
    ['r of the signature', 116, 32, UNSIGNED],
    ['s of the signature', 148, 32, UNSIGNED],
  ])('case P10, P11; P4, P5: %s', async (field) => {
    const [, , , verdicts] = field;
    expect(await judgePiece(lastPiece.sealed)).toBe('verified, opened');
    expect(await judgeField(lastPiece.sealed, field, judgePiece)).toEqual(verdicts);
  });
});

describe('a sealed signal with one field corrupted', () => {
  const { from, to, sealed } = share.signal;
  const judge = async (changed: Bytes): Promise<string> => {
    const opened = await openSignal(keys.signal, shareId, from, to, changed);
    return opened === undefined ? 'ignored' : 'opened';
  };
  const IGNORED = all('ignored');

  test.for<Field>([
    ['nonce', 0, 12, IGNORED],
    ['ciphertext', 12, sealed.byteLength - 28, IGNORED],
    ['tag', sealed.byteLength - 16, 16, IGNORED],
  ])('S1, S2: %s', async (field) => {
    const [, , , verdicts] = field;
    expect(await judge(sealed)).toBe('opened');
    expect(await judgeField(sealed, field, judge)).toEqual(verdicts);
  });
});

describe("the sharer's word on the end of its share with one field corrupted", () => {
  test.for<Field>([
    ['time', 0, 8, all('refused')],
    ['serial', 8, 4, all('refused')],
    ['r of the signature', 12, 32, all('refused')],
    ['s of the signature', 44, 32, all('refused')],
  ])('T34: %s', async (field) => {
    const end = { endAtMs: 1_800_000_000_123, serial: 7 };
    const signed = await signShareEnd(share.privateKey, shareId, end);
    expect(await judgeEnd(signed)).toBe('taken');
    const [, , , verdicts] = field;
    expect(await judgeField(signed, field, judgeEnd)).toEqual(verdicts);
  });
});

describe('what a password gives, with one byte of it corrupted', () => {
  test('K3, K8: opens nothing, and the header alone tells', async () => {
    const keySecret = share.secret.map((byte) => byte ^ 0x55);
    const right = await deriveShareKeys(keySecret, shareId);
    for (let at = 0; at < keySecret.byteLength; at += 1) {
      const wrong = await deriveShareKeys(corrupt(keySecret, at, 1, 'first byte'), shareId);
      expect([at, isKeyFor({ keyCheck: right.keyCheck }, wrong)]).toEqual([at, false]);
    }
    // Nor does the link alone, which anybody between sharer and receiver may have read.
    expect(isKeyFor({ keyCheck: right.keyCheck }, keys)).toBe(false);
  });
});

describe('an index with one field replaced', () => {
  const text = new TextDecoder().decode(share.index);
  const [FIELDS, JSON_] = ['wrong-fields', 'not-json'];

  test.each([
    ['version', '"version":1', ['"version":0', '"version":"1"', '"version":null'], FIELDS],
    ['version twice', '"version":1,', ['"version":1,"version":2,'], FIELDS],
    [
      'a field that is no name',
      '"version":1',
      ['', 'version:1', '"version" 1', '"version":01'],
      JSON_,
    ],
    ['files', '"files":[', ['"file":[', '"files":[null,', '"files":[[],', '"files":[{},'], FIELDS],
    ['path', '"holiday/empty"', ['""', '"/"', '"a/../b"', '"\\u0000"', 'null', '[]'], FIELDS],
    ['path of another file', '"holiday/empty"', ['"holiday/Straße 1.jpg"'], 'repeated-path'],
    ['size', '"size":0', ['"size":-1', '"size":0.5', '"size":"0"', '"size":null'], FIELDS],
    ['size as large as a number', '"size":0', ['"size":9007199254740992', '"size":1e99'], FIELDS],
    ['size of one more', '"size":0', ['"size":1'], 'wrong-total'],
    ['size of the largest number', '"size":0', ['"size":9007199254740991'], 'wrong-total'],
    ['time', '1767225600000', ['8640000000000001', '0.5', '"0"', 'null', '{}'], FIELDS],
    [
      'a stray field',
      '"size":0',
      ['"size":0,"type":"text/html"', '"size":0,"__proto__":{}'],
      FIELDS,
    ],
  ])('I3, I4: %s', (_, field, replacements, verdict) => {
    expect(text).toContain(field);
    for (const replacement of replacements) {
      const bytes = new TextEncoder().encode(text.replace(field, replacement));
      // The stream is as much longer as the index is, so that the total alone never decides.
      const { streamLength } = header.geometry;
      const longer = streamLength + bytes.byteLength - share.index.byteLength;
      const index = decodeIndex(bytes, computeGeometry(longer).streamLength);
      expect([replacement, index.ok ? 'fine' : index.violation]).toEqual([replacement, verdict]);
    }
  });
});
