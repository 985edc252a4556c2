import type { ChildProcess } from 'node:child_process';

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { io } from 'socket.io-client';
import { afterEach, expect, test, vi } from 'vitest';

import { createSampleShare } from '../shared/share/sample-share.test-helper.ts';
import { announceOf, connectPeer } from './gateway/test-peer.test-helper.ts';
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

test('T33: refused shares are read at the start and again on SIGHUP; a list that is wrong changes nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'peerify-denied-'));
  const list = join(folder, 'denied.txt');
  const share = await createSampleShare({ streamLength: 100 });
  await writeFile(list, `# none yet\n\n${'A'.repeat(22)} # an old one\n`);
  const tracker = run({ DENIED_SHARES_FILE: list, LOG_LEVEL: 'info' });
  const peer = await connectPeer(await readUrl(tracker));
  const announce = () => peer.ask('announce', announceOf(share, 0));
  expect(await announce()).toEqual({ ok: true });
  await writeFile(list, `${share.shareId}\r\n`);
  tracker.child.kill('SIGHUP');
  const refused = { ok: false, code: 'share-refused' };
  await vi.waitFor(async () => expect(await announce()).toEqual(refused), 5000);
  await writeFile(list, '\nno share ID\n');
  tracker.child.kill('SIGHUP');
  await vi.waitFor(() => expect(tracker.err).toContain('line 2 is not a share ID'), 5000);
  expect(await announce()).toEqual(refused);
  expect(tracker.err + tracker.out).not.toContain(share.shareId);
  peer.socket.disconnect();
  const second = run({ DENIED_SHARES_FILE: list });
  expect(await second.exited).toBe(1);
  expect(second.err).toContain('DENIED_SHARES_FILE: line 2 is not a share ID.\n');
  const third = run({ DENIED_SHARES_FILE: join(folder, 'none') });
  expect(await third.exited).toBe(1);
  expect(third.err).toContain('The file that DENIED_SHARES_FILE names cannot be read.\n');
  await rm(folder, { recursive: true });
});

test('a setting that is wrong gets one plain sentence and exit code 1', async () => {
  const started = run({ PORT: 'eighty' });
  expect(await started.exited).toBe(1);
  expect(started.err).toBe('PORT must be a whole number from 0 to 65535.\n');
});
