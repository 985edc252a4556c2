import type { CellGrid } from './piece-cells.ts';
import { computeLooks, FULL, partsOf } from './piece-cells.ts';
import { PIECE } from '../app/sight.ts';

const GAP_PX = 1;

/** As any CSS color. */
export interface MapColors {
  readonly held: string;
  readonly fetching: string;
  readonly line: string;
  readonly faint: string;
}

type Ink = Pick<CanvasRenderingContext2D, 'fillStyle' | 'fillRect'>;

interface Paper<Sprite> {
  clearRect: (x: number, y: number, width: number, height: number) => void;
  drawImage: (sprite: Sprite, x: number, y: number) => void;
}

export interface PainterParts<Sprite> {
  readonly paper: Paper<Sprite>;
  readonly grid: CellGrid;
  readonly colors: MapColors;
  /** Device pixels for one of the page's. */
  readonly scale: number;
  /** Draws a cell once, to be copied from then on. */
  readonly makeSprite: (size: number, draw: (ink: Ink) => void) => Sprite;
}

/** Draws the map, and from then on only the cells that have changed. */
export class PiecePainter<Sprite> {
  readonly #parts: PainterParts<Sprite>;
  readonly #sprites = new Map<number, Sprite>();
  #shown: Uint8Array | undefined;

  constructor(parts: PainterParts<Sprite>) {
    this.#parts = parts;
  }

  /** Returns how many cells were drawn. */
  paint(pieces: Uint8Array): number {
    const looks = computeLooks(pieces, this.#parts.grid);
    const shown = this.#shown;
    let drawn = 0;
    for (let cell = 0; cell < looks.length; cell += 1) {
      const look = looks[cell] ?? 0;
      if (shown?.[cell] === look) continue;
      this.#draw(cell, look);
      drawn += 1;
    }
    this.#shown = looks;
    return drawn;
  }

  #draw(cell: number, look: number): void {
    const { paper, grid, scale } = this.#parts;
    const pitch = computePitch(grid, scale);
    const x = (cell % grid.columns) * pitch;
    const y = Math.floor(cell / grid.columns) * pitch;
    paper.clearRect(x, y, pitch, pitch);
    paper.drawImage(this.#sprite(look), x, y);
  }

  #sprite(look: number): Sprite {
    const known = this.#sprites.get(look);
    if (known !== undefined) return known;
    const { grid, colors, scale, makeSprite } = this.#parts;
    const size = computePitch(grid, scale) - Math.max(1, Math.round(GAP_PX * scale));
    const sprite = makeSprite(size, (ink) => drawCell(ink, look, size, scale, colors));
    this.#sprites.set(look, sprite);
    return sprite;
  }
}

/** From one cell to the next, in device pixels: whole ones, or edges blur. */
export function computePitch({ pitchPx }: CellGrid, scale: number): number {
  return Math.round(pitchPx * scale);
}

/** Each state has a shape of its own: solid, striped, framed, a line, a dot, a base. */
export function drawCell(
  ink: Ink,
  look: number,
  size: number,
  scale: number,
  colors: MapColors,
): void {
  const { fill, rest } = partsOf(look);
  const thin = Math.max(1, Math.round(scale));
  if (fill < FULL) drawRest(ink, rest, size, thin, colors);
  if (fill === 0) return;
  const height = Math.round((fill / FULL) * size);
  ink.fillStyle = colors.held;
  ink.fillRect(0, size - height, size, height);
}

function drawRest(
  ink: Ink,
  rest: number,
  size: number,
  thin: number,
  { fetching, line, faint }: MapColors,
): void {
  const middle = Math.round((size - thin) / 2);
  switch (rest) {
    case PIECE.fetching:
      ink.fillStyle = fetching;
      for (let x = 0; x < size; x += 2 * thin) ink.fillRect(x, 0, thin, size);
      return;
    case PIECE.available:
      ink.fillStyle = line;
      ink.fillRect(0, 0, size, thin);
      ink.fillRect(0, size - thin, size, thin);
      ink.fillRect(0, 0, thin, size);
      ink.fillRect(size - thin, 0, thin, size);
      return;
    case PIECE.unsealed:
      ink.fillStyle = line;
      ink.fillRect(0, middle, size, thin);
      return;
    case PIECE.unwanted:
      ink.fillStyle = faint;
      ink.fillRect(0, size - thin, size, thin);
      return;
    default:
      ink.fillStyle = faint;
      ink.fillRect(middle, middle, thin, thin);
  }
}
