import type { VectorShare } from '../../../shared/share/vector-share.test-helper.ts';
import type { Decoder } from '../decoder.ts';
import { encodeU32 } from '../../../shared/share/big-endian.ts';
import { concatBytes, equalBytes } from '../../../shared/share/bytes.ts';
import { openPiece, verifyPiece } from '../../../shared/share/piece-sealing.ts';
import { accepted, mustHold, refused } from '../decoder.ts';
import { mutateBytes } from '../mutate-bytes.ts';

const NUMBER_LENGTH = 4;
const SIGNATURE_LENGTH = 64;

/** A sealed piece behind its number, as it would come from a peer or a store. */
export function createPieceDecoder(share: VectorShare): Decoder {
  const { context, publicKey, keys, lastPiece } = share;
  const whole = concatBytes(encodeU32(lastPiece.piece), lastPiece.sealed);
  return {
    name: 'piece',
    corpus: [whole],
    violations: ['wrong-length', 'not-authentic', 'not-signed'],
    maxOutputBytes: 1024,
    mutate: (input, other, random) => mutateBytes(input, other, random, [share.header.signature]),
    async judge(input) {
      const [number, sealed] = [input.slice(0, NUMBER_LENGTH), input.slice(NUMBER_LENGTH)];
      const piece = number.reduce((sum, byte) => sum * 256 + byte, 0);
      const isVerified = await verifyPiece(context, publicKey, piece, sealed);
      const opened = await openPiece(context, keys.piece, piece, sealed);
      const isOurs = equalBytes(input, whole);
      mustHold(isVerified === isOurs, 'P5: what the sharer sealed verifies, and nothing else');
      if (!opened.ok) {
        mustHold(!isOurs, 'P3: what the sharer sealed opens');
        return refused(opened.violation);
      }
      const ciphertexts = [input, whole].map((bytes) => bytes.subarray(0, -SIGNATURE_LENGTH));
      const [given = input, true_ = whole] = ciphertexts;
      mustHold(equalBytes(given, true_), 'P7: another ciphertext does not open');
      return isVerified ? accepted(opened.value) : refused('not-signed');
    },
  };
}
