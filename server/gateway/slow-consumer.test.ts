import { EventEmitter } from 'node:events';

import { expect, test, vi } from 'vitest';

import { dropWhenSlow } from './slow-consumer.ts';

class FakeEngineSocket extends EventEmitter {
  readonly writeBuffer: { data: string }[] = [];

  send(data: string): void {
    this.writeBuffer.push({ data });
    this.emit('packetCreate');
  }
}

function createScene() {
  const engineSocket = new FakeEngineSocket();
  const drop = vi.fn<() => void>();
  dropWhenSlow(engineSocket, { drop });
  return { engineSocket, drop };
}

test('case T18; T14: a peer for which more than 256 KiB wait is dropped', () => {
  const { engineSocket, drop } = createScene();
  for (let i = 0; i < 4; i += 1) engineSocket.send('x'.repeat(64 * 1024));
  expect(drop).not.toHaveBeenCalled();
  engineSocket.send('x');
  expect(drop).toHaveBeenCalledWith('unread-messages');
});

test('case T18; T14: a peer for which more than 1,000 messages wait is dropped', () => {
  const { engineSocket, drop } = createScene();
  for (let i = 0; i < 1000; i += 1) engineSocket.send('');
  expect(drop).not.toHaveBeenCalled();
  engineSocket.send('');
  expect(drop).toHaveBeenCalledWith('unread-messages');
});
