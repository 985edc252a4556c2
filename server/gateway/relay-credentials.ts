import { createHmac, randomBytes } from 'node:crypto';

import type { RelayGrant } from '../../shared/tracker/relay.ts';

/** A TURN server that lets in whoever shows credentials made with the secret, as coturn with `use-auth-secret`. */
export interface RelayServer {
  readonly urls: readonly string[];
  readonly secret: string;
}

const VALIDITY_MS = 3_600_000;
const NAME_LENGTH = 12;

/**
 * A user name that says until when it holds, and the secret's word for it. The rest of the name is random: it tells the
 * TURN server nothing, and a quota of its own for each user then holds for each of these.
 */
export function createRelayGrant({ urls, secret }: RelayServer, unixMs: number): RelayGrant {
  const expirySeconds = Math.ceil((unixMs + VALIDITY_MS) / 1000);
  const username = `${expirySeconds}:${randomBytes(NAME_LENGTH).toString('base64url')}`;
  const credential = createHmac('sha1', secret).update(username).digest('base64');
  return { ok: true, urls: [...urls], username, credential, validForMs: VALIDITY_MS };
}
