import { findProgram } from './find-program.ts';

/** The executable of an installed Chromium or Chrome: what CHROMIUM names, else the first found; undefined if none is. */
export function findChromium(environment = process.env): string | undefined {
  return findProgram(
    {
      variable: 'CHROMIUM',
      names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'],
      folders: ['/usr/bin', '/opt/google/chrome'],
      applications: [
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
        '/Applications/Chromium.app/Contents/MacOS/Chromium',
      ],
    },
    environment,
  );
}
