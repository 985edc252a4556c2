const BYTES_PER_CHARACTER = 2;
const BYTES_PER_PLACE = 8;

/** About what a value holds on to. A view counts with all of its buffer, which it keeps alive. */
export function countOutputBytes(value: unknown): number {
  const seen = new Set<unknown>();
  const waiting = [value];
  let count = 0;
  while (waiting.length > 0) {
    const next = waiting.pop();
    count += BYTES_PER_PLACE;
    if (typeof next === 'string') count += next.length * BYTES_PER_CHARACTER;
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    if (next instanceof ArrayBuffer) count += next.byteLength;
    else if (ArrayBuffer.isView(next)) waiting.push(next.buffer);
    else for (const [key, held] of Object.entries(next)) waiting.push(key, held);
  }
  return count;
}
