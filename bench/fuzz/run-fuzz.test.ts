import type { Decoder, Verdict } from './decoder.ts';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../../shared/share/bytes.ts';
import { accepted, mustHold, refused } from './decoder.ts';
import { runGuarded } from './guard.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { findProblem, makeInput, runFuzz } from './run-fuzz.ts';

const OPTIONS = { seed: 1, first: 0, inputs: 2_000 };

function createDecoder(judge: (text: string) => Verdict | Promise<Verdict>): Decoder {
  return {
    name: 'sample',
    corpus: ['abcd', 'efgh'].map(utf8),
    violations: ['short'],
    maxOutputBytes: 1_000_000,
    mutate: (input, other, random) => mutateBytes(input, other, random),
    judge: (input) => judge(new TextDecoder().decode(input)),
  };
}

function workFor(milliseconds: number): void {
  const usage = process.cpuUsage();
  while (process.cpuUsage(usage).user < milliseconds * 1_000);
}

function runForEver(): never {
  for (;;) expect(true).toBe(true);
}

function problemOf(judge: (text: string) => Verdict | Promise<Verdict>): Promise<string> {
  return runFuzz(createDecoder(judge), OPTIONS).then(({ failure }) => failure?.problem ?? 'none');
}

describe('a decoder is found out that', () => {
  test('throws', async () => {
    const problem = problemOf((text) => accepted(JSON.parse(text)));
    expect(await problem).toMatch(/^SyntaxError/);
  });

  test('rejects', async () => {
    const problem = problemOf(async (text) => accepted(JSON.parse(text)));
    expect(await problem).toMatch(/^SyntaxError/);
  });

  test('accepts what it should not', async () => {
    const problem = problemOf((text) => {
      mustHold(text.length < 5, 'no more than four letters');
      return accepted(text);
    });
    expect(await problem).toBe('BrokenProperty: no more than four letters');
  });

  test('names a rule that there is not', async () => {
    expect(await problemOf(() => refused('long'))).toMatch(/refused with long/);
  });

  test('gives more than its limit', async () => {
    const problem = problemOf((text) => accepted(text.length > 5 ? new Uint8Array(2e6) : text));
    expect(await problem).toMatch(/gave 20000\d\d bytes/);
  });

  test('keeps a large buffer behind a small value', async () => {
    const problem = problemOf(() => accepted({ deep: [new Uint8Array(2e6).subarray(0, 1)] }));
    expect(await problem).toMatch(/gave 20000\d\d bytes/);
  });
});

test('a decoder is found out that takes seconds', async () => {
  const slow = createDecoder((text) => {
    if (text === 'slow') workFor(1_100);
    return accepted(text);
  });
  expect(await findProblem(slow, utf8('slow'))).toMatch(/took 1\d\d\d ms/);
  expect(await findProblem(slow, utf8('fast'))).toBeUndefined();
});

test('a call that never returns is given up', () => {
  expect(() => runGuarded(runForEver, 50)).toThrow('did not return');
  expect(runGuarded(() => 7, 50)).toBe(7);
});

test('the same seed and number give the same input, another seed or number another', () => {
  const decoder = createDecoder(accepted);
  const inputs = Array.from({ length: 50 }, (_, number) => makeInput(decoder, 1, number));
  expect(Array.from({ length: 50 }, (_, number) => makeInput(decoder, 1, number))).toEqual(inputs);
  expect(new Set(inputs.map(String)).size).toBeGreaterThan(30);
  expect(Array.from({ length: 50 }, (_, number) => makeInput(decoder, 2, number))).not.toEqual(
    inputs,
  );
});

test('a failing input comes again by its number, and by itself', async () => {
  const decoder = createDecoder((text) => {
    mustHold(!text.includes('aa'), 'no double a');
    return accepted(text);
  });
  const { failure } = await runFuzz(decoder, { ...OPTIONS, inputs: 20_000 });
  if (failure === undefined) throw new Error('no double a in 20,000 inputs');
  const { number, input } = failure;
  const again = await runFuzz(decoder, { seed: 1, first: number, inputs: 1 });
  expect(again.failure).toEqual({ number, input, problem: 'BrokenProperty: no double a' });
  expect(await findProblem(decoder, input)).toBe('BrokenProperty: no double a');
  expect(await findProblem(decoder, utf8('abcd'))).toBeUndefined();
});

test('what was accepted and refused is counted, by violation', async () => {
  const decoder = createDecoder((text) => (text.length < 4 ? refused('short') : accepted(text)));
  const report = await runFuzz(decoder, OPTIONS);
  expect(report.inputs).toBe(2_000);
  expect(Object.keys(report.refused)).toEqual(['short']);
  expect(report.accepted + (report.refused['short'] ?? 0)).toBe(2_000);
  expect(report.accepted).toBeGreaterThan(500);
});
