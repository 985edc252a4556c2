import { randomFillSync } from 'node:crypto';
import { copyFileSync, realpathSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { locateChromium } from '../browser/launch-chromium.ts';

const LARGE_BYTES = 200e6;

/** Writes a file of that many random bytes and returns its path. */
export function makeRandomFile(folder: string, name: string, size: number): string {
  const path = join(folder, name);
  writeFileSync(path, randomFillSync(Buffer.alloc(size)));
  return path;
}

/** Makes a file of that size that takes no room on the disk. */
export function makeSparseFile(folder: string, name: string, size: number): string {
  const path = join(folder, name);
  writeFileSync(path, '');
  truncateSync(path, size);
  return path;
}

/** 200 MB of real data: the beginning of the browser's own program. */
export function copyLargeRealFile(folder: string): string {
  const path = join(folder, 'program.bin');
  copyFileSync(findLargeRealFile(), path);
  truncateSync(path, LARGE_BYTES);
  return path;
}

function findLargeRealFile(): string {
  const executable = realpathSync(locateChromium());
  const candidates = [
    executable,
    // Debian's executable is a script that starts this one.
    '/usr/lib/chromium/chromium',
    join(dirname(executable), 'chrome'),
  ];
  const large = candidates.find((path) => isLarge(path));
  if (large === undefined) throw new Error(`${executable} leads to no file of 200 MB`);
  return large;
}

function isLarge(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) >= LARGE_BYTES;
}
