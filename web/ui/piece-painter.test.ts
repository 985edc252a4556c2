import { expect, test } from 'vitest';
import { PIECE } from '../app/sight.ts';
import { computeGrid, FULL, lookOf } from './piece-cells.ts';
import { drawCell, PiecePainter } from './piece-painter.ts';

const COLORS = { held: 'held', fetching: 'fetching', line: 'line', faint: 'faint' };

function createPainter(pieceCount: number) {
  const drawn: string[] = [];
  const made: number[] = [];
  const painter = new PiecePainter({
    paper: {
      clearRect: () => {},
      drawImage: (_: 'sprite', x: number, y: number) => drawn.push(`${x} ${y}`),
    },
    grid: computeGrid(pieceCount, 60),
    colors: COLORS,
    scale: 2,
    makeSprite: (size) => {
      made.push(size);
      return 'sprite' as const;
    },
  });
  return { painter, take: () => drawn.splice(0), made };
}

test('the first time every cell is drawn, then only what has changed, where it belongs', () => {
  const { painter, take, made } = createPainter(6);
  const pieces = new Uint8Array(6);
  expect(painter.paint(pieces)).toBe(6);
  expect(take()).toEqual(['0 0', '28 0', '56 0', '84 0', '0 28', '28 28']);
  expect(painter.paint(pieces)).toBe(0);
  pieces[4] = PIECE.held;
  expect(painter.paint(pieces)).toBe(1);
  expect(take()).toEqual(['0 28']);
  // One drawing for each look that came up.
  expect(made).toEqual([26, 26]);
});

/** A cell as rows of characters: the first letter of the color, or a dot. */
function pictureOf(look: number, size = 8): string {
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => '.'));
  const ink = {
    fillStyle: '',
    fillRect(x: number, y: number, width: number, height: number) {
      for (let row = y; row < y + height; row += 1) {
        for (let column = x; column < x + width; column += 1) {
          const line = rows[row];
          if (line?.[column] !== undefined) line[column] = this.fillStyle.charAt(0);
        }
      }
    },
  };
  drawCell(ink, look, size, 1, COLORS);
  return rows.map((row) => row.join('')).join('\n');
}

test('every state has a shape of its own, whatever the colors', () => {
  const shapes = Object.values(PIECE).map((state) => {
    const look = state === PIECE.held ? lookOf(FULL, state) : lookOf(0, state);
    return pictureOf(look).replaceAll(/[a-z]/g, '#');
  });
  expect(new Set(shapes).size).toBe(Object.keys(PIECE).length);
});

test('what is held fills a cell from below', () => {
  expect(pictureOf(lookOf(2, PIECE.available), 4).split('\n').at(-1)).toBe('hhhh');
  expect(pictureOf(lookOf(2, PIECE.available), 4).split('\n')[0]).toBe('llll');
  expect(pictureOf(lookOf(FULL, PIECE.held), 2)).toBe('hh\nhh');
});
