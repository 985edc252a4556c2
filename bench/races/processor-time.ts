import { listProcesses } from '../../e2e/stage/profile.ts';
import type { BenchBrowser } from './browser.ts';

export interface ProcessorTimed<Result> {
  readonly result: Result;
  /** Of all processors together. */
  readonly processorSeconds: number;
}

/** How long processors work for these browsers, with all of their processes, while `work` runs. */
export async function timeProcessors<Result>(
  browsers: readonly BenchBrowser[],
  work: () => Promise<Result>,
): Promise<ProcessorTimed<Result>> {
  const before = await Promise.all(browsers.map(readProcesses));
  const result = await work();
  const after = await Promise.all(browsers.map(readProcesses));
  let processorSeconds = 0;
  for (const [i, processes] of after.entries()) {
    for (const [id, seconds] of processes) processorSeconds += seconds - (before[i]?.get(id) ?? 0);
  }
  return { result, processorSeconds };
}

/** The seconds that each process has taken since it began, by its number. */
async function readProcesses({ context }: BenchBrowser): Promise<ReadonlyMap<number, number>> {
  const processes = await listProcesses(context);
  return new Map(processes.map(({ id, cpuTime }) => [id, cpuTime]));
}
