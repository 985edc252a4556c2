import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { ShareCard } from '../app/app-state.ts';
import type { CellGrid } from './piece-cells.ts';
import type { MapColors } from './piece-painter.ts';
import { computeGrid, countStates } from './piece-cells.ts';
import { describeMap, listLegend } from './piece-map-texts.ts';
import { computePitch, drawCell, PiecePainter } from './piece-painter.ts';
import { useTheme } from './use-theme.ts';
import { useWidth } from './use-width.ts';
import { DETAILS_TEXTS } from './words/details-texts.ts';

interface PieceMapProps {
  readonly pieces: Uint8Array;
  readonly role: ShareCard['role'];
}

/** Every piece of the share, or a few to a cell where there are very many. */
export function PieceMap({ pieces, role }: PieceMapProps): JSX.Element {
  const boxRef = useRef<HTMLDivElement>(null);
  const widthPx = useWidth(boxRef);
  const theme = useTheme();
  const counts = useMemo(() => countStates(pieces), [pieces]);
  const grid = useMemo(() => computeGrid(pieces.length, widthPx), [pieces.length, widthPx]);
  return (
    <figure class="piece-map">
      <figcaption class="details-title">{DETAILS_TEXTS.pieces(pieces.length)}</figcaption>
      <div ref={boxRef}>
        {widthPx > 0 && (
          // Another grid, other colors or finer pixels begin with an empty sheet.
          <MapCanvas
            key={`${widthPx} ${pieces.length} ${theme} ${devicePixelRatio}`}
            pieces={pieces}
            grid={grid}
            label={describeMap(counts, pieces.length, role)}
          />
        )}
      </div>
      <ul class="legend">
        {listLegend(counts, role).map(({ look, words }) => (
          <li key={look}>
            <Swatch key={theme} look={look} />
            {words}
          </li>
        ))}
      </ul>
      {grid.piecesPerCell > 1 && <p class="hint">{DETAILS_TEXTS.cell(grid.piecesPerCell)}</p>}
    </figure>
  );
}

interface MapCanvasProps {
  readonly pieces: Uint8Array;
  readonly grid: CellGrid;
  readonly label: string;
}

function MapCanvas({ pieces, grid, label }: MapCanvasProps): JSX.Element {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const painterRef = useRef<PiecePainter<HTMLCanvasElement>>(undefined);
  const scale = devicePixelRatio;
  const pitch = computePitch(grid, scale);
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      painterRef.current ??= createPainter(canvasRef.current, grid, scale);
      painterRef.current?.paint(pieces);
    });
    return () => cancelAnimationFrame(frame);
  }, [pieces, grid, scale]);
  const width = grid.columns * pitch;
  const height = grid.rows * pitch;
  return (
    <canvas
      ref={canvasRef}
      class="map-canvas"
      role="img"
      aria-label={label}
      width={width}
      height={height}
      style={{ width: `${width / scale}px`, height: `${height / scale}px` }}
    />
  );
}

const SWATCH_PX = 11;

function Swatch({ look }: { readonly look: number }): JSX.Element {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const size = Math.round(SWATCH_PX * devicePixelRatio);
  useEffect(() => {
    const canvas = canvasRef.current;
    const ink = canvas?.getContext('2d');
    if (canvas && ink) drawCell(ink, look, size, devicePixelRatio, readColors(canvas));
  }, [look, size]);
  return (
    <canvas
      ref={canvasRef}
      class="map-canvas swatch"
      aria-hidden="true"
      width={size}
      height={size}
    />
  );
}

function createPainter(
  canvas: HTMLCanvasElement | null,
  grid: CellGrid,
  scale: number,
): PiecePainter<HTMLCanvasElement> | undefined {
  const paper = canvas?.getContext('2d');
  if (!canvas || !paper) return undefined;
  return new PiecePainter({
    paper,
    grid,
    colors: readColors(canvas),
    scale,
    makeSprite(size, draw) {
      const sprite = document.createElement('canvas');
      sprite.width = size;
      sprite.height = size;
      const ink = sprite.getContext('2d');
      if (ink !== null) draw(ink);
      return sprite;
    },
  });
}

/** The style sheet says them, for light, dark and forced colors. */
function readColors(canvas: HTMLCanvasElement): MapColors {
  const style = getComputedStyle(canvas);
  return {
    held: style.color,
    fetching: style.borderBlockStartColor,
    line: style.borderBlockEndColor,
    faint: style.borderInlineStartColor,
  };
}
