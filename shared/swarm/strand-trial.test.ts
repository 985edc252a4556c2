import { describe, expect, test } from 'vitest';
import { FAST_BYTES_PER_MS, STRAND_REST_MS, STRAND_TIMEOUT_MS } from './limits.ts';
import { StrandTrial } from './strand-trial.ts';

const TICK_MS = 500;
const KIB = 1024;

/** A source that sends at a rate for each number of strands, in bytes a millisecond. */
class Source {
  readonly trial = new StrandTrial();
  readonly asked: number[] = [];
  /** Whether what is asked for comes about. */
  opens = true;
  strands = 1;
  blockLength = 4 * KIB;
  nowMs = 0;
  #bytes = 0;
  /** By how much more comes where more is requested. */
  gainOfRequests = 1;
  readonly #rates: Readonly<Record<number, number>>;

  constructor(rates: Readonly<Record<number, number>>) {
    this.#rates = rates;
  }

  get isWide(): boolean {
    return this.trial.computeLeastBytes(this.strands, this.blockLength) > 0;
  }

  run(forMs: number): void {
    for (const endMs = this.nowMs + forMs; this.nowMs < endMs;) {
      this.nowMs += TICK_MS;
      const { strands, blockLength, isWide } = this;
      const rate = (this.#rates[strands] ?? 0) * (isWide ? this.gainOfRequests : 1);
      this.#bytes += TICK_MS * rate;
      const sight = { totalBytes: this.#bytes, blockLength, strands };
      const wanted = this.trial.look(sight, this.nowMs);
      if (wanted === undefined) continue;
      this.asked.push(wanted);
      if (this.opens) this.strands = wanted;
    }
  }
}

describe('E31: a trial of more strands', () => {
  test('asks for two and then for four where each step makes more come, and for no more', () => {
    const source = new Source({ 1: 100, 2: 190, 4: 340 });
    source.run(30_000);
    expect(source.asked).toEqual([2, 4]);
    expect(source.isWide).toBe(true);
  });

  test('measures for three seconds before it asks at all', () => {
    const source = new Source({ 1: 100, 2: 190 });
    source.run(3_000);
    expect(source.asked).toEqual([]);
    expect(source.isWide).toBe(false);
    source.run(1_000);
    expect(source.asked).toEqual([2]);
    expect(source.isWide).toBe(true);
  });

  test('measures longer where blocks are large and slow, and no longer than 15 s', () => {
    const source = new Source({ 1: 100, 2: 190 });
    source.blockLength = 50 * KIB;
    source.run(8_000);
    expect(source.asked).toEqual([]);
    source.run(2_000);
    expect(source.asked).toEqual([2]);
    const slow = new Source({ 1: 10, 2: 19 });
    slow.blockLength = 50 * KIB;
    slow.run(15_000);
    expect(slow.asked).toEqual([]);
    slow.run(1_000);
    expect(slow.asked).toEqual([2]);
  });

  test('does without where the first step does not pay', () => {
    const source = new Source({ 1: 100, 2: 110, 4: 200 });
    source.run(STRAND_REST_MS);
    expect(source.asked).toEqual([2]);
    expect(source.isWide).toBe(false);
  });

  test('tries again with those that are there, each time later', () => {
    const source = new Source({ 1: 100, 2: 100 });
    const tried: boolean[] = [];
    for (let i = 0; i < 100; i += 1) {
      source.run(1_000);
      tried.push(source.isWide);
    }
    const begins = tried.flatMap((is, i) => (is && tried[i - 1] !== true ? i : []));
    const gaps = begins.map((at, i) => at - (begins[i - 1] ?? 0)).slice(1);
    expect(gaps.length).toBeGreaterThanOrEqual(2);
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
    expect(gaps.at(-1)).toBeGreaterThan((gaps[0] ?? 0) + STRAND_REST_MS / 1_000);
    expect(source.asked).toEqual([2]);
  });

  test('finds out later that they pay, where the way was better at first', () => {
    const source = new Source({ 1: 300, 2: 100, 4: 100 });
    source.run(10_000);
    expect(source.isWide).toBe(false);
    source.gainOfRequests = 2;
    source.run(3 * STRAND_REST_MS);
    expect(source.isWide).toBe(true);
  });

  test('goes on with two where four do not pay', () => {
    const source = new Source({ 1: 100, 2: 190, 4: 200 });
    source.run(STRAND_REST_MS * 10);
    expect(source.asked).toEqual([2, 4]);
    expect(source.isWide).toBe(true);
  });

  test('leaves a way alone that is fast already', () => {
    const source = new Source({ 1: FAST_BYTES_PER_MS + 1 });
    source.run(STRAND_REST_MS);
    expect(source.asked).toEqual([]);
  });

  test('tries again, each time later, where they do not come about', () => {
    const source = new Source({ 1: 100 });
    source.opens = false;
    const measuringMs = 4_000;
    source.run(measuringMs + STRAND_TIMEOUT_MS + STRAND_REST_MS + measuringMs);
    expect(source.asked).toEqual([2, 2]);
    source.run(STRAND_TIMEOUT_MS + STRAND_REST_MS + measuringMs);
    expect(source.asked).toEqual([2, 2]);
    source.run(STRAND_REST_MS);
    expect(source.asked).toEqual([2, 2, 2]);
  });

  test('looks again whether a way that was fast at first is fast still', () => {
    const rates = { 1: FAST_BYTES_PER_MS, 2: 2 * FAST_BYTES_PER_MS, 4: 3 * FAST_BYTES_PER_MS };
    const source = new Source(rates);
    source.run(4_000);
    expect(source.asked).toEqual([]);
    rates[1] = 100;
    rates[2] = 190;
    source.run(STRAND_REST_MS + 4_000);
    expect(source.asked).toEqual([2]);
  });

  test('does not judge by what was measured before something interrupted it', () => {
    const rates = { 1: 100, 2: 100, 4: 100 };
    const source = new Source(rates);
    source.run(6_000);
    expect(source.asked).toEqual([2]);
    source.trial.interrupt(source.nowMs);
    // Later everything goes faster, which is not due to more connections.
    rates[2] = 300;
    rates[4] = 300;
    source.run(4_000);
    source.trial.interrupt(source.nowMs);
    source.run(30_000);
    expect(source.asked).toEqual([2]);
    expect(source.trial.computeLeastBytes(4, source.blockLength)).toBe(0);
  });

  test('measures anew after what interrupts it', () => {
    const source = new Source({ 1: 100, 2: 110, 4: 200 });
    source.run(3_000);
    source.trial.interrupt(source.nowMs);
    source.run(3_000);
    expect(source.asked).toEqual([]);
    source.run(2_000);
    expect(source.asked).toEqual([2]);
    source.run(3_000);
    source.trial.interrupt(source.nowMs);
    source.run(12_000);
    expect(source.asked).toEqual([2]);
    expect(source.isWide).toBe(false);
  });
});
