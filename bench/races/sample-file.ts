import { randomFillSync } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const STEP_BYTES = 8 * 1024 * 1024;

const REMOVE = { recursive: true, force: true, maxRetries: 5 };

/** Gives `work` a new folder, and removes it with all that is in it afterwards, also on an early exit. */
export async function withScratchFolder<Result>(
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'peerify-bench-'));
  const removeNow = (): void => rmSync(folder, REMOVE);
  process.once('exit', removeNow);
  try {
    return await work(folder);
  } finally {
    process.off('exit', removeNow);
    await rm(folder, REMOVE);
  }
}

/** Random bytes, so that nothing on the way can be compressed or found again. Holds little of them in memory. */
export async function writeRandomFile(path: string, byteLength: number): Promise<void> {
  const file = await open(path, 'w');
  const step = Buffer.alloc(STEP_BYTES);
  try {
    for (let written = 0; written < byteLength; written += STEP_BYTES) {
      const part = randomFillSync(step.subarray(0, Math.min(STEP_BYTES, byteLength - written)));
      await file.write(part);
    }
  } finally {
    await file.close();
  }
}
