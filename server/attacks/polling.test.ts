import { afterEach, beforeEach, expect, test } from 'vitest';

import type { AttackedTracker } from './attacked-tracker.test-helper.ts';
import { nextMessage, startAttacked } from './attacked-tracker.test-helper.ts';
import { drip, JOIN_PATH, readUntilClosed, upgradeTo } from './raw-tcp.test-helper.ts';

let tracker: AttackedTracker;

beforeEach(async () => {
  tracker = await startAttacked();
});

afterEach(() => tracker.stop());

const POLLING = '/socket.io/?EIO=4&transport=polling';

function ask(method: string, path: string, ...lines: readonly string[]): string {
  return [`${method} ${path} HTTP/1.1`, 'Host: tracker', ...lines, '\r\n'].join('\r\n');
}

test.each([
  ['a polling handshake', ask('GET', POLLING)],
  ['a polling handshake of version 3', ask('GET', '/socket.io/?EIO=3&transport=polling')],
  ['a JSONP handshake', ask('GET', `${POLLING}&j=0`)],
  ['a handshake for webtransport', ask('GET', '/socket.io/?EIO=4&transport=webtransport')],
  ['a websocket without an upgrade', ask('GET', JOIN_PATH)],
  ['the client’s script', ask('GET', '/socket.io/socket.io.js')],
  ['a preflight', ask('OPTIONS', POLLING, 'Origin: https://evil.example')],
  [
    'a POST of bytes',
    ask('POST', POLLING, 'Content-Type: application/octet-stream', 'Content-Length: 4') + '40\n\n',
  ],
])('case T9; T1, T18: %s is refused, and its connection closed', async (_, request) => {
  const reply = await readUntilClosed(tracker.openTcp(request));
  expect(reply).toMatch(/^HTTP\/1\.1 400 /u);
  expect(reply).toContain("default-src 'none'");
  await tracker.expectUnharmed();
});

test('case T9; T1: a POST that never ends is refused before it does', async () => {
  const socket = tracker.openTcp(ask('POST', POLLING, 'Transfer-Encoding: chunked'));
  drip(socket, () => '4\r\n4096\r\n');
  expect(await readUntilClosed(socket)).toMatch(/^HTTP\/1\.1 400 /u);
  await tracker.expectUnharmed();
});

test.each(['GET', 'POST'])(
  'case T9; T1: %s cannot speak for a websocket’s session',
  async (method) => {
    const session = await tracker.openSession();
    const request = ask(method, `${POLLING}&sid=${session.id}`, 'Content-Length: 2');
    expect(await readUntilClosed(tracker.openTcp(`${request}40`))).toMatch(/^HTTP\/1\.1 400 /u);
    session.socket.send('40');
    await nextMessage(session.socket, '42["welcome"');
    session.socket.close();
    await tracker.expectUnharmed();
  },
);

test('case T9; T19: a second websocket cannot take over a session', async () => {
  const session = await tracker.openSession();
  const second = tracker.openTcp(upgradeTo(`${JOIN_PATH}&sid=${session.id}`));
  expect(await readUntilClosed(second)).toMatch(/^HTTP\/1\.1 400 /u);
  session.socket.send('40');
  await nextMessage(session.socket, '42["welcome"');
  session.socket.close();
  await tracker.expectUnharmed();
});
