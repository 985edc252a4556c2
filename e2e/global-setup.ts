import { provideBrowser, WANTED_BROWSERS } from './browser/provide-browser.ts';

/** Makes sure of the browsers before the first test: without one of them no test runs, and the run fails. */
export function setup(): void {
  for (const browser of WANTED_BROWSERS) {
    const missing = provideBrowser(browser);
    if (missing === undefined) continue;
    process.stderr.write(`${missing}\n`);
    process.exit(1);
  }
}
