import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as whenIdle } from 'node:timers/promises';

/** Runs inside a server's process before the server itself, and answers the one who started it. */
export type ProbeQuestion = 'memory' | 'begin' | 'end';

/** Megabytes (10^6 bytes), garbage collected before: resident, and the JavaScript heap with its buffers. */
export interface ServerMemory {
  readonly rssMB: number;
  readonly heapMB: number;
}

/** Between 'begin' and 'end'. Peaks count garbage; delays are those of a timer, beyond the time that it was set for. */
export interface ServerStrain {
  readonly peakRssMB: number;
  readonly peakHeapMB: number;
  readonly delayMeanMs: number;
  readonly delayP99Ms: number;
  readonly delayMaxMs: number;
  readonly cpuSeconds: number;
}

const RESOLUTION_MS = 2;
const SAMPLE_EVERY_MS = 100;

const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
let peak: ServerMemory = { rssMB: 0, heapMB: 0 };
let startedCpu = process.cpuUsage();
let sampler: NodeJS.Timeout | undefined;

function readMemory(): ServerMemory {
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rssMB: rss / 1e6, heapMB: (heapUsed + external) / 1e6 };
}

async function readCollected(): Promise<ServerMemory> {
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await whenIdle();
  }
  return readMemory();
}

function samplePeak(): void {
  const { rssMB, heapMB } = readMemory();
  peak = { rssMB: Math.max(peak.rssMB, rssMB), heapMB: Math.max(peak.heapMB, heapMB) };
}

function begin(): true {
  peak = readMemory();
  sampler = setInterval(samplePeak, SAMPLE_EVERY_MS);
  delays.reset();
  delays.enable();
  startedCpu = process.cpuUsage();
  return true;
}

function end(): ServerStrain {
  const { user, system } = process.cpuUsage(startedCpu);
  clearInterval(sampler);
  delays.disable();
  samplePeak();
  return {
    peakRssMB: peak.rssMB,
    peakHeapMB: peak.heapMB,
    delayMeanMs: computeDelayMs(delays.mean),
    delayP99Ms: computeDelayMs(delays.percentile(99)),
    delayMaxMs: computeDelayMs(delays.max),
    cpuSeconds: (user + system) / 1e6,
  };
}

function computeDelayMs(nanoseconds: number): number {
  return Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
}

async function answer(question: ProbeQuestion): Promise<void> {
  if (question === 'memory') process.send?.(await readCollected());
  else process.send?.(question === 'begin' ? begin() : end());
}

process.on('message', (question: ProbeQuestion) => void answer(question));
// A server that has closed everything of its own ends, whoever may still ask.
process.channel?.unref();
