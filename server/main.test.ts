import type { ChildProcess } from 'node:child_process';

import { io } from 'socket.io-client';
import { afterEach, expect, test } from 'vitest';

import type { TrackerProcess } from './run-tracker.test-helper.ts';
import { findFreePort, readUrl, runTracker } from './run-tracker.test-helper.ts';

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function run(environment: Record<string, string>): TrackerProcess {
  const started = runTracker(environment);
  children.push(started.child);
  return started;
}

test('it says in one line where it is, serves, and stops in order when told to', async () => {
  const tracker = run({ LOG_LEVEL: 'debug' });
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
  const first = run({});
  const { port } = new URL(await readUrl(first));
  const second = run({ PORT: port });
  expect(await second.exited).toBe(1);
  expect(second.out).toBe('');
  expect(second.err).toContain(`Port ${port} is in use by another program.`);
  expect(second.err).not.toContain('    at ');
});

test('metrics are there where a port for them is set, and a port that is taken is named', async () => {
  const METRICS_PORT = String(await findFreePort());
  const first = run({ METRICS_PORT });
  await readUrl(first);
  const reply = await fetch(`http://127.0.0.1:${METRICS_PORT}/metrics`);
  expect(await reply.text()).toContain('peerify_sockets 0\n');
  const second = run({ METRICS_PORT });
  expect(await second.exited).toBe(1);
  expect(second.err).toMatch(
    new RegExp(`^Port ${METRICS_PORT} is in use by another program.* METRICS_PORT=`, 'mu'),
  );
});

test('a setting that is wrong gets one plain sentence and exit code 1', async () => {
  const started = run({ PORT: 'eighty' });
  expect(await started.exited).toBe(1);
  expect(started.err).toBe('PORT must be a whole number from 0 to 65535.\n');
});
