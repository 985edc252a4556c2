import { Buffer } from 'node:buffer';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { MAX_MESSAGE_BYTES } from '../../shared/tracker/limits.ts';
import type { AttackedTracker } from './attacked-tracker.test-helper.ts';
import { closeOf, nextMessage, startAttacked } from './attacked-tracker.test-helper.ts';
import { JOIN_PATH, readUntilClosed, upgradeTo } from './raw-tcp.test-helper.ts';

const SIZE = 64 * 1024;
let tracker: AttackedTracker;

beforeEach(async () => {
  tracker = await startAttacked();
});

afterEach(() => tracker.stop());

function announceOfSize(byteLength: number): string {
  return `421["leave",{"shareId":"${tracker.share.shareId}"}]`.padEnd(byteLength, ' ');
}

test('case T2; T10: a message of exactly 64 KiB is answered', async () => {
  expect(MAX_MESSAGE_BYTES).toBe(SIZE);
  const socket = await tracker.joinRaw();
  const answer = nextMessage(socket, '431');
  socket.send(announceOfSize(SIZE));
  expect(await answer).toBe('431[{"ok":true}]');
  socket.close();
  await tracker.expectUnharmed();
});

test.each([
  ['text', [0]],
  ['text in two fragments', [SIZE / 2]],
  ['text whose last fragment is one byte', [SIZE]],
])(
  'case T2; T10: one byte more as %s closes the connection, and nothing is done',
  async (_, cuts) => {
    const socket = await tracker.joinRaw();
    const answers: string[] = [];
    socket.on('message', (bytes: Buffer) => answers.push(bytes.toString()));
    const text = announceOfSize(SIZE + 1);
    const [cut = 0] = cuts;
    if (cut > 0) socket.send(text.slice(0, cut), { fin: false });
    socket.send(text.slice(cut));
    expect(await closeOf(socket)).toBe(1009);
    expect(answers).toEqual([]);
    await tracker.expectUnharmed();
  },
);

test.each([
  ['64 KiB and one byte', '00010001'],
  ['4 GiB', 'ffffffff'],
])('case T2; T10: a frame that only announces %s closes the connection', async (_, length) => {
  const socket = tracker.openTcp(upgradeTo(JOIN_PATH));
  socket.write(Buffer.from(`81ff00000000${length}`, 'hex'));
  await readUntilClosed(socket);
  await tracker.expectUnharmed();
});

test('case T2; T10: an attachment of 64 KiB and one byte closes the connection', async () => {
  const socket = await tracker.joinRaw();
  socket.send('451-["find",{"_placeholder":true,"num":0}]');
  socket.send(new Uint8Array(SIZE + 1));
  expect(await closeOf(socket)).toBe(1009);
  await tracker.expectUnharmed();
});
