import { afterEach, expect, test } from 'vitest';

import { MAX_FRAGMENTS } from '../gateway/gateway-limits.ts';
import type { TrackerOptions } from '../start-tracker.ts';
import { TRACKER_TIMEOUTS } from '../timeouts.ts';
import type { AttackedTracker } from './attacked-tracker.test-helper.ts';
import { closeOf, nextMessage, startAttacked } from './attacked-tracker.test-helper.ts';

let tracker: AttackedTracker;

async function start(options?: TrackerOptions): Promise<void> {
  tracker = await startAttacked(options);
}

afterEach(() => tracker.stop());

test.each([
  ['of one byte', '4'],
  ['of nothing', ''],
])('case T8; T23: a message in endless fragments %s is cut off', async (_, fragment) => {
  await start();
  const socket = await tracker.joinRaw();
  for (let i = 0; i <= MAX_FRAGMENTS; i += 1) socket.send(fragment, { fin: false });
  expect(await closeOf(socket)).toBe(1008);
  await tracker.expectUnharmed();
});

test('case T8; T23: fragments that come slowly keep no heartbeat from being missed', async () => {
  await start({ timeouts: { heartbeatMs: 400, heartbeatAnswerMs: 800 } });
  const socket = await tracker.joinRaw();
  const timer = setInterval(() => {
    socket.send('4', { fin: false });
    socket.pong();
  }, 50);
  await closeOf(socket);
  clearInterval(timer);
  await tracker.expectUnharmed();
});

test('case T8; T23: as shipped, who misses a heartbeat is gone after 45 s', async () => {
  await start();
  expect(TRACKER_TIMEOUTS).toMatchObject({ heartbeatMs: 25_000, heartbeatAnswerMs: 20_000 });
});

test('case T8; T23: a message in some fragments is one message', async () => {
  await start();
  const socket = await tracker.joinRaw();
  const answer = nextMessage(socket, '435');
  const text = `425["leave",{"shareId":"${tracker.share.shareId}"}]`;
  for (const character of text) socket.send(character, { fin: false });
  socket.send('', { fin: true });
  expect(await answer).toBe('435[{"ok":true}]');
  socket.close();
  await tracker.expectUnharmed();
});

test.each([
  ['heartbeats that nobody asked for', '3'],
  ['packets that do nothing', '6'],
  ['acknowledgements of nothing', '430[]'],
  ['joins of what there is not', '40/x,'],
])('case T1; T23: a flood of %s closes the connection', async (_, frame) => {
  await start({ nowMs: () => 0 });
  const socket = await tracker.joinRaw();
  for (let i = 0; i < 2000; i += 1) socket.send(frame);
  await closeOf(socket);
  await tracker.expectUnharmed();
});

test.each(['ping', 'pong'] as const)(
  'case T1; T23: a flood of %ss closes the connection',
  async (kind) => {
    await start({ nowMs: () => 0 });
    const socket = await tracker.joinRaw();
    for (let i = 0; i < 2000; i += 1) socket[kind](new Uint8Array(125));
    await closeOf(socket);
    await tracker.expectUnharmed();
  },
);

test('case T1; T14: who pings and does not read the answers is dropped', async () => {
  let nowMs = 0;
  await start({ nowMs: () => (nowMs += 1000) });
  const socket = await tracker.joinRaw();
  socket.pause();
  const closed = new Promise((resolve) => socket.on('close', resolve));
  const timer = setInterval(() => {
    for (let i = 0; i < 1000; i += 1) socket.ping(new Uint8Array(125));
  }, 1);
  await tracker.expectUnharmed();
  clearInterval(timer);
  socket.resume();
  await closed;
});
