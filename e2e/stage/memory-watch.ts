import { readFile } from 'node:fs/promises';

import type { CDPSession, Page } from 'playwright-core';

const SAMPLE_EVERY_MS = 250;

/** Megabytes (10^6 bytes). */
export interface MemorySample {
  /** The page's JavaScript heap, its DOM's, and the buffers that both hold. */
  readonly heapMB: number;
  /** Resident, of the page's own process; 0 where the system does not tell. */
  readonly rendererMB: number;
  /** Resident, over all processes of the browser; what they share counts in each. */
  readonly browserMB: number;
}

export interface MemoryWatch {
  readonly sample: () => Promise<MemorySample>;
  readonly sampleAfterCollection: () => Promise<MemorySample>;
}

/** Of the only page of a browser process. */
export async function watchMemory(page: Page): Promise<MemoryWatch> {
  const context = page.context();
  const browser = context.browser();
  if (browser === null) throw new Error('the browser does not tell its processes');
  const processes = await browser.newBrowserCDPSession();
  const heap = await context.newCDPSession(page);
  await heap.send('HeapProfiler.enable');
  const sample = async (): Promise<MemorySample> => ({
    heapMB: await readHeap(heap),
    ...(await readResident(processes)),
  });
  return {
    sample,
    sampleAfterCollection: async () => {
      await heap.send('HeapProfiler.collectGarbage');
      return sample();
    },
  };
}

/** Samples until `work` is done: the largest of each figure, each for itself. */
export async function samplePeak<Result>(
  watch: MemoryWatch,
  work: Promise<Result>,
): Promise<{ readonly result: Result; readonly peak: MemorySample }> {
  let peak = await watch.sample();
  const isOver = work.then(() => true);
  while (!(await Promise.race([isOver, resolveLater(SAMPLE_EVERY_MS)]))) {
    const { heapMB, rendererMB, browserMB } = await watch.sample();
    peak = {
      heapMB: Math.max(peak.heapMB, heapMB),
      rendererMB: Math.max(peak.rendererMB, rendererMB),
      browserMB: Math.max(peak.browserMB, browserMB),
    };
  }
  return { result: await work, peak };
}

function resolveLater(delayMs: number): Promise<false> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(false), delayMs);
  });
}

async function readHeap(session: CDPSession): Promise<number> {
  const usage = await session.send('Runtime.getHeapUsage');
  return (usage.usedSize + usage.embedderHeapUsedSize + usage.backingStorageSize) / 1e6;
}

/** The page is the browser's only one, so its process is the largest renderer. */
async function readResident(
  session: CDPSession,
): Promise<Pick<MemorySample, 'rendererMB' | 'browserMB'>> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const residents = await Promise.all(
    processInfo.map(async ({ id, type }) => ({ type, megabytes: await readResidentOf(id) })),
  );
  const renderers = residents.filter(({ type }) => type === 'renderer');
  return {
    rendererMB: Math.max(0, ...renderers.map(({ megabytes }) => megabytes)),
    browserMB: residents.reduce((total, { megabytes }) => total + megabytes, 0),
  };
}

async function readResidentOf(processId: number): Promise<number> {
  try {
    const status = await readFile(`/proc/${processId}/status`, 'utf8');
    return (Number(/^VmRSS:\s*(\d+) kB$/mu.exec(status)?.[1] ?? 0) * 1024) / 1e6;
  } catch {
    return 0;
  }
}
