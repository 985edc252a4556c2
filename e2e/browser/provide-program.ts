import { findChromium } from './find-chromium.ts';
import { findCoturn } from './find-coturn.ts';
import { findFirefox } from './find-firefox.ts';
import { findUnzip } from './find-unzip.ts';
import { installPackage } from './install-package.ts';

interface WantedProgram {
  readonly name: string;
  /** The environment variable that may name its executable. */
  readonly variable: string;
  readonly debianPackage: string;
  readonly find: () => string | undefined;
}

export const WANTED_PROGRAMS: readonly WantedProgram[] = [
  {
    name: 'Chromium or Chrome',
    variable: 'CHROMIUM',
    debianPackage: 'chromium',
    find: findChromium,
  },
  { name: 'Firefox', variable: 'FIREFOX', debianPackage: 'firefox-esr', find: findFirefox },
  { name: 'coturn', variable: 'TURNSERVER', debianPackage: 'coturn', find: findCoturn },
];

/** What one test alone wants. */
export const UNZIP: WantedProgram = {
  name: 'unzip',
  variable: 'UNZIP_PROGRAM',
  debianPackage: 'unzip',
  find: findUnzip,
};

/** Finds or installs a program. Returns what a person has to do where neither is possible, in one sentence. */
export function provideProgram(
  { name, variable, debianPackage, find }: WantedProgram,
  install = installPackage,
  environment = process.env,
): string | undefined {
  if (find() !== undefined) return undefined;
  const obstacle =
    (environment[variable] ?? '') === ''
      ? install(debianPackage)
      : `${variable} names no executable`;
  if (obstacle === undefined && find() !== undefined) return undefined;
  return `No ${name} was found, and ${obstacle ?? 'installing it did not help'}: install one, or name its executable in ${variable}.`;
}
