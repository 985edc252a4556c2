import { describe, expect, test } from 'vitest';
import { createDecoders } from './all-decoders.ts';
import { findProblem, runFuzz } from './run-fuzz.ts';

/** `npm run fuzz` tries fifty times as many. */
const OPTIONS = { seed: 2, first: 0, inputs: 2_000 };

const decoders = await createDecoders();

describe('mutated inputs', () => {
  test.each(decoders)('$name: accepts its corpus', async (decoder) => {
    for (const input of decoder.corpus) {
      expect(await decoder.judge(input)).toHaveProperty('accepted');
      expect(await findProblem(decoder, input)).toBeUndefined();
    }
  });

  test.each(decoders)('$name: stands 2,000 of them', async (decoder) => {
    const { failure, inputs } = await runFuzz(decoder, OPTIONS);
    expect(failure?.problem).toBeUndefined();
    expect(inputs).toBe(OPTIONS.inputs);
  });
});
