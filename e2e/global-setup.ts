import { findChromium } from './browser/find-chromium.ts';
import { installChromium } from './browser/install-chromium.ts';

/** Makes sure of a browser before the first test. */
export function setup(): void {
  if (findChromium() !== undefined) return;
  const obstacle =
    process.env['CHROMIUM'] === undefined ? installChromium() : 'CHROMIUM names no executable';
  if (obstacle === undefined && findChromium() !== undefined) return;
  process.stderr.write(
    `No Chromium or Chrome was found, and ${obstacle ?? 'installing it did not help'}: install one, or name its executable in CHROMIUM.\n`,
  );
  process.exit(1);
}
