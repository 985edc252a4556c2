import type { Bytes } from './bytes.ts';
import { fromHex } from './hex.test-helper.ts';
import type { Header } from './header.ts';
import { decodeHeader } from './header.ts';
import type { PieceContext } from './piece-sealing.ts';
import { createPieceContext } from './piece-sealing.ts';
import type { ShareId } from './share-id.ts';
import { isShareId } from './share-id.ts';
import type { ShareKeys } from './share-keys.ts';
import { deriveShareKeys } from './share-keys.ts';
import { importPublicKey } from './signing-keys.ts';
import endVectors from './vectors/end.vectors.json';
import headerVector from './vectors/header.vectors.json';
import indexVector from './vectors/index.vectors.json';
import pieceVectors from './vectors/pieces.vectors.json';
import shareVector from './vectors/share.vectors.json';
import signalVector from './vectors/signal.vectors.json';

/** The share of `vectors/`: the same bytes in every run, signatures included. */
export interface VectorShare {
  readonly shareId: ShareId;
  readonly secret: Bytes;
  readonly fileId: string;
  readonly link: string;
  readonly keys: ShareKeys;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly header: Header;
  readonly context: PieceContext;
  /** The summary as it stands before it is sealed. */
  readonly paddedSummary: Bytes;
  readonly index: Bytes;
  /** The sharer's words on when the share ends. */
  readonly ends: readonly Bytes[];
  /** The last piece, of 100 bytes. */
  readonly lastPiece: { readonly piece: number; readonly sealed: Bytes };
  readonly signal: {
    readonly from: string;
    readonly to: string;
    readonly plaintext: Bytes;
    readonly sealed: Bytes;
  };
}

export async function readVectorShare(): Promise<VectorShare> {
  const { shareId, fileId, link } = shareVector;
  const header = decodeHeader(fromHex(headerVector.header));
  const publicKey = await importPublicKey(fromHex(shareVector.publicKey));
  const last = pieceVectors.find(({ sealed }) => sealed !== undefined);
  if (!isShareId(shareId) || !header.ok || publicKey === undefined || last?.sealed === undefined) {
    throw new Error('the vectors are damaged');
  }
  const secret = fromHex(shareVector.secret);
  const { from, to, plaintext, sealed } = signalVector;
  return {
    shareId,
    secret,
    fileId,
    link,
    keys: await deriveShareKeys(secret, shareId),
    privateKey: await importPrivateKey(),
    publicKey,
    header: header.value,
    context: await createPieceContext(header.value, shareId),
    paddedSummary: fromHex(headerVector.paddedSummary),
    index: fromHex(indexVector.bytes),
    ends: endVectors.map(({ statement }) => fromHex(statement)),
    lastPiece: { piece: last.piece, sealed: fromHex(last.sealed) },
    signal: { from, to, plaintext: fromHex(plaintext), sealed: fromHex(sealed) },
  };
}

function importPrivateKey(): Promise<CryptoKey> {
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  return crypto.subtle.importKey('jwk', shareVector.privateKeyJwk, curve, false, ['sign']);
}
