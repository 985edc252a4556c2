import type { Bytes } from '../../shared/share/bytes.ts';

/** What no text has in it: controls, but for tabs, line ends, form feeds and what logs colour their lines with. */
// oxlint-disable-next-line no-control-regex -- it is what this is about
const CONTROLS = /[^\P{Cc}\t\n\f\r\u001B\u0085]/u;

/**
 * The text that a file begins with: UTF-8, or UTF-16 where a byte order mark says so. A character cut off at the end is
 * left out where the file goes on. Undefined for what is no text.
 */
export function decodeText(bytes: Bytes, goesOn: boolean): string | undefined {
  try {
    const decoder = new TextDecoder(findEncoding(bytes), { fatal: true });
    const text = decoder.decode(bytes, { stream: goesOn });
    return CONTROLS.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

function findEncoding([first, second]: Bytes): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return 'utf-8';
}
