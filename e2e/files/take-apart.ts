import { decodeBase64Url } from '../../shared/share/base64url.ts';

const SECRET_LENGTH = 16;
/** Of the secret's text the last characters depend on what stands behind it. */
const SHARED_CHARACTERS = { base64: 3, base64url: 1 };

/** What a file ID gives away, and in how many forms the secret in it could be written. */
export interface FileIdParts {
  readonly shareId: string;
  readonly secretForms: readonly (Buffer | string)[];
}

export function takeApart(fileId: string): FileIdParts {
  const both = decodeBase64Url(fileId.slice(1), 2 * SECRET_LENGTH);
  if (both === undefined) throw new Error(`not a file ID: ${fileId}`);
  const secret = Buffer.from(both.subarray(0, SECRET_LENGTH));
  return {
    shareId: Buffer.from(both.subarray(SECRET_LENGTH)).toString('base64url'),
    secretForms: [
      secret,
      secret.toString('base64').slice(0, -SHARED_CHARACTERS.base64),
      secret.toString('base64url').slice(0, -SHARED_CHARACTERS.base64url),
      secret.toString('hex'),
    ],
  };
}
