import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AppActions, QrCode } from '../app/app-state.ts';
import { TEXTS } from './texts.ts';
import { LINK_TEXTS } from './words/link-texts.ts';

/** White around the code, in squares of it: less, and some phones do not find it. */
const QUIET_ZONE = 4;

interface QrPanelProps {
  readonly link: string;
  readonly name: string;
  readonly draw: AppActions['drawQrCode'];
}

/** The link for a phone's camera. Black on white in every theme: not every phone reads it the other way. */
export function QrPanel({ link, name, draw }: QrPanelProps): JSX.Element | null {
  const [code, setCode] = useState<QrCode | 'missing' | undefined>(undefined);
  useEffect(() => {
    let isShown = true;
    void draw(link).then((drawn) => {
      if (isShown) setCode(drawn ?? 'missing');
    });
    return () => {
      isShown = false;
    };
  }, [draw, link]);
  if (code === undefined) return null;
  if (code === 'missing') return <p class="hint">{TEXTS.viewMissing}</p>;
  const side = code.size + 2 * QUIET_ZONE;
  return (
    <figure class="qr-code">
      <svg
        viewBox={`${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}`}
        role="img"
        aria-label={LINK_TEXTS.codeOf({ name })}
        shape-rendering="crispEdges"
      >
        <rect x={-QUIET_ZONE} y={-QUIET_ZONE} width={side} height={side} fill="#fff" />
        <path d={code.path} fill="#000" />
      </svg>
      <figcaption>{LINK_TEXTS.codeHint}</figcaption>
    </figure>
  );
}
