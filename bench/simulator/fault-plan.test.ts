import { describe, expect, test } from 'vitest';
import type { Weather } from './fault-plan.ts';
import { createRandom } from '../../shared/swarm/random.ts';
import { drawFaults } from './fault-plan.ts';

const END_MS = 60_000;

function draw(count: number, weather: Weather, seed = 1) {
  return drawFaults(count, 7, END_MS, weather, createRandom(seed));
}

function typesIn(weather: Weather): ReadonlySet<string> {
  return new Set(draw(2_000, weather).map(({ type }) => type));
}

describe('faults', () => {
  test('come in the order of their time, name hosts that exist, and are over by the end', () => {
    const faults = draw(2_000, 'harsh');
    expect(faults.map(({ atMs }) => atMs)).toEqual(
      faults.map(({ atMs }) => atMs).toSorted((a, b) => a - b),
    );
    for (const fault of faults) {
      expect(fault.atMs + ('forMs' in fault ? fault.forMs : 0)).toBeLessThanOrEqual(END_MS);
      if ('host' in fault) expect(fault.host).toBeLessThan(7);
    }
  });

  test('are of every kind in harsh weather, and of fewer in mild', () => {
    expect(typesIn('harsh').size).toBe(12);
    expect(typesIn('mild').size).toBe(8);
  });

  test('are the same for the same seed', () => {
    expect(draw(20, 'harsh', 3)).toEqual(draw(20, 'harsh', 3));
    expect(draw(20, 'harsh', 4)).not.toEqual(draw(20, 'harsh', 3));
  });
});
