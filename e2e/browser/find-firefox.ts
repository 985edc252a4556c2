import { findProgram } from './find-program.ts';

/** The executable of an installed Firefox: what FIREFOX names, else the first found; undefined if none is. */
export function findFirefox(environment = process.env): string | undefined {
  return findProgram(
    {
      variable: 'FIREFOX',
      names: ['firefox-esr', 'firefox'],
      folders: ['/usr/bin', '/opt/firefox'],
      applications: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
    },
    environment,
  );
}
