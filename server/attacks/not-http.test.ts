import { afterEach, beforeEach, test } from 'vitest';

import type { AttackedTracker } from './attacked-tracker.test-helper.ts';
import { startAttacked } from './attacked-tracker.test-helper.ts';
import { JOIN_PATH, readUntilClosed, upgradeTo } from './raw-tcp.test-helper.ts';

let tracker: AttackedTracker;

beforeEach(async () => {
  tracker = await startAttacked();
});

afterEach(() => tracker.stop());

test.each([
  ['no HTTP at all', '\u0000\u0001\u0002 nonsense\r\n\r\n'],
  ['a TLS hello', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000'],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['a request to a proxy', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n'],
  ['two lengths', 'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
  ['9 KiB of headers', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(9 * 1024)}\r\n\r\n`],
  ['9 KiB of path', `GET /${'x'.repeat(9 * 1024)} HTTP/1.1\r\nHost: x\r\n\r\n`],
  ['no host', 'GET / HTTP/1.1\r\n\r\n'],
  ['an upgrade to another path', upgradeTo('/x')],
  ['an upgrade to a path that is none', upgradeTo('//[')],
  ['an upgrade to a whole address', upgradeTo(`http://x${JOIN_PATH}`)],
  ['an upgrade to HTTP/2', upgradeTo(JOIN_PATH).replace('websocket', 'h2c')],
  ['an upgrade by POST', upgradeTo(JOIN_PATH).replace('GET', 'POST')],
])('case T1; T10: %s is answered or closed', async (_, text) => {
  await readUntilClosed(tracker.openTcp(text), 8000);
  await tracker.expectUnharmed();
});

test('case T1: connections that are reset while they upgrade harm nobody', async () => {
  for (let round = 0; round < 50; round += 1) {
    const socket = tracker.openTcp(upgradeTo(JOIN_PATH), '\u0081');
    await new Promise((resolve) => socket.once('connect', resolve));
    if (round % 2 === 0) await new Promise((resolve) => setImmediate(resolve));
    socket.resetAndDestroy();
  }
  await tracker.expectUnharmed();
});
