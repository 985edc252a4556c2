import type { Bytes } from '../../shared/share/bytes.ts';
import type { Decoder, Verdict } from './decoder.ts';
import { createRandom } from '../../shared/swarm/random.ts';
import { runGuarded } from './guard.ts';
import { pick } from './mutate-bytes.ts';
import { countOutputBytes } from './output-bytes.ts';

/** Processor time for one input, whatever it is: how busy the machine is otherwise does not matter. */
const MAX_INPUT_MS = 1_000;
/** One input in so many is as it stands in the corpus. */
const UNCHANGED_EVERY = 50;
/** Inputs between two windings of the guard, which takes longer than most inputs. */
const GUARDED_COUNT = 500;

export interface FuzzOptions {
  readonly seed: number;
  /** The number of the first input. An input depends on its number, the seed and the corpus alone. */
  readonly first: number;
  readonly inputs: number;
}

export interface FuzzFailure {
  readonly number: number;
  readonly input: Bytes;
  readonly problem: string;
}

export interface FuzzReport {
  readonly decoder: string;
  readonly inputs: number;
  readonly accepted: number;
  /** How many, by violation. */
  readonly refused: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** Of the processor: on a machine that does other things as well, much less. */
  readonly processorSeconds: number;
  readonly failure?: FuzzFailure;
}

/** Feeds a decoder inputs that are nearly right, up to the first that it does not stand. */
export async function runFuzz(decoder: Decoder, options: FuzzOptions): Promise<FuzzReport> {
  return new FuzzRun(decoder, options).finish();
}

/** The input of this number. */
export function makeInput({ corpus, mutate }: Decoder, seed: number, number: number): Bytes {
  const random = createRandom(Math.imul(seed, 0x9e37_79b1) ^ number);
  const input = pick(corpus, random);
  return random.below(UNCHANGED_EVERY) === 0 ? input : mutate(input, pick(corpus, random), random);
}

/** What is wrong with how the decoder took this input; undefined where nothing is. */
export async function findProblem(decoder: Decoder, input: Bytes): Promise<string | undefined> {
  const run = new FuzzRun({ ...decoder, corpus: [input], mutate: () => input }, ONE_INPUT);
  return (await run.finish()).failure?.problem;
}

const ONE_INPUT: FuzzOptions = { seed: 1, first: 0, inputs: 1 };

class FuzzRun {
  readonly #decoder: Decoder;
  readonly #options: FuzzOptions;
  readonly #refused = new Map<string, number>();
  #accepted = 0;
  #number: number;
  #input: Bytes = new Uint8Array();
  #usage = process.cpuUsage();

  constructor(decoder: Decoder, options: FuzzOptions) {
    this.#decoder = decoder;
    this.#options = options;
    this.#number = options.first;
  }

  async finish(): Promise<FuzzReport> {
    const startedAtMs = performance.now();
    const usage = process.cpuUsage();
    const problem = await this.#findFirstProblem();
    const { first } = this.#options;
    return {
      decoder: this.#decoder.name,
      inputs: this.#number - first,
      accepted: this.#accepted,
      refused: Object.fromEntries([...this.#refused].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      seconds: (performance.now() - startedAtMs) / 1_000,
      processorSeconds: process.cpuUsage(usage).user / 1_000_000,
      ...(problem === undefined
        ? {}
        : { failure: { number: this.#number, input: this.#input, problem } }),
    };
  }

  async #findFirstProblem(): Promise<string | undefined> {
    const end = this.#options.first + this.#options.inputs;
    try {
      while (this.#number < end) {
        const pending = runGuarded(() => this.#judgeSome(end));
        if (pending !== undefined) this.#record(await pending);
      }
      return undefined;
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    }
  }

  /** Goes on until there is something to wait for, or the guard is to be wound up anew. */
  #judgeSome(end: number): Promise<Verdict> | undefined {
    const { seed } = this.#options;
    const stop = Math.min(end, this.#number + GUARDED_COUNT);
    while (this.#number < stop) {
      this.#input = makeInput(this.#decoder, seed, this.#number);
      this.#usage = process.cpuUsage();
      const verdict = this.#decoder.judge(this.#input);
      if (verdict instanceof Promise) return verdict;
      this.#record(verdict);
    }
    return undefined;
  }

  #record(verdict: Verdict): void {
    const tookMs = process.cpuUsage(this.#usage).user / 1_000;
    if (tookMs > MAX_INPUT_MS) throw new Error(`took ${Math.round(tookMs)} ms`);
    const { violations, maxOutputBytes } = this.#decoder;
    if ('accepted' in verdict) {
      const count = countOutputBytes(verdict.accepted);
      if (count > maxOutputBytes) throw new Error(`gave ${count} bytes`);
      this.#accepted += 1;
    } else {
      const { refused } = verdict;
      if (!violations.includes(refused))
        throw new Error(`refused with ${refused}, which is no rule`);
      this.#refused.set(refused, (this.#refused.get(refused) ?? 0) + 1);
    }
    this.#number += 1;
  }
}
