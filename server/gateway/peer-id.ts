import { randomBytes } from 'node:crypto';

import { encodeBase64Url } from '../../shared/share/base64url.ts';
import { PEER_ID_LENGTH } from '../../shared/tracker/id-fields.ts';

/** A new name that nobody can guess, and that says nothing of the connection behind it. */
export function createPeerId(): string {
  return encodeBase64Url(randomBytes(PEER_ID_LENGTH));
}
