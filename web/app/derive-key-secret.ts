import type { Bytes } from '../../shared/share/bytes.ts';
import type { FileId } from '../../shared/share/file-id.ts';

/**
 * What the keys of a share with a password come from. Undefined where the code for it cannot be fetched now, or the
 * browser has not the means to run it.
 */
export async function deriveKeySecret(
  password: string,
  link: Pick<FileId, 'secret' | 'shareId'>,
): Promise<Bytes | undefined> {
  try {
    const { derivePasswordSecret } = await import('../../shared/share/password.ts');
    return await derivePasswordSecret(password, link);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return undefined;
  }
}
