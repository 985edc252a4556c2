import type { Bytes } from '../../shared/share/bytes.ts';

/** UTF-8, with a sign in the place of what is none. */
export function readText(bytes: Bytes): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Two bytes a code unit, so that halves of characters occur as well. */
export function readCodeUnits(bytes: Bytes): string {
  let text = '';
  for (let i = 0; i + 1 < bytes.byteLength; i += 2) {
    text += String.fromCharCode(((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0));
  }
  return text;
}

export function writeCodeUnits(text: string): Bytes {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i += 1) view.setUint16(2 * i, text.charCodeAt(i));
  return bytes;
}
