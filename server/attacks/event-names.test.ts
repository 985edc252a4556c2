import { afterEach, beforeEach, expect, test } from 'vitest';

import { announceOf } from '../gateway/test-peer.test-helper.ts';
import type { AttackedTracker } from './attacked-tracker.test-helper.ts';
import {
  closeOf,
  nextMessage,
  startAttacked,
  TRACKER_EVENTS,
} from './attacked-tracker.test-helper.ts';

let tracker: AttackedTracker;

beforeEach(async () => {
  tracker = await startAttacked();
});

afterEach(() => tracker.stop());

const NAMES =
  'error message packet data close welcome scrape ANNOUNCE __proto__ constructor toString';

test.each([...NAMES.split(' '), '', ' find', 'x'.repeat(10_000)])(
  'case T4; T10: the third event named %s closes the connection',
  async (name) => {
    const socket = await tracker.joinRaw();
    for (const id of [1, 2]) {
      const answer = nextMessage(socket, `43${id}`);
      socket.send(`42${id}${JSON.stringify([name, {}])}`);
      expect(await answer).toBe(`43${id}[{"ok":false,"code":"invalid"}]`);
    }
    socket.send(`42${JSON.stringify([name])}`);
    await closeOf(socket);
    await tracker.expectUnharmed();
  },
);

test.each(['42', '42[0]', '42[1.5,{}]', '421[-1]'])(
  'case T4; T10: the third event without a name closes the connection: %s',
  async (frame) => {
    const socket = await tracker.joinRaw();
    for (let i = 0; i < 3; i += 1) socket.send(frame);
    await closeOf(socket);
    await tracker.expectUnharmed();
  },
);

const KEPT_NAMES = 'connect connect_error disconnect disconnecting newListener removeListener';

test.each(KEPT_NAMES.split(' '))(
  'case T4; T10: an event named %s, which Socket.IO keeps for itself, closes the connection',
  async (name) => {
    const socket = await tracker.joinRaw();
    socket.send(`42["${name}","x"]`);
    await closeOf(socket);
    await tracker.expectUnharmed();
  },
);

test('case T4; T10: events that only the tracker sends reach nobody', async () => {
  const [a, b] = [await tracker.connectPeer(), await tracker.connectPeer()];
  for (const peer of [a, b]) await peer.ask('announce', announceOf(tracker.share, 0));
  for (const event of ['welcome', 'draining']) {
    expect(await a.ask(event, {})).toEqual({ ok: false, code: 'invalid' });
  }
  expect(b.received).toEqual([]);
  for (const { socket } of [a, b]) socket.disconnect();
  await tracker.expectUnharmed();
});

test.each(TRACKER_EVENTS)(
  'case T5; T10: %s without an acknowledgement is done or dropped',
  async (event) => {
    const socket = await tracker.joinRaw();
    for (const args of ['', ',null', ',{}', `,{"shareId":"${tracker.share.shareId}"}`]) {
      socket.send(`42["${event}"${args}]`);
    }
    const answer = nextMessage(socket, '43');
    socket.send(`427["${event}",null]`);
    expect(await answer).toBe('437[{"ok":false,"code":"invalid"}]');
    socket.close();
    await tracker.expectUnharmed();
  },
);

test.each(TRACKER_EVENTS)(
  'case T5; T10: %s with more or fewer arguments is refused',
  async (event) => {
    const socket = await tracker.joinRaw();
    const valid = `{"shareId":"${tracker.share.shareId}"}`;
    const many = Array.from({ length: 1000 }, () => '0').join(',');
    for (const args of ['', `,${valid},${valid}`, `,${valid},null`, `,null,${valid}`, `,${many}`]) {
      const answer = nextMessage(socket, '437');
      socket.send(`427["${event}"${args}]`);
      expect(await answer).toBe('437[{"ok":false,"code":"invalid"}]');
    }
    socket.close();
    await tracker.expectUnharmed();
  },
);

test.each(TRACKER_EVENTS)(
  'case T5; T10: %s with something else for an acknowledgement is dropped',
  async (event) => {
    const socket = await tracker.joinRaw();
    for (const last of ['{}', '{"call":1}', '"f"', '1', 'null', '[]']) {
      socket.send(`42["${event}",{"shareId":"${tracker.share.shareId}"},${last}]`);
    }
    const answer = nextMessage(socket, '43');
    socket.send(`427["${event}",null]`);
    expect(await answer).toBe('437[{"ok":false,"code":"invalid"}]');
    socket.close();
    await tracker.expectUnharmed();
  },
);

test('case T5; T10: acknowledgements that are used twice, or have any number, are answered one by one', async () => {
  const socket = await tracker.joinRaw();
  const answers: string[] = [];
  socket.on('message', (bytes: Buffer) => answers.push(bytes.toString()));
  const ids = ['7', '7', '0', '9007199254740993', `1${'0'.repeat(400)}`];
  for (const id of ids) socket.send(`42${id}["leave",{"shareId":"${tracker.share.shareId}"}]`);
  socket.send('43999[]');
  socket.send('420["find",null]');
  await expect.poll(() => answers.length).toBe(ids.length + 1);
  socket.close();
  await tracker.expectUnharmed();
});
