import { findProgram } from './find-program.ts';

/** The executable of an installed coturn: what TURNSERVER names, else the first found; undefined if none is. */
export function findCoturn(environment = process.env): string | undefined {
  return findProgram(
    {
      variable: 'TURNSERVER',
      names: ['turnserver'],
      folders: ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'],
      applications: [],
    },
    environment,
  );
}
