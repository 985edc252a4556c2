import type { Bytes } from '../../shared/share/bytes.ts';
import * as v from 'valibot';
import { concatBytes } from '../../shared/share/bytes.ts';
import { isBytes } from './owned-bytes.ts';

/** Several pieces as one value of a database, in the order of the numbers in its key: IndexedDB is slow on small values. */
export interface PieceBundle {
  readonly lengths: readonly number[];
  /** The pieces one behind the other: a Blob, of which one piece can be read alone, or bytes where those cannot be stored. */
  readonly body: Blob | Bytes;
}

const bundleSchema = v.object({
  lengths: v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  body: v.custom<Blob | Bytes>((body) => body instanceof Blob || isBytes(body)),
});

export type BundleForm = 'blob' | 'bytes';

export function makeBundle(pieces: readonly Bytes[], form: BundleForm): PieceBundle {
  const lengths = pieces.map(({ byteLength }) => byteLength);
  return { lengths, body: form === 'blob' ? new Blob([...pieces]) : concatBytes(...pieces) };
}

/** Undefined for a value that is no bundle of so many pieces. */
export function parseBundle(value: unknown, pieceCount: number): PieceBundle | undefined {
  const parsed = v.safeParse(bundleSchema, value);
  if (!parsed.success || parsed.output.lengths.length !== pieceCount) return undefined;
  return parsed.output;
}

/** The piece at this position. Undefined where the browser has lost the bytes. */
export async function readFromBundle(
  { lengths, body }: PieceBundle,
  position: number,
): Promise<Bytes | undefined> {
  const start = computeStart(lengths, position);
  const length = lengths[position] ?? 0;
  const part = body.slice(start, start + length);
  const bytes = part instanceof Blob ? await readBlob(part) : part;
  return bytes?.byteLength === length ? bytes : undefined;
}

function computeStart(lengths: readonly number[], position: number): number {
  return lengths.slice(0, position).reduce((sum, length) => sum + length, 0);
}

async function readBlob(blob: Blob): Promise<Bytes | undefined> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch {
    return undefined;
  }
}
