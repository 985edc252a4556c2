import { createElement, render } from 'preact';
import type { ShareCard } from '../../web/app/app-state.ts';
import type { Sight } from '../../web/app/sight.ts';
import { createCard } from '../../web/app/card.test-helper.ts';
import { PIECE } from '../../web/app/sight.ts';
import { DetailsPanel } from '../../web/ui/details-panel.tsx';
import { computeGrid } from '../../web/ui/piece-cells.ts';
import { PiecePainter } from '../../web/ui/piece-painter.ts';

const PIECE_COUNT = 10_000;
const CHANGES_PER_SECOND = 100;
const FRAMES_PER_SECOND = 60;

declare global {
  interface Window {
    /** Paints so many frames of a map of 10,000 pieces with 100 changes a second. Resolves with what each took. */
    paintFrames: (count: number) => readonly number[];
    /** Shows the details of a made-up transfer from now on. */
    showDetails: () => void;
    /** How often they were given something new to show. */
    lookCount: number;
  }
}

/** Pieces that come one after the other, in no order. */
class MadeUpPieces {
  readonly states = new Uint8Array(PIECE_COUNT).fill(PIECE.available);
  #count = 0;

  add(count: number): Uint8Array<ArrayBuffer> {
    for (const end = this.#count + count; this.#count < end; this.#count += 1) {
      this.states[(this.#count * 7919) % PIECE_COUNT] = PIECE.held;
    }
    return this.states.slice();
  }
}

window.paintFrames = (count) => {
  const canvas = document.createElement('canvas');
  const grid = computeGrid(PIECE_COUNT, 640);
  canvas.width = grid.columns * grid.pitchPx;
  canvas.height = grid.rows * grid.pitchPx;
  document.body.append(canvas);
  const paper = canvas.getContext('2d');
  if (paper === null) throw new Error('no canvas');
  const painter = new PiecePainter({
    paper,
    grid,
    colors: { held: 'green', fetching: 'green', line: 'gray', faint: 'gray' },
    scale: 1,
    makeSprite(size, draw) {
      const sprite = new OffscreenCanvas(size, size);
      const ink = sprite.getContext('2d');
      if (ink !== null) draw(ink);
      return sprite;
    },
  });
  const pieces = new MadeUpPieces();
  painter.paint(pieces.add(0));
  return Array.from({ length: count }, () => {
    const states = pieces.add(Math.ceil(CHANGES_PER_SECOND / FRAMES_PER_SECOND));
    const startMs = performance.now();
    painter.paint(states);
    return performance.now() - startMs;
  });
};

window.showDetails = () => {
  const root = document.createElement('article');
  document.body.prepend(root);
  const card: ShareCard = createCard('downloading', { percent: 40 });
  const pieces = new MadeUpPieces();
  window.lookCount = 0;
  const look = (_: string, onSight: (sight: Sight) => void) => {
    const timer = setInterval(() => {
      window.lookCount += 1;
      onSight(makeUpSight(pieces.add(CHANGES_PER_SECOND / 4), window.lookCount / 4));
    }, 250);
    return () => clearInterval(timer);
  };
  render(createElement(DetailsPanel, { card, look }), root);
};

function makeUpSight(pieces: Sight['pieces'], second: number): Sight {
  const down = Float32Array.from({ length: 300 }, (_, i) => 1e7 * (2 + Math.sin(i + second)));
  return {
    pieces,
    speeds: { down, up: down, averageDown: 2e7, averageUp: 2e7 },
    peers: Array.from({ length: 30 }, (_, i) => ({
      kind: 'peer',
      number: i + 1,
      percent: Math.floor(second + i),
      downBytesPerSecond: 1e6 * (second + i),
      upBytesPerSecond: 1e5 * (second + i),
      route: 'direct',
    })),
  };
}
