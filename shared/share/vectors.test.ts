import { describe, expect, test } from 'vitest';
import type { Bytes } from './bytes.ts';
import { concatBytes, utf8 } from './bytes.ts';
import { decodeIndex, encodeIndex, locateFiles } from './file-index.ts';
import { findFileId, formatFileId, formatLink, parseFileId } from './file-id.ts';
import { computeGeometry, computePieceLength } from './geometry.ts';
import type { Header } from './header.ts';
import { computeHeaderHash, createHeader, decodeHeader, verifyHeader } from './header.ts';
import { fromHex, toHex } from './hex.test-helper.ts';
import type { AuthSide } from './peer-auth.ts';
import { computePeerAuth, verifyPeerAuth } from './peer-auth.ts';
import { createPieceContext, openPiece, sealPiece, verifyPiece } from './piece-sealing.ts';
import { computeShareId, isShareId, shareIdBytes } from './share-id.ts';
import { deriveShareKeys } from './share-keys.ts';
import { openSignal, sealSignal } from './signal-sealing.ts';
import { importPublicKey } from './signing-keys.ts';
import { isKeyFor, openSummary, sealSummary } from './summary.ts';
import refusedFileIds from './vectors/file-id-refused.vectors.json';
import geometries from './vectors/geometry.vectors.json';
import headerVector from './vectors/header.vectors.json';
import indexVector from './vectors/index.vectors.json';
import peerAuthVector from './vectors/peer-auth.vectors.json';
import pieces from './vectors/pieces.vectors.json';
import shareVector from './vectors/share.vectors.json';
import signalVector from './vectors/signal.vectors.json';

const { shareId } = shareVector;
if (!isShareId(shareId)) throw new Error('vector without a share ID');
const secret = fromHex(shareVector.secret);
const keys = await deriveShareKeys(secret, shareId);
const publicKey = fromHex(shareVector.publicKey);
const privateKey = await crypto.subtle.importKey(
  'jwk',
  shareVector.privateKeyJwk,
  { name: 'ECDSA', namedCurve: 'P-256' },
  false,
  ['sign'],
);
const header = decodeStored(headerVector.header);
const context = await createPieceContext(header, shareId);

function decodeStored(hex: string): Header {
  const decoded = decodeHeader(fromHex(hex));
  if (!decoded.ok) throw new Error(decoded.violation);
  return decoded.value;
}

function makePlaintext(piece: number, length: number): Bytes {
  return Uint8Array.from({ length }, (_, k) => (k * 31 + piece * 7) % 251);
}

function readSide(side: typeof peerAuthVector.sender): AuthSide {
  const role = side.role === 'member' ? 'member' : 'volunteer';
  return { ...side, role, nonce: fromHex(side.nonce) };
}

describe('share.vectors.json', () => {
  test('L2, L3: names the share by its key and the file ID by both', async () => {
    expect(await computeShareId(publicKey)).toBe(shareId);
    expect(toHex(shareIdBytes(shareId))).toBe(shareVector.shareIdBytes);
    const fileId = { secret, shareId, hasPassword: false };
    expect(formatFileId(fileId)).toBe(shareVector.fileId);
    expect(formatLink(shareVector.origin, fileId)).toBe(shareVector.link);
    const found = { ok: true, value: fileId };
    expect(parseFileId(shareVector.fileId)).toEqual(found);
    expect(findFileId(shareVector.link)).toEqual(found);
  });

  test('K1, K2: gives the key check, and the AES keys: what one seals the stored one opens', async () => {
    expect(toHex(keys.keyCheck)).toBe(shareVector.keys.keyCheck);
    const algorithm = { name: 'AES-GCM', iv: new Uint8Array(12) };
    for (const name of ['piece', 'summary', 'signal'] as const) {
      const raw = fromHex(shareVector.keys[name]);
      const stored = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);
      const sealed = await crypto.subtle.encrypt(algorithm, keys[name], utf8(name));
      const opened = await crypto.subtle.decrypt(algorithm, stored, sealed);
      expect(new Uint8Array(opened)).toEqual(utf8(name));
    }
  });

  test('K1, K2: gives the HMAC key: the stored one makes the same code', async () => {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    const raw = fromHex(shareVector.keys.peerAuth);
    const stored = await crypto.subtle.importKey('raw', raw, algorithm, false, ['sign']);
    const code = await crypto.subtle.sign('HMAC', stored, utf8('x'));
    const derived = await crypto.subtle.sign('HMAC', keys.peerAuth, utf8('x'));
    expect(new Uint8Array(derived)).toEqual(new Uint8Array(code));
  });
});

test.for(refusedFileIds)('L4: file-id-refused.vectors.json: $violation, $text', (vector) => {
  const { text, violation } = vector;
  expect(parseFileId(text)).toEqual({ ok: false, violation });
});

