import { findProgram } from './find-program.ts';

/** The executable of an installed unzip: what UNZIP_PROGRAM names, else the first found; undefined if none is. */
export function findUnzip(environment = process.env): string | undefined {
  return findProgram(
    {
      variable: 'UNZIP_PROGRAM',
      names: ['unzip'],
      folders: ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'],
      applications: [],
    },
    environment,
  );
}
