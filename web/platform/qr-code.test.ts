import { correction, generate } from 'lean-qr';
import { expect, test } from 'vitest';
import { drawQrCode } from './qr-code.ts';

const LINK = `https://peerify.example/#1${'Ab-_'.repeat(11).slice(0, 43)}`;

/** Which squares a path of runs covers. */
function readPath(path: string): Set<string> {
  const squares = new Set<string>();
  for (const [, x = '', y = '', width = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)) {
    for (let i = 0; i < Number(width); i += 1) squares.add(`${Number(x) + i} ${y}`);
  }
  return squares;
}

test('every square of the code is drawn, and no other', () => {
  const expected = generate(LINK, { minCorrectionLevel: correction.M });
  const { size, path } = drawQrCode(LINK);
  expect(size).toBe(expected.size);
  const squares = readPath(path);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      expect(squares.has(`${x} ${y}`)).toBe(expected.get(x, y));
    }
  }
});

test('a link takes a code that a phone reads from a screen', () => {
  expect(drawQrCode(LINK).size).toBeLessThanOrEqual(45);
});
