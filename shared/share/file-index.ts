import * as v from 'valibot';
import type { Bytes } from './bytes.ts';
import { utf8 } from './bytes.ts';
import type { Decoded } from './decoded.ts';
import { decoded, refused } from './decoded.ts';
import { MAX_FILE_COUNT, MAX_INDEX_LENGTH } from './index-limits.ts';
import { isSharePath } from './share-path.ts';

const VERSION = 1;
/** What a Date can hold, either side of 1970 (ECMA-262, 21.4.1.1). */
const MAX_TIME_MS = 8.64e15;

const fileEntrySchema = v.strictObject({
  path: v.pipe(v.string(), v.check(isSharePath)),
  size: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  modifiedMs: v.exactOptional(
    v.pipe(v.number(), v.safeInteger(), v.minValue(-MAX_TIME_MS), v.maxValue(MAX_TIME_MS)),
  ),
});

const indexSchema = v.strictObject({
  version: v.literal(VERSION),
  files: v.pipe(
    v.custom<unknown[]>(Array.isArray),
    v.minLength(1),
    v.maxLength(MAX_FILE_COUNT),
    v.array(fileEntrySchema),
  ),
});

export interface FileEntry {
  /** Relative, segments joined by "/", unique in its share; as the sharer named it, so not cleaned. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modifiedMs?: number;
}

export type IndexViolation =
  | 'too-long'
  | 'not-utf-8'
  | 'not-json'
  | 'wrong-fields'
  | 'repeated-path'
  | 'wrong-total';

/** The files cannot be shared together: too many, or a path that is not allowed. */
export class IndexError extends Error {
  override readonly name = 'IndexError';
  readonly code: IndexViolation;

  constructor(code: IndexViolation) {
    super(`index: ${code}`);
    this.code = code;
  }
}

/**
 * The share's file list as it stands at the stream's start: UTF-8 JSON of at most 4 MiB.
 * @throws IndexError where `decodeIndex` would refuse it
 */
export function encodeIndex(files: readonly FileEntry[]): Bytes {
  const entries = files.map(({ path, size, modifiedMs }) =>
    modifiedMs === undefined ? { path, size } : { path, size, modifiedMs },
  );
  const index = { version: VERSION, files: entries };
  const violation = findViolation(index);
  if (violation !== undefined) throw new IndexError(violation);
  const bytes = utf8(JSON.stringify(index));
  if (bytes.byteLength > MAX_INDEX_LENGTH) throw new IndexError('too-long');
  return bytes;
}

/** Strict: also the index and the files must fill the stream to the byte. */
export function decodeIndex(
  bytes: Bytes,
  streamLength: number,
): Decoded<FileEntry[], IndexViolation> {
  if (bytes.byteLength > MAX_INDEX_LENGTH) return refused('too-long');
  const text = decodeUtf8(bytes);
  if (text === undefined) return refused('not-utf-8');
  const json = parseJson(text);
  if (json === undefined) return refused('not-json');
  const index = v.safeParse(indexSchema, json, { abortEarly: true });
  if (!index.success) return refused('wrong-fields');
  const { files } = index.output;
  if (hasRepeatedPath(files)) return refused('repeated-path');
  const total = files.reduce((sum, file) => sum + file.size, bytes.byteLength);
  return total === streamLength ? decoded(files) : refused('wrong-total');
}

/** Where each file lies in the stream, in bytes, in the order of the index. */
export function locateFiles(
  indexLength: number,
  files: readonly FileEntry[],
): { offset: number; length: number }[] {
  let offset = indexLength;
  return files.map(({ size: length }) => {
    const place = { offset, length };
    offset += length;
    return place;
  });
}

function findViolation(index: unknown): IndexViolation | undefined {
  const parsed = v.safeParse(indexSchema, index, { abortEarly: true });
  if (!parsed.success) return 'wrong-fields';
  return hasRepeatedPath(parsed.output.files) ? 'repeated-path' : undefined;
}

function hasRepeatedPath(files: readonly FileEntry[]): boolean {
  return new Set(files.map((file) => file.path)).size < files.length;
}

function decodeUtf8(bytes: Bytes): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
