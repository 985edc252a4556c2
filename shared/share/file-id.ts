import { decodeBase64Url, encodeBase64Url } from './base64url.ts';
import type { Bytes } from './bytes.ts';
import { concatBytes } from './bytes.ts';
import type { Decoded } from './decoded.ts';
import { decoded, refused } from './decoded.ts';
import type { ShareId } from './share-id.ts';
import { SHARE_ID_LENGTH, formatShareId, shareIdBytes } from './share-id.ts';

export const SECRET_LENGTH = 16;
export const FILE_ID_LENGTH = 44;
/** The first character. It says whether a password is needed as well, so that a page can ask before anything else. */
const OPEN_VERSION = '1';
const PASSWORD_VERSION = '2';

/** What a link carries. Whoever has it, and the password if there is one, can find the share and read it. */
export interface FileId {
  /** 16 random bytes, new for every share. They never leave the page but in the link itself. */
  readonly secret: Bytes;
  readonly shareId: ShareId;
  /** The keys come from the link and a password together (K8). */
  readonly hasPassword: boolean;
}

export type FileIdViolation = 'empty' | 'wrong-length' | 'wrong-version' | 'not-base64url';

/** Reads a bare file ID: "1" or "2" and 43 characters of canonical base64url, nothing around them. */
export function parseFileId(text: string): Decoded<FileId, FileIdViolation> {
  if (text === '') return refused('empty');
  if (text.length !== FILE_ID_LENGTH) return refused('wrong-length');
  const hasPassword = text.startsWith(PASSWORD_VERSION);
  if (!hasPassword && !text.startsWith(OPEN_VERSION)) return refused('wrong-version');
  const bytes = decodeBase64Url(text.slice(1), SECRET_LENGTH + SHARE_ID_LENGTH);
  if (bytes === undefined) return refused('not-base64url');
  return decoded({
    secret: bytes.slice(0, SECRET_LENGTH),
    shareId: formatShareId(bytes.subarray(SECRET_LENGTH)),
    hasPassword,
  });
}

/** Reads what a person pasted: a file ID or a link of any origin with one as its fragment, blanks around it allowed. */
export function findFileId(text: string): Decoded<FileId, FileIdViolation> {
  const trimmed = text.trim();
  const hash = trimmed.indexOf('#');
  return parseFileId(hash === -1 ? trimmed : trimmed.slice(hash + 1));
}

/** @throws RangeError unless the secret has 16 bytes */
export function formatFileId(fileId: FileId): string {
  if (fileId.secret.byteLength !== SECRET_LENGTH) throw new RangeError('a secret has 16 bytes');
  const version = fileId.hasPassword ? PASSWORD_VERSION : OPEN_VERSION;
  return version + encodeBase64Url(concatBytes(fileId.secret, shareIdBytes(fileId.shareId)));
}

/** `origin` as in `location.origin`. The file ID is the fragment, which browsers never send. */
export function formatLink(origin: string, fileId: FileId): string {
  return `${origin.replace(/\/+$/, '')}/#${formatFileId(fileId)}`;
}
