import { expect, test } from 'vitest';

import { formatShareId } from '../../shared/share/share-id.ts';
import { SignalPost } from './signal-post.ts';

const SIGNAL = {
  shareId: formatShareId(new Uint8Array(16)),
  from: 'a',
  data: new Uint8Array(1000),
};

class FakeSocket {
  readonly conn: { writeBuffer: { data: string }[] } = { writeBuffer: [] };
  sent = 0;

  emit(): void {
    this.sent += 1;
  }
}

function createScene() {
  const clock = { nowMs: 0 };
  const sockets = new Map([
    ['b', new FakeSocket()],
    ['c', new FakeSocket()],
  ]);
  const post = new SignalPost(sockets, () => clock.nowMs);
  const send = (to: string, from = 'a'): number | undefined =>
    post.deliver(to, { peerId: from, address: from }, SIGNAL);
  return { clock, sockets, post, send };
}

test('T37: what is too much of one sender is put off to the end of the window', () => {
  const { clock, sockets, send } = createScene();
  clock.nowMs = 1000;
  expect(send('b')).toBe(0);
  clock.nowMs = 2000.5;
  let sent = 1;
  while (send('b') === 0) sent += 1;
  expect(send('b')).toBe(9000);
  expect(sockets.get('b')?.sent).toBe(sent);
  expect(send('b', 'another')).toBe(0);
  expect(send('c')).toBe(0);
  clock.nowMs = 11_000;
  expect(send('b')).toBe(0);
});

test('T37: whoever has had much is put off sooner where much waits', () => {
  const { sockets, send } = createScene();
  for (let i = 0; i < 300; i += 1) send('b');
  const queue = sockets.get('b')?.conn.writeBuffer ?? [];
  queue.push({ data: 'x'.repeat(64 * 1024) });
  expect(send('b')).toBe(1000);
  expect(send('b', 'another')).toBe(0);
  queue.push({ data: 'x'.repeat(64 * 1024) });
  expect(send('b', 'another')).toBe(1000);
  queue.splice(0, 2, ...Array.from({ length: 501 }, () => ({ data: '' })));
  expect(send('b', 'another')).toBe(1000);
});

test('T37: nothing is kept of those who were sent nothing lately', () => {
  const { clock, post, send } = createScene();
  send('b');
  clock.nowMs = 5000;
  send('c');
  expect(post.size).toBe(2);
  clock.nowMs = 10_000;
  send('c');
  expect(post.size).toBe(1);
});

test('T8: without such a peer there is no delay to tell', () => {
  const { post, send } = createScene();
  expect(send('d')).toBeUndefined();
  expect(post.size).toBe(0);
});
