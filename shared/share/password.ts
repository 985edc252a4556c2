import type { Bytes } from './bytes.ts';
import { concatBytes, utf8 } from './bytes.ts';
import { SECRET_LENGTH } from './file-id.ts';
import type { ShareId } from './share-id.ts';
import { shareIdBytes } from './share-id.ts';

/** What one guess costs whoever has the link. */
export const PASSWORD_ROUNDS = 600_000;

const LABEL = 'peerify/password/1\0';

/**
 * The secret that the keys of a share with a password come from, in place of the link's: 16 bytes. It takes a fraction of
 * a second, beside the page's own thread.
 * @throws RangeError for an empty password, which is none
 */
export async function derivePasswordSecret(
  password: string,
  { secret, shareId }: { readonly secret: Bytes; readonly shareId: ShareId },
): Promise<Bytes> {
  if (password === '') throw new RangeError('an empty password');
  const spelled = utf8(password.normalize('NFC'));
  const base = await crypto.subtle.importKey('raw', spelled, 'PBKDF2', false, ['deriveBits']);
  const salt = concatBytes(utf8(LABEL), secret, shareIdBytes(shareId));
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: PASSWORD_ROUNDS };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, base, SECRET_LENGTH * 8));
}
