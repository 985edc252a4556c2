import * as v from 'valibot';

import type { ShareId } from '../share/share-id.ts';
import { decodeBase64Url } from '../share/base64url.ts';
import { HOLDER_ID_LENGTH } from '../share/holder-id.ts';
import { isShareId } from '../share/share-id.ts';

export const PEER_ID_LENGTH = 16;

export const shareIdField = v.custom<ShareId>(
  (input) => typeof input === 'string' && isShareId(input),
  'not a share ID',
);

/** 16 bytes as 22 characters of canonical base64url, chosen by the tracker. */
export const peerIdField = v.custom<string>(
  (input) => typeof input === 'string' && decodeBase64Url(input, PEER_ID_LENGTH) !== undefined,
  'not a peer ID',
);

/** 16 bytes as 22 characters of canonical base64url, chosen by a browser for one share. */
export const holderIdField = v.custom<string>(
  (input) => typeof input === 'string' && decodeBase64Url(input, HOLDER_ID_LENGTH) !== undefined,
  'not a holder ID',
);
