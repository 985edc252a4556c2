import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';

import { vi } from 'vitest';

import { listen } from './http/listen.ts';

const MAIN = join(import.meta.dirname, 'main.ts');

/** A tracker in a process of its own, and all that it has printed so far. */
export interface TrackerProcess {
  readonly child: ChildProcess;
  out: string;
  err: string;
  /** The exit code; null where a signal ended it. */
  readonly exited: Promise<number | null>;
}

export function runTracker(environment: Record<string, string>): TrackerProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: { ...process.env, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const started: TrackerProcess = { child, out: '', err: '', exited };
  child.stdout.on('data', (chunk) => (started.out += String(chunk)));
  child.stderr.on('data', (chunk) => (started.err += String(chunk)));
  return started;
}

/** Resolves with its origin once it is ready. */
export async function readUrl(started: TrackerProcess): Promise<string> {
  return vi.waitFor(
    () => {
      const url = /^Peerify is ready at (http:\/\/\S+)\n$/u.exec(started.out)?.[1];
      if (url === undefined) throw new Error(`not ready: ${started.err}`);
      return url;
    },
    { timeout: 15_000 },
  );
}

/** A port that nobody listens on just now. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0, '127.0.0.1');
  await new Promise((resolve) => server.close(resolve));
  return port;
}
