import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Speeds } from '../app/speed-history.ts';
import { formatSpeed, writeUnit } from './format.ts';
import { computeSpeedChart } from './speed-chart-shape.ts';
import { DETAILS_TEXTS } from './words/details-texts.ts';

/** The last minutes: received as a line over a filled ground, sent as a broken line. */
export function SpeedChart({ speeds }: { readonly speeds: Speeds }): JSX.Element {
  const shape = useMemo(() => computeSpeedChart(speeds), [speeds]);
  const { spanSeconds, topBytesPerSecond, down, up } = shape;
  const texts = DETAILS_TEXTS;
  const minutes = spanSeconds / 60;
  return (
    <figure class="speed-chart">
      <figcaption class="details-title">{texts.speed}</figcaption>
      <div class="chart-plot">
        <span class="chart-top" aria-hidden="true">
          {formatSpeed(topBytesPerSecond)}
        </span>
        <svg
          viewBox={`0 0 ${spanSeconds} 100`}
          preserveAspectRatio="none"
          role="img"
          aria-label={texts.speedPicture({ duration: writeUnit(minutes, 'minute', 'long') })}
        >
          <path
            class="chart-grid"
            d={`M0 0H${spanSeconds}M0 50H${spanSeconds}M0 100H${spanSeconds}`}
          />
          {down !== '' && <path class="chart-ground" d={`${down}V100H${firstX(down)}Z`} />}
          {up !== '' && <path class="chart-up" d={up} />}
          {down !== '' && <path class="chart-down" d={down} />}
        </svg>
      </div>
      <div class="chart-times" aria-hidden="true">
        <span dir="auto">{texts.ago({ duration: writeUnit(minutes, 'minute') })}</span>
        <span dir="auto">{texts.now}</span>
      </div>
      <ul class="legend">
        {down !== '' && (
          <LegendLine kind="down">
            {texts.received({ speed: formatSpeed(speeds.averageDown) })}
          </LegendLine>
        )}
        {up !== '' && (
          <LegendLine kind="up">{texts.sent({ speed: formatSpeed(speeds.averageUp) })}</LegendLine>
        )}
      </ul>
    </figure>
  );
}

interface LegendLineProps {
  readonly kind: 'down' | 'up';
  readonly children: string;
}

function LegendLine({ kind, children }: LegendLineProps): JSX.Element {
  return (
    <li>
      <svg class="swatch" viewBox="0 0 16 12" aria-hidden="true">
        <path class={`chart-${kind}`} d="M0 6H16" />
      </svg>
      {children}
    </li>
  );
}

function firstX(path: string): string {
  return path.slice(1, path.indexOf(' '));
}
