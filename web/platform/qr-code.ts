import type { QrCode } from '../app/app-state.ts';
import { correction, generate } from 'lean-qr';

/** A link as a QR code that a phone reads from a screen, with some of it covered by a reflection. */
export function drawQrCode(text: string): QrCode {
  const code = generate(text, { minCorrectionLevel: correction.M });
  let path = '';
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      const first = x;
      while (code.get(x, y)) x += 1;
      if (x > first) path += `M${first} ${y}h${x - first}v1H${first}z`;
    }
  }
  return { size: code.size, path };
}
