import { expect, test } from 'vitest';

import { withBuiltServers } from './built-servers.ts';
import { measureFloods } from './flood-tracker.ts';

const SECONDS = 3;
/** A flood lasts a little longer than the load that it is beside, and the load waits for its last answers. */
const FLOOD_SECONDS = 2 * SECONDS;
/** Fifty at once and ten a second (T11). */
const MAX_DONE_EACH = 50 + 10 * FLOOD_SECONDS;
/** Of one address in a minute, which is longer than both floods. */
const MAX_OVERRUNS = 1000;

test('case T10; T11, T27: floods from another process are put off and thrown out, and honest peers notice nothing', async () => {
  const row = await withBuiltServers((servers) =>
    measureFloods({ servers, peers: 40, seconds: SECONDS, seed: 1 }),
  );
  expect(row).toMatchObject({ oneHonestRefused: 0, oneHonestLost: 0 });
  expect(row).toMatchObject({ fiftyHonestRefused: 0, fiftyHonestLost: 0 });
  const read = (name: string): number => row[name] ?? Number.NaN;
  for (const [flood, connections] of [
    ['one', 1],
    ['fifty', 50],
  ] as const) {
    expect(read(`${flood}Refused`)).toBeGreaterThan(0);
    expect(read(`${flood}ThrownOut`)).toBeGreaterThan(0);
    expect(read(`${flood}Done`)).toBeGreaterThan(0);
    expect(read(`${flood}P99ToQuiet`)).toBeGreaterThan(0);
    // No connection gets more than its rate, whatever it sends.
    const maxDone = (read(`${flood}ThrownOut`) + connections) * MAX_DONE_EACH;
    expect(read(`${flood}Done`)).toBeLessThanOrEqual(maxDone);
  }
  // Each refusal is one of the address's overruns; past them, the first of each connection ends it.
  const thrownOut = read('oneThrownOut') + read('fiftyThrownOut');
  expect(read('oneRefused') + read('fiftyRefused')).toBeLessThanOrEqual(MAX_OVERRUNS + thrownOut);
}, 60_000);