test.for(geometries)('P1, P2: geometry.vectors.json: $streamLength', (vector) => {
  const { lastPieceLength, ...geometry } = vector;
  expect(computeGeometry(vector.streamLength)).toEqual(geometry);
  expect(computePieceLength(geometry, vector.pieceCount - 1)).toBe(lastPieceLength);
});

test('I1, I5: index.vectors.json: the same bytes, files and places', () => {
  const { files, bytes, indexLength, streamLength, places } = indexVector;
  expect(toHex(encodeIndex(files))).toBe(bytes);
  expect(toHex(utf8(indexVector.text))).toBe(bytes);
  expect(decodeIndex(fromHex(bytes), streamLength)).toEqual({ ok: true, value: files });
  expect(locateFiles(indexLength, files)).toEqual(places);
});

describe('header.vectors.json', () => {
  const { summary, streamLength, indexLength } = headerVector;

  test('H1, H3, H4, I6: decodes, verifies, hashes and opens', async () => {
    const { pieceSize, pieceCount } = headerVector;
    expect(header.geometry).toEqual({ streamLength, pieceSize, pieceCount });
    expect(header.indexLength).toBe(indexLength);
    expect(header.publicKey).toEqual(publicKey);
    expect(toHex(header.sealedSummary)).toBe(headerVector.sealedSummary);
    expect(toHex(header.signature)).toBe(headerVector.signature);
    expect(await verifyHeader(header, shareId)).toBe(true);
    expect(toHex(await computeHeaderHash(header))).toBe(headerVector.headerHash);
    expect(isKeyFor(header, keys)).toBe(true);
    expect(await openSummary(header, keys, shareId)).toEqual({ ok: true, value: summary });
  });

  test('H1, I6: is made again to the byte but for the signature, which differs and verifies', async () => {
    expect(toHex(await sealSummary(summary, keys, shareId))).toBe(headerVector.sealedSummary);
    const signingKeys = { privateKey, publicKey };
    const fields = { streamLength, indexLength, summary, keys, signingKeys, shareId };
    const made = await createHeader(fields);
    expect(toHex(made.bytes.subarray(0, -64))).toBe(headerVector.header.slice(0, -128));
    expect(await verifyHeader(made, shareId)).toBe(true);
  });

  test('K6: is refused with the other s', async () => {
    const other = decodeStored(headerVector.refusedWithHighS);
    expect(await verifyHeader(other, shareId)).toBe(false);
  });
});

describe('pieces.vectors.json', () => {
  test.for(pieces)('P3: piece $piece is sealed to the same ciphertext', async (vector) => {
    const { piece, length, digest, tag } = vector;
    const plaintext = makePlaintext(piece, length);
    const made = await sealPiece(context, keys.piece, privateKey, piece, plaintext);
    expect(toHex(made.digest)).toBe(digest);
    expect(toHex(made.sealed.subarray(length, length + 16))).toBe(tag);
  });

  test.for(pieces)(
    'P4, P5: piece $piece verifies and opens under the stored signature',
    async (vector) => {
      const { piece, length, signature } = vector;
      const plaintext = makePlaintext(piece, length);
      const made = await sealPiece(context, keys.piece, privateKey, piece, plaintext);
      const stored = concatBytes(made.sealed.subarray(0, -64), fromHex(signature));
      expect(toHex(stored)).toBe(vector.sealed ?? toHex(stored));
      const key = await importPublicKey(publicKey);
      expect(key && (await verifyPiece(context, key, piece, stored))).toBe(true);
      const opened = await openPiece(context, keys.piece, piece, stored);
      expect(opened.ok && toHex(opened.value)).toBe(toHex(plaintext));
    },
  );
});

describe('peer-auth.vectors.json', () => {
  const sender = readSide(peerAuthVector.sender);
  const receiver = readSide(peerAuthVector.receiver);
  const mac = fromHex(peerAuthVector.mac);

  test('A2, A4: is made to the byte and verifies, in its own direction only', async () => {
    expect(await computePeerAuth(keys.peerAuth, shareId, sender, receiver)).toEqual(mac);
    expect(await verifyPeerAuth(keys.peerAuth, shareId, sender, receiver, mac)).toBe(true);
    expect(await verifyPeerAuth(keys.peerAuth, shareId, receiver, sender, mac)).toBe(false);
  });
});

test('S1: signal.vectors.json: sealed to the byte under its nonce, and opened', async () => {
  const { from, to, nonce, plaintext, sealed } = signalVector;
  const made = await sealSignal(keys.signal, shareId, from, to, fromHex(plaintext), fromHex(nonce));
  expect(toHex(made)).toBe(sealed);
  const opened = await openSignal(keys.signal, shareId, from, to, fromHex(sealed));
  expect(opened && toHex(opened)).toBe(plaintext);
});
