import type { JSX } from 'preact';

/** Line drawings on a 24 × 24 grid, for the eye alone: the words beside them say the same. */
const PATHS = {
  file: 'M7 3h7l5 5v13H7zM14 3v5h5',
  files: 'M9 3h6l5 5v9H9zM15 3v5h5M9 7H4v14h11v-4',
  drop: 'M12 4v11M7.5 10.5 12 15l4.5-4.5M4 15v5h16v-5',
  code: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 20h2',
  key: 'M8 12a4 4 0 1 0 0 .1M8 12h12v4M16 12v3',
  send: 'M12 15V4M8 8l4-4 4 4M6 11H5v9h14v-9h-1',
  text: 'M5 6V5h14v1M12 5v14M9 19h6',
  open: 'm6 9 6 6 6-6',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  down: 'M12 5v13M6.5 12.5 12 18l5.5-5.5',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5.5l3.5 2',
  shield: 'M12 3 5 6v5.5c0 4.5 3 7.7 7 9.5 4-1.8 7-5 7-9.5V6zM9 12l2.2 2.2L15.2 10',
  up: 'M12 19V6M6.5 11.5 12 6l5.5 5.5',
} as const;

export function Icon({ name }: { readonly name: keyof typeof PATHS }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** Two peers that hold the same thing. */
export function Logo(): JSX.Element {
  return (
    <svg class="logo" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <circle cx="12.5" cy="16" r="6" />
      <circle cx="19.5" cy="16" r="6" />
    </svg>
  );
}
