import { afterEach, expect, test } from 'vitest';

import type { TrackerOptions } from '../start-tracker.ts';
import { TRACKER_TIMEOUTS } from '../timeouts.ts';
import type { AttackedTracker } from './attacked-tracker.test-helper.ts';
import { closeOf, nextMessage, startAttacked } from './attacked-tracker.test-helper.ts';

let tracker: AttackedTracker;

async function start(options?: TrackerOptions): Promise<void> {
  tracker = await startAttacked(options);
}

afterEach(() => tracker.stop());

const SOON = { timeouts: { messageMs: 300 } };
const FIELD = '{"_placeholder":true,"num":0}';
const event = (count: string): string => `45${count}-0["find",${FIELD}]`;

test.each(['11', '10', '4', '99999999999999999999', '0', '-1', '1.5', '1e1', '', ' ', 'x', '0x2'])(
  'case T7; T23: a message that announces %j attachments closes the connection at once',
  async (count) => {
    await start();
    const socket = await tracker.joinRaw();
    socket.send(event(count));
    await closeOf(socket);
    await tracker.expectUnharmed();
  },
);

test.each([
  ['event', '5', 0],
  ['event', '5', 1],
  ['acknowledgement', '6', 0],
  ['acknowledgement', '6', 1],
])('case T7; T23: an %s that lacks attachments is given up in time', async (_, type, sent) => {
  await start(SOON);
  const socket = await tracker.joinRaw();
  socket.send(`4${type}2-0["signal",${FIELD}]`);
  for (let i = 0; i < sent; i += 1) socket.send(new Uint8Array(60_000));
  await closeOf(socket);
  await tracker.expectUnharmed();
});

test('case T7; T23: neither heartbeats nor frames without a message hold that up', async () => {
  await start(SOON);
  const socket = await tracker.joinRaw();
  socket.send(event('1'));
  const timer = setInterval(() => {
    socket.send('3');
    socket.ping();
  }, 20);
  await closeOf(socket);
  clearInterval(timer);
  await tracker.expectUnharmed();
});

test.each<readonly [string, readonly (string | Uint8Array)[]]>([
  ['binary that nothing announced', [new Uint8Array(4)]],
  ['binary as text that nothing announced', ['bAAAA']],
  ['one attachment more than announced', [event('1'), new Uint8Array(4), new Uint8Array(4)]],
  ['text where an attachment was announced', [event('1'), '42["find"]']],
  ...['-1', '1', '1.5', '"0"', 'null', '1e308', '"__proto__"'].map(nameAttachment),
])('case T7; T10: %s closes the connection', async (_, frames) => {
  await start();
  const socket = await tracker.joinRaw();
  for (const frame of frames) socket.send(frame);
  await closeOf(socket);
  await tracker.expectUnharmed();
});

function nameAttachment(num: string): readonly [string, readonly (string | Uint8Array)[]] {
  const header = event('1').replace('"num":0', `"num":${num}`);
  return [`a field that names attachment ${num}`, [header, new Uint8Array(4)]];
}

test.each([
  ['no field uses', '{"shareId":"x"}'],
  ['two thousand fields use', `[${Array.from({ length: 2000 }, () => FIELD).join(',')}]`],
])('case T7; T10: an attachment that %s is answered as any other message', async (_, payload) => {
  await start();
  const socket = await tracker.joinRaw();
  const answer = nextMessage(socket, '437');
  socket.send(`451-7["find",${payload}]`);
  socket.send(new Uint8Array(30_000));
  expect(await answer).toBe('437[{"ok":false,"code":"invalid"}]');
  socket.close();
  await tracker.expectUnharmed();
});

test('case T7; T23: a message in time may be followed by others for as long as one likes', async () => {
  await start(SOON);
  const socket = await tracker.joinRaw();
  for (let i = 0; i < 5; i += 1) {
    const answer = nextMessage(socket, `43${i}`);
    socket.send(`451-${i}["find",${FIELD}]`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.send(new Uint8Array(4));
    await answer;
  }
  socket.close();
  await tracker.expectUnharmed();
});

test('case T7; T23: as shipped, attachments may take 10 s', async () => {
  await start();
  expect(TRACKER_TIMEOUTS.messageMs).toBe(10_000);
});
