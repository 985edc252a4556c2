import type { VectorShare } from '../../../shared/share/vector-share.test-helper.ts';
import type { Decoder } from '../decoder.ts';
import { equalBytes } from '../../../shared/share/bytes.ts';
import { decodeShareEnd, verifyShareEnd } from '../../../shared/share/share-end.ts';
import { endSchema, toldEndSchema } from '../../../shared/tracker/end.ts';
import { accepted, mustHold, refused, REFUSED } from '../decoder.ts';
import { mutateBytes } from '../mutate-bytes.ts';

/** The sharer's word on when its share ends, by whomever it is brought. */
export function createEndDecoder({ ends, shareId, publicKey }: VectorShare): Decoder {
  return {
    name: 'share-end',
    corpus: ends,
    violations: [REFUSED, 'not-signed'],
    maxOutputBytes: 1024,
    mutate: (input, other, random) => mutateBytes(input, other, random, [...ends]),
    async judge(input) {
      const decoded = decodeShareEnd(input);
      const verified = await verifyShareEnd(publicKey, shareId, input);
      const isSaid = ends.some((end) => equalBytes(end, input));
      mustHold((verified !== undefined) === isSaid, 'T34: what the sharer said, and nothing else');
      if (decoded === undefined) return refused(REFUSED);
      mustHold(Number.isSafeInteger(decoded.endAtMs) && decoded.endAtMs >= 0, 'T34: time');
      mustHold(decoded.serial >= 0 && decoded.serial < 2 ** 32, 'T34: serial');
      return verified === undefined ? refused('not-signed') : accepted(verified);
    },
  };
}

/** What is said of it to the tracker. */
export function createEndEvents({ shareId, header, ends }: VectorShare) {
  const messages = ends.map((end) => ({ shareId, header: header.bytes, end }));
  return [{ event: 'end', schema: endSchema, messages }];
}

/** What the tracker says of it. */
export function createEndWords({ shareId, ends }: VectorShare) {
  const messages = ends.map((end) => ({ shareId, end }));
  return [{ name: 'told-end', schema: toldEndSchema, messages }];
}
