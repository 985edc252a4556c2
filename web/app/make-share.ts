import type { ChosenFile, FileHandles } from './app-state.ts';
import type { SharerFiles } from './ports/share-stores.ts';
import type { ShareRecord } from './ports/share-records.ts';
import { SECRET_LENGTH } from '../../shared/share/file-id.ts';
import { encodeIndex, IndexError } from '../../shared/share/file-index.ts';
import { isStreamLength } from '../../shared/share/geometry.ts';
import { createHeader } from '../../shared/share/header.ts';
import { computeShareId } from '../../shared/share/share-id.ts';
import { deriveShareKeys } from '../../shared/share/share-keys.ts';
import { generateSigningKeys } from '../../shared/share/signing-keys.ts';
import type { Problem } from './app-state.ts';
import { deriveKeySecret } from './derive-key-secret.ts';
import { PROBLEMS } from './problems.ts';
import { computeShareName, computeSharePath, makePathsUnique } from './share-name.ts';

export type MakeShareResult =
  | { readonly kind: 'made'; readonly record: ShareRecord; readonly files: SharerFiles }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** What a person has chosen for a share before it is made. */
export interface ShareChoices {
  readonly handles?: FileHandles | undefined;
  /** Empty: there is none. */
  readonly password?: string;
}

/** Makes a share of files without reading a byte of them: its link exists at once, whatever their size. */
export async function makeShare(
  chosen: readonly ChosenFile[],
  addedAtMs: number,
  { handles, password = '' }: ShareChoices = {},
): Promise<MakeShareResult> {
  if (chosen.length === 0) return { kind: 'refused', problem: PROBLEMS.nothingChosen };
  const paths = makePathsUnique(chosen.map(({ path }) => computeSharePath(path)));
  const facts = chosen.map(({ file }, i) => ({
    path: paths[i] ?? '',
    size: file.size,
    modifiedMs: file.lastModified,
  }));
  const totalBytes = facts.reduce((total, { size }) => total + size, 0);
  const index = tryEncodeIndex(facts);
  if (!(index instanceof Uint8Array)) return { kind: 'refused', problem: index };
  const streamLength = index.byteLength + totalBytes;
  if (!isStreamLength(streamLength)) return { kind: 'refused', problem: PROBLEMS.tooLarge };

  const secret = crypto.getRandomValues(new Uint8Array(SECRET_LENGTH));
  const signingKeys = await generateSigningKeys();
  const shareId = await computeShareId(signingKeys.publicKey);
  const link = { secret, shareId };
  const keySecret = password === '' ? undefined : await deriveKeySecret(password, link);
  if (password !== '' && keySecret === undefined) {
    return { kind: 'refused', problem: PROBLEMS.partMissing };
  }
  const header = await createHeader({
    streamLength,
    indexLength: index.byteLength,
    summary: { name: computeShareName(paths), fileCount: facts.length, totalBytes },
    keys: await deriveShareKeys(keySecret ?? secret, shareId),
    signingKeys,
    shareId,
  });
  const record: ShareRecord = {
    shareId,
    secret,
    keySecret,
    header: header.bytes,
    addedAtMs,
    wish: 'run',
    part: { role: 'sharer', signingKey: signingKeys.privateKey, index, files: facts, handles },
  };
  const files = facts.map(({ size, modifiedMs }, i) => ({
    file: fileAt(chosen, i),
    size,
    modifiedMs,
  }));
  return { kind: 'made', record, files: { index, files } };
}

function tryEncodeIndex(
  facts: Parameters<typeof encodeIndex>[0],
): ReturnType<typeof encodeIndex> | Problem {
  try {
    return encodeIndex(facts);
  } catch (error) {
    if (!(error instanceof IndexError)) throw error;
    return error.code === 'too-long' ? PROBLEMS.tooLarge : PROBLEMS.badNames;
  }
}

function fileAt(chosen: readonly ChosenFile[], i: number): File {
  const file = chosen[i]?.file;
  if (file === undefined) throw new RangeError(`file ${i}`);
  return file;
}
