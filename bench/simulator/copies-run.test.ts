import { describe, expect, test } from 'vitest';
import { runCopies } from './copies-run.ts';
import { drawCopiesScenario } from './copies-scenario.ts';
import { runRepair } from './repair-run.ts';

const SEED_COUNT = 120;
const SEEDS_A_TEST = 10;

describe('E21, E22, E23, T29, T30, T31, T32: whoever lies, discards, leaves or falls silent, a sharer is told that it may close when it may', () => {
  test.each(Array.from({ length: SEED_COUNT / SEEDS_A_TEST }, (_, i) => 1 + i * SEEDS_A_TEST))(
    'seeds from %i on',
    (first) => {
      for (let seed = first; seed < first + SEEDS_A_TEST; seed += 1) {
        expect(runCopies(drawCopiesScenario(seed)).steps).toBeGreaterThan(0);
      }
    },
  );
});

describe('seeds that once failed', () => {
  test.each([
    [
      320,
      'who had shown nothing for minutes showed one new piece, and all that it threw away counted again',
    ],
    [981, 'a volunteer that was released has a new engine, which knows of no bans'],
  ])('seed %i: %s', (seed) => {
    expect(runCopies(drawCopiesScenario(seed)).steps).toBeGreaterThan(0);
  });
});

test.each([true, false])(
  'T30: copies of a killed volunteer are asked of others at once, and made in the time that takes; the sharer is there: %s',
  (isSharerThere) => {
    const { firstOrderMs, ratio } = runRepair(1, isSharerThere);
    expect(firstOrderMs).toBeLessThan(5_000);
    expect(ratio).toBeLessThan(1.3);
  },
);
