import { provideProgram, WANTED_PROGRAMS } from './browser/provide-program.ts';

/** Makes sure of the browsers and the relay before the first test: without one of them no test runs, and the run fails. */
export function setup(): void {
  for (const program of WANTED_PROGRAMS) {
    const missing = provideProgram(program);
    if (missing === undefined) continue;
    process.stderr.write(`${missing}\n`);
    process.exit(1);
  }
}
