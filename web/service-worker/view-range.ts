/** What a Range header asks for, of so many bytes. */
export type ViewRange =
  | { readonly kind: 'all' }
  | { readonly kind: 'part'; readonly first: number; readonly last: number }
  /** Not there, or not a single range of bytes. */
  | { readonly kind: 'unsatisfiable' };

const SINGLE_RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/** One range of bytes: closed, open-ended, or a suffix (RFC 9110, section 14.1.2). */
export function parseRange(header: string | null, size: number): ViewRange {
  if (header === null) return { kind: 'all' };
  const [, from, to] = SINGLE_RANGE.exec(header) ?? [];
  if (from === undefined || to === undefined || from + to === '') return { kind: 'unsatisfiable' };
  const isSuffix = from === '';
  const first = isSuffix ? Math.max(0, size - Number(to)) : Number(from);
  const last = isSuffix || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  // Also of an empty file, and of its last 0 bytes.
  return first <= last ? { kind: 'part', first, last } : { kind: 'unsatisfiable' };
}
