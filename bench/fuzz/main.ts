import type { Decoder } from './decoder.ts';
import { parseArgs } from 'node:util';
import { printLine } from '../report.ts';
import { createDecoders } from './all-decoders.ts';
import { findProblem, runFuzz } from './run-fuzz.ts';

const DEFAULT_INPUTS = 100_000;

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: { inputs: text, seed: text, first: text, decoder: text, hex: text },
});
const decoders = await createDecoders();
const { decoder: wanted, hex } = values;
const chosen = decoders.filter(({ name }) => wanted === undefined || name === wanted);
const [only] = chosen;
if (only === undefined) {
  const names = decoders.map(({ name }) => name).join(' ');
  process.stderr.write(
    'Usage: npm run fuzz -- [--inputs N] [--seed N] [--decoder NAME] [--first NUMBER]\n' +
      `       npm run fuzz -- --decoder NAME --hex INPUT\nDecoders: ${names}\n`,
  );
  process.exitCode = 1;
} else if (hex === undefined) await fuzz(chosen);
else await replay(only, Buffer.from(hex, 'hex'));

/** Each decoder up to its first failing input; one line each, and one about all. */
async function fuzz(chosen: readonly Decoder[]): Promise<void> {
  const seed = Number(values.seed ?? 1);
  const first = Number(values.first ?? 0);
  const inputs = Number(values.inputs ?? DEFAULT_INPUTS);
  const total = { decoders: chosen.length, inputs: 0, failed: 0, seconds: 0, processorSeconds: 0 };
  for (const decoder of chosen) {
    const { failure, ...report } = await runFuzz(decoder, { seed, first, inputs });
    printLine(report);
    total.inputs += report.inputs;
    total.seconds += report.seconds;
    total.processorSeconds += report.processorSeconds;
    if (failure === undefined) continue;
    total.failed += 1;
    const command = `npm run fuzz -- --decoder ${decoder.name} --seed ${seed}`;
    printLine({
      decoder: decoder.name,
      problem: failure.problem,
      hex: Buffer.from(failure.input).toString('hex'),
      replay: `${command} --first ${failure.number} --inputs 1`,
    });
  }
  printLine({ fuzz: 'all', seed, ...total });
  if (total.failed > 0) process.exitCode = 1;
}

async function replay(decoder: Decoder, bytes: Buffer): Promise<void> {
  const problem = await findProblem(decoder, Uint8Array.from(bytes));
  printLine({ decoder: decoder.name, problem: problem ?? 'none' });
  if (problem !== undefined) process.exitCode = 1;
}
