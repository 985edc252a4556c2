import { IncomingMessage } from 'node:http';
import * as v8 from 'node:v8';

import { afterEach, expect, test, vi } from 'vitest';

import { JOIN_PATH, openTcp, upgradeTo } from '../attacks/raw-tcp.test-helper.ts';
import type { RunningTracker } from '../start-tracker.ts';
import { startTracker } from '../start-tracker.ts';

let tracker: RunningTracker | undefined;
afterEach(() => tracker?.close());

/** Of all that can still be reached. */
function countRequests(): number {
  return v8.queryObjects(IncomingMessage, { format: 'count' });
}

/** Socket.IO's join, as a masked websocket frame whose mask changes nothing. */
const JOIN_FRAME = new Uint8Array([0x81, 0x82, 0, 0, 0, 0, 0x34, 0x30]);

test('of a connection that has joined, the request and its headers are not kept', async () => {
  tracker = await startTracker({ host: '127.0.0.1' });
  const { url } = tracker;
  const before = countRequests();
  const sockets = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const socket = openTcp(url);
      socket.write(upgradeTo(JOIN_PATH));
      let text = '';
      socket.on('data', (bytes) => (text += bytes.toString('latin1')));
      await vi.waitFor(() => expect(text).toContain('sid'));
      socket.write(JOIN_FRAME);
      await vi.waitFor(() => expect(text).toContain('welcome'));
      return socket;
    }),
  );
  // One may still be held by what has just happened.
  expect(countRequests() - before).toBeLessThanOrEqual(1);
  for (const socket of sockets) socket.destroy();
});
