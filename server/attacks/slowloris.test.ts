import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { GOODBYE_MS } from '../gateway/gateway-limits.ts';
import { TRACKER_TIMEOUTS } from '../timeouts.ts';
import type { AttackedTracker } from './attacked-tracker.test-helper.ts';
import { startAttacked } from './attacked-tracker.test-helper.ts';
import { drip, JOIN_PATH, readUntilClosed, upgradeTo } from './raw-tcp.test-helper.ts';

const SHORT = {
  headersMs: 200,
  requestMs: 300,
  keepAliveMs: 100,
  idleMs: 400,
  checkMs: 50,
  joinMs: 300,
};
let pageRoot = '';
let tracker: AttackedTracker;

beforeAll(async () => {
  pageRoot = await mkdtemp(join(tmpdir(), 'peerify-page-'));
  await writeFile(join(pageRoot, 'index.html'), '<!doctype html>');
  await writeFile(join(pageRoot, 'large.bin'), '');
  await truncate(join(pageRoot, 'large.bin'), 64 * 1024 * 1024);
});

afterAll(() => rm(pageRoot, { recursive: true }));

beforeEach(async () => {
  tracker = await startAttacked({ timeouts: SHORT, pageRoot });
});

afterEach(() => tracker.stop());

const HEALTH = 'GET /healthz HTTP/1.1\r\nHost: tracker\r\n';

test.each([
  ['says nothing', ''],
  ['begins a request line', 'GET /hea'],
  ['sends headers without an end', HEALTH],
  ['sends a body without an end', `${HEALTH}Content-Length: 9\r\n\r\n1`],
  ['says nothing more after an answer', `${HEALTH}\r\n`],
  ['begins an upgrade', upgradeTo(JOIN_PATH).slice(0, -2)],
  ['upgrades and never joins', upgradeTo(JOIN_PATH)],
  ['upgrades and sends half a frame', `${upgradeTo(JOIN_PATH)}\u0001`],
  ['upgrades to something else', upgradeTo('/').replace('websocket', 'h2c')],
  ['upgrades elsewhere', upgradeTo('/x')],
  ['upgrades elsewhere after an answer', `${HEALTH}\r\n${upgradeTo('/x')}`],
  ['upgrades with a wrong key', upgradeTo(JOIN_PATH).replace('AAAA', '')],
  ['upgrades to an older version', upgradeTo('/socket.io/?EIO=3&transport=websocket')],
])('case T22; T22: who %s is closed soon', async (_, text) => {
  await readUntilClosed(tracker.openTcp(text), 2500);
  await tracker.expectUnharmed();
});

test.each([
  ['headers', HEALTH],
  ['an upgrade’s headers', upgradeTo(JOIN_PATH).slice(0, -2)],
  ['a body’s bytes', `${HEALTH}Content-Length: 999999\r\n\r\n`],
])('case T22; T22: %s that drip are cut off', async (_, text) => {
  const socket = tracker.openTcp(text);
  drip(socket, () => 'X-More: 1\r\n');
  await readUntilClosed(socket, 2500);
  await tracker.expectUnharmed();
});

test('case T22; T22: who asks for a large file and does not read it is closed soon', async () => {
  const socket = tracker.openTcp('GET /large.bin HTTP/1.1\r\nHost: tracker\r\n\r\n');
  socket.pause();
  await tracker.expectUnharmed();
});

test('case T22; T22: websockets stay, however long they have nothing to say', async () => {
  const peer = await tracker.connectPeer();
  await readUntilClosed(tracker.openTcp(HEALTH), 2500);
  await readUntilClosed(tracker.openTcp(upgradeTo(JOIN_PATH)), 2500);
  expect(peer.socket.connected).toBe(true);
});

test('case T22; T22: as shipped, all of these take 15 s at most', () => {
  const { headersMs, requestMs, keepAliveMs, idleMs, checkMs, joinMs } = TRACKER_TIMEOUTS;
  const joined = joinMs + GOODBYE_MS;
  const longest = Math.max(headersMs + checkMs, requestMs + checkMs, keepAliveMs, idleMs, joined);
  expect(longest).toBeLessThanOrEqual(15_000);
});
