import type { Bytes } from '../../../shared/share/bytes.ts';
import type { Header } from '../../../shared/share/header.ts';
import type { VectorShare } from '../../../shared/share/vector-share.test-helper.ts';
import type { Decoder } from '../decoder.ts';
import { encodeU16, encodeU32 } from '../../../shared/share/big-endian.ts';
import { concatBytes, equalBytes } from '../../../shared/share/bytes.ts';
import { createHeader, decodeHeader, verifyHeader } from '../../../shared/share/header.ts';
import { lowerS } from '../../../shared/share/low-s.ts';
import { isKeyFor } from '../../../shared/share/summary.ts';
import { accepted, mustHold, refused } from '../decoder.ts';
import { mutateBytes, pick } from '../mutate-bytes.ts';

const VIOLATIONS = [
  'too-short',
  'too-long',
  'wrong-version',
  'wrong-stream-length',
  'wrong-piece-size',
  'wrong-index-length',
  'wrong-public-key',
  'wrong-summary-length',
  'wrong-length',
];
const SIGNATURE_LENGTH = 64;
/** One input in so many is what an attacker can make with some thought. */
const FORGED_EVERY = 20;
const OTHER_STREAM_LENGTHS = [1, 65_536, 65_537, 2 ** 25 + 1, 2 ** 31 + 1, 2 ** 38];

/** A share's header: its form alone, and with everything that is checked before it is believed. */
export async function createHeaderDecoders(share: VectorShare): Promise<readonly Decoder[]> {
  const corpus = [share.header.bytes, ...(await makeHeaders(share))];
  const signed = share.header.bytes.subarray(0, -SIGNATURE_LENGTH);
  const signatures = [flipS(share.header.signature), new Uint8Array(SIGNATURE_LENGTH)];
  const forgeries = [...corpus.slice(1), ...signatures.map((last) => concatBytes(signed, last))];
  return [
    {
      name: 'header',
      corpus,
      violations: VIOLATIONS,
      maxOutputBytes: 4 * 1024,
      mutate: (input, other, random) => mutateBytes(input, other, random),
      judge(input) {
        const header = decodeHeader(input);
        if (!header.ok) return refused(header.violation);
        checkStructure(header.value, input);
        return accepted(header.value);
      },
    },
    {
      name: 'header-verified',
      corpus: [share.header.bytes],
      violations: [...VIOLATIONS, 'not-signed', 'damaged-link'],
      maxOutputBytes: 4 * 1024,
      mutate: (input, _, random) =>
        random.below(FORGED_EVERY) === 0
          ? pick(forgeries, random)
          : mutateBytes(input, pick(forgeries, random), random, signatures),
      async judge(input) {
        const header = decodeHeader(input);
        if (!header.ok) return refused(header.violation);
        if (!(await verifyHeader(header.value, share.shareId))) return refused('not-signed');
        if (!isKeyFor(header.value, share.keys)) return refused('damaged-link');
        mustHold(equalBytes(input, share.header.bytes), 'H3: nobody but the sharer makes a header');
        return accepted(header.value);
      },
    },
  ];
}

/** What H1 and H2 say, in other words than the decoder's. */
function checkStructure(header: Header, input: Bytes): void {
  const { geometry, indexLength, publicKey, keyCheck, sealedSummary, signature } = header;
  const { streamLength, pieceSize, pieceCount } = geometry;
  const streamLengthField = concatBytes(
    encodeU32(Math.floor(streamLength / 2 ** 32)),
    encodeU32(streamLength % 2 ** 32),
  );
  const again = concatBytes(
    Uint8Array.of(1),
    encodeU32(pieceSize),
    streamLengthField,
    encodeU32(indexLength),
    publicKey,
    keyCheck,
    encodeU16(sealedSummary.byteLength),
    sealedSummary,
    signature,
  );
  mustHold(equalBytes(again, input), 'H1: a header is its fields and nothing else');
  mustHold(streamLength >= 1 && streamLength <= 2 ** 38, 'H2: stream length');
  mustHold([16, 17, 18, 19, 20, 21, 22].includes(Math.log2(pieceSize)), 'P1: piece size');
  mustHold(pieceSize === 2 ** 16 || (pieceSize / 2) * 512 < streamLength, 'P1: the smallest');
  mustHold(pieceSize === 2 ** 22 || pieceSize * 512 >= streamLength, 'P1: not too small');
  mustHold((pieceCount - 1) * pieceSize < streamLength, 'P2: the last piece is never nothing');
  mustHold(pieceCount * pieceSize >= streamLength && pieceCount <= 65_536, 'P2: pieces');
  mustHold(indexLength >= 1 && indexLength <= Math.min(2 ** 22, streamLength), 'H2: index length');
}

/** Their signatures are another header's, so that they are the same in every run. */
async function makeHeaders(share: VectorShare): Promise<readonly Bytes[]> {
  const { keys, privateKey, shareId, header } = share;
  const signingKeys = { privateKey, publicKey: header.publicKey };
  const made = OTHER_STREAM_LENGTHS.map(async (streamLength, i) => {
    const indexLength = 1;
    const summary = { name: 'n'.repeat(80 * i), fileCount: 1, totalBytes: streamLength - 1 };
    const fields = { streamLength, indexLength, summary, keys, signingKeys, shareId };
    const { bytes } = await createHeader(fields);
    return concatBytes(bytes.subarray(0, -SIGNATURE_LENGTH), header.signature);
  });
  return Promise.all(made);
}

/** The other s that is as valid, made as an attacker would. */
function flipS(signature: Bytes): Bytes {
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const hex = Array.from(signature.subarray(32), (byte) => byte.toString(16).padStart(2, '0'));
  let other = order - BigInt(`0x${hex.join('')}`);
  const flipped = signature.slice();
  for (let i = 63; i >= 32; i -= 1) {
    flipped[i] = Number(other & 0xffn);
    other >>= 8n;
  }
  mustHold(equalBytes(lowerS(flipped), signature), 'K6: the other s');
  return flipped;
}
