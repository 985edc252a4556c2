import type { TabIcon } from '../app/tab-duties.ts';

const RADIUS = 13;
const LENGTH = 2 * Math.PI * RADIUS;
/** Seen on light and on dark tabs. */
const COLOR = '#0f9d87';
const TRACK = '#8a9199';
const BAD = '#d83a2e';

let original: string | undefined;

/** Puts another icon on the tab, drawn here; `plain` puts the page's own back. */
export function showTabIcon(icon: TabIcon): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (link === null) return;
  original ??= link.href;
  link.href =
    icon.kind === 'plain' ? original : `data:image/svg+xml,${encodeURIComponent(draw(icon))}`;
}

/** On a grid of 32 × 32. */
function draw(icon: Exclude<TabIcon, { kind: 'plain' }>): string {
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke-width="5">' +
    `${drawShape(icon)}</svg>`
  );
}

function drawShape(icon: Exclude<TabIcon, { kind: 'plain' }>): string {
  switch (icon.kind) {
    case 'progress':
      return (
        `<circle cx="16" cy="16" r="${RADIUS}" stroke="${TRACK}" stroke-opacity=".4"/>` +
        `<circle cx="16" cy="16" r="${RADIUS}" stroke="${COLOR}" transform="rotate(-90 16 16)" ` +
        `stroke-dasharray="${((icon.percent / 100) * LENGTH).toFixed(1)} ${LENGTH.toFixed(1)}"/>`
      );
    case 'complete':
      return (
        `<circle cx="16" cy="16" r="16" fill="${COLOR}"/>` +
        '<path d="m8.5 16.5 5 5 10-11" stroke="#fff" stroke-width="4"/>'
      );
    case 'failed':
      return (
        `<rect width="32" height="32" rx="6" fill="${BAD}"/>` +
        '<path d="M16 7v11M16 22v4" stroke="#fff" stroke-width="4"/>'
      );
  }
}
