import type { Bytes } from '../../../shared/share/bytes.ts';
import type { AuthSide } from '../../../shared/share/peer-auth.ts';
import type { VectorShare } from '../../../shared/share/vector-share.test-helper.ts';
import type { Decoder } from '../decoder.ts';
import { concatBytes, utf8 } from '../../../shared/share/bytes.ts';
import { computePeerAuth, verifyPeerAuth } from '../../../shared/share/peer-auth.ts';
import { accepted, mustHold, refused, REFUSED } from '../decoder.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { readText } from '../read-text.ts';

const PROOF_LENGTH = 32;
const NONCE_LENGTH = 32;
const RECEIVER: AuthSide = {
  peerId: 'BBBBBBBBBBBBBBBBBBBBBA',
  role: 'member',
  nonce: new Uint8Array(NONCE_LENGTH).fill(2),
  fingerprints: ['sha-256 FF:00'],
};
const SENDER: AuthSide = {
  peerId: 'AAAAAAAAAAAAAAAAAAAAAA',
  role: 'member',
  nonce: new Uint8Array(NONCE_LENGTH).fill(1),
  fingerprints: ['sha-256 AB:CD', 'sha-512 01:02'],
};
const INTERESTING = ['\n', ' ', 'sha-256 FF:00', 'SHA-256 ab:cd', 'sha-256  AB:CD', '\ud800'].map(
  utf8,
);

/** A proof and its sender as this end sees it: proof, nonce, and in lines the peer ID and each fingerprint. */
export async function createProofDecoder({ keys, shareId }: VectorShare): Promise<Decoder> {
  const proof = await computePeerAuth(keys.peerAuth, shareId, SENDER, RECEIVER);
  const expected = describe(SENDER);
  return {
    name: 'peer-proof',
    corpus: [concatBytes(proof, writeSide(SENDER))],
    violations: [REFUSED],
    maxOutputBytes: 512 * 1024,
    mutate: (input, other, random) => mutateBytes(input, other, random, INTERESTING),
    async judge(input) {
      const mac = input.slice(0, PROOF_LENGTH);
      const sender = readSide(input.slice(PROOF_LENGTH));
      const isProved = await verifyPeerAuth(keys.peerAuth, shareId, sender, RECEIVER, mac);
      const isSame = describe(sender) === expected && mac.join() === proof.join();
      mustHold(isProved === isSame, 'A3: a proof is of one sender as this end sees it');
      return isProved ? accepted(sender) : refused(REFUSED);
    },
  };
}

function writeSide({ nonce, peerId, fingerprints }: AuthSide): Bytes {
  return concatBytes(nonce, utf8([peerId, ...fingerprints].join('\n')));
}

function readSide(bytes: Bytes): AuthSide {
  const [peerId = '', ...fingerprints] = readText(bytes.slice(NONCE_LENGTH)).split('\n');
  return { peerId, role: 'member', nonce: bytes.slice(0, NONCE_LENGTH), fingerprints };
}

/** A4: as a set, whatever the case and the blanks. */
function describe({ nonce, peerId, fingerprints }: AuthSide): string {
  const set = fingerprints.map((fingerprint) => {
    const [algorithm = '', ...digits] = fingerprint.split(/\s+/).filter((word) => word !== '');
    return `${algorithm.toLowerCase()} ${digits.join(' ').toUpperCase()}`;
  });
  return JSON.stringify([nonce.join(), peerId, [...new Set(set)].toSorted()]);
}
