import { describe, expect, test } from 'vitest';
import { FAST_WAY, STRAND_REST_MS, STRAND_TIMEOUT_MS } from './limits.ts';
import { StrandTrial } from './strand-trial.ts';

const TICK_MS = 500;

/** A source that sends at a rate for each number of strands, in bytes a millisecond. */
class Source {
  readonly trial = new StrandTrial();
  readonly asked: number[] = [];
  /** Whether what is asked for comes about. */
  opens = true;
  strands = 1;
  nowMs = 0;
  #bytes = 0;
  readonly #rates: Readonly<Record<number, number>>;

  constructor(rates: Readonly<Record<number, number>>) {
    this.#rates = rates;
  }

  run(forMs: number): void {
    for (const endMs = this.nowMs + forMs; this.nowMs < endMs;) {
      this.nowMs += TICK_MS;
      this.#bytes += TICK_MS * (this.#rates[this.strands] ?? 0);
      const strands = this.trial.look(this.#bytes, this.strands, this.nowMs);
      if (strands === undefined) continue;
      this.asked.push(strands);
      if (this.opens) this.strands = strands;
    }
  }
}

describe('E31: a trial of more strands', () => {
  test('asks for two and then for four where each step makes more come, and for no more', () => {
    const source = new Source({ 1: 100, 2: 190, 4: 340 });
    source.run(30_000);
    expect(source.asked).toEqual([2, 4]);
  });

  test('measures for three seconds before it asks at all', () => {
    const source = new Source({ 1: 100, 2: 190 });
    source.run(3_000);
    expect(source.asked).toEqual([]);
    source.run(1_000);
    expect(source.asked).toEqual([2]);
  });

  test('stops where the first step does not pay, and tries again ever more seldom', () => {
    const source = new Source({ 1: 100, 2: 110, 4: 111 });
    source.run(STRAND_REST_MS);
    expect(source.asked).toEqual([2]);
    source.run(STRAND_REST_MS / 2);
    expect(source.asked).toEqual([2, 4]);
    source.opens = false;
    source.run(STRAND_REST_MS * 8);
    expect(source.asked).toEqual([2, 4]);
  });

  test('leaves a way alone that is fast already', () => {
    const source = new Source({ 1: FAST_WAY + 1 });
    source.run(STRAND_REST_MS - TICK_MS);
    expect(source.asked).toEqual([]);
  });

  test('gives up on strands that do not come about', () => {
    const source = new Source({ 1: 100 });
    source.opens = false;
    source.run(STRAND_TIMEOUT_MS + STRAND_REST_MS);
    expect(source.asked).toEqual([2]);
    source.run(STRAND_TIMEOUT_MS);
    expect(source.asked).toEqual([2, 2]);
  });

  test('begins anew after what interrupts it', () => {
    const source = new Source({ 1: 100, 2: 190 });
    source.run(3_000);
    source.trial.interrupt();
    source.run(3_000);
    expect(source.asked).toEqual([]);
    source.run(1_000);
    expect(source.asked).toEqual([2]);
  });

  test('rests through what interrupts it', () => {
    const source = new Source({ 1: 100, 2: 100 });
    source.run(10_000);
    source.trial.interrupt();
    source.run(10_000);
    expect(source.asked).toEqual([2]);
  });
});
