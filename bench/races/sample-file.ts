import { randomFillSync } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { computeSha256 } from '../../e2e/files/compute-sha256.ts';

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

export interface SampleFile {
  readonly file: string;
  readonly fileBytes: number;
  /** SHA-256, in hex. */
  readonly digest: string;
}

/** A file of random bytes in `folder`, of so many times 10^6. */
export async function writeSampleFile(folder: string, megabytes: number): Promise<SampleFile> {
  const file = join(folder, 'random.bin');
  const fileBytes = megabytes * 1e6;
  await writeRandomFile(file, fileBytes);
  return { file, fileBytes, digest: await computeSha256(file) };
}

/** Random bytes, so that nothing on the way can be compressed or found again. Holds little of them in memory. */
async function writeRandomFile(path: string, byteLength: number): Promise<void> {
  const file = await open(path, 'w');
  const step = Buffer.alloc(STEP_BYTES);
  try {
    for (let written = 0; written < byteLength; written += STEP_BYTES) {
      const part = randomFillSync(step.subarray(0, Math.min(STEP_BYTES, byteLength - written)));
      await file.write(part);
    }
    // Written out now, and not while something is measured.
    await file.sync();
  } finally {
    await file.close();
  }
}
