import { afterEach, beforeEach, expect, test } from 'vitest';

import type { AttackedTracker } from './attacked-tracker.test-helper.ts';
import { closeOf, startAttacked } from './attacked-tracker.test-helper.ts';

let tracker: AttackedTracker;

beforeEach(async () => {
  tracker = await startAttacked();
});

afterEach(() => tracker.stop());

test.each([
  ['twice at once', ['40', '40']],
  ['a hundred times at once', Array.from({ length: 100 }, () => '40')],
  ['again after it left', ['40', '41', '40']],
])('case T1; T19: who joins %s is disconnected', async (_, frames) => {
  const socket = await tracker.openWebSocket();
  for (const frame of frames) socket.send(frame);
  await closeOf(socket);
  await tracker.expectUnharmed();
});

test('case T1; T19: who joins again later is disconnected', async () => {
  const socket = await tracker.joinRaw();
  socket.send('40');
  await closeOf(socket);
  await tracker.expectUnharmed();
});

test('case T1; T19: who leaves is disconnected, though it answers every heartbeat', async () => {
  const socket = await tracker.joinRaw();
  socket.send('41');
  await closeOf(socket);
  await tracker.expectUnharmed();
});

test('case T1; T19: who answers no goodbye is disconnected all the same', async () => {
  const socket = await tracker.joinRaw();
  socket.pause();
  socket.send('41');
  await tracker.expectUnharmed();
  expect(socket.readyState).toBe(socket.OPEN);
});
