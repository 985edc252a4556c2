import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { io } from 'socket.io-client';
import { afterEach, expect, test, vi } from 'vitest';

const MAIN = join(import.meta.dirname, 'main.ts');
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

interface Run {
  readonly child: ChildProcess;
  out: string;
  err: string;
  readonly exited: Promise<number | null>;
}

function run(environment: Record<string, string>): Run {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: { ...process.env, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const started: Run = { child, out: '', err: '', exited };
  child.stdout.on('data', (chunk) => (started.out += String(chunk)));
  child.stderr.on('data', (chunk) => (started.err += String(chunk)));
  return started;
}

async function readUrl(started: Run): Promise<string> {
  return vi.waitFor(
    () => {
      const url = /^Peerify is ready at (http:\/\/\S+)\n$/u.exec(started.out)?.[1];
      if (url === undefined) throw new Error(`not ready: ${started.err}`);
      return url;
    },
    { timeout: 10_000 },
  );
}

test('it says in one line where it is, serves, and stops in order when told to', async () => {
  const tracker = run({ PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'debug' });
  const url = await readUrl(tracker);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const socket = io(url, { transports: ['websocket'], reconnection: false });
  await new Promise((resolve) => socket.on('welcome', resolve));
  const refused = io(url, {
    transports: ['websocket'],
    reconnection: false,
    extraHeaders: { Origin: 'https://evil.example' },
  });
  await new Promise((resolve) => refused.on('connect_error', resolve));
  tracker.child.kill('SIGTERM');
  expect(await tracker.exited).toBe(0);
  expect(tracker.err).toContain('another origin');
  expect(tracker.err).not.toMatch(/127\.0\.0\.1|evil/u);
});

test('a port that is taken gets one plain sentence and exit code 1', async () => {
  const first = run({ PORT: '0', HOST: '127.0.0.1' });
  const { port } = new URL(await readUrl(first));
  const second = run({ PORT: port, HOST: '127.0.0.1' });
  expect(await second.exited).toBe(1);
  expect(second.out).toBe('');
  expect(second.err).toContain(`Port ${port} is in use by another program.`);
  expect(second.err).not.toContain('    at ');
});

test('a setting that is wrong gets one plain sentence and exit code 1', async () => {
  const started = run({ PORT: 'eighty' });
  expect(await started.exited).toBe(1);
  expect(started.err).toBe('PORT must be a whole number from 0 to 65535.\n');
});
