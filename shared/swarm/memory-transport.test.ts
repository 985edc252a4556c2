import { expect, test } from 'vitest';
import { createRatedPost, MemoryNetwork } from './memory-transport.ts';
import { TRANSPORT_CASES } from './transport.acceptance.ts';
import { VirtualClock } from './virtual-clock.test-helper.ts';

test.each(TRANSPORT_CASES)('in memory: $name', async ({ run }) => {
  const network = new MemoryNetwork();
  await run({
    createTransport: async () => network.createTransport(),
    settle: () => new Promise((resolve) => setTimeout(resolve)),
  });
});

test('a rated link passes on bytes at its rate, and tells when half of them have gone', () => {
  const clock = new VirtualClock();
  const { a, b, log } = openOver(clock, 100_000);
  for (let i = 0; i < 4; i += 1) a.send(new Uint8Array(50_000));
  expect(a.bufferedBytes).toBe(200_000);
  clock.advance(999);
  expect(log).toEqual(['a open', 'b open', 'b got 50000']);
  clock.advance(1);
  expect(a.bufferedBytes).toBe(100_000);
  expect(log.slice(3)).toEqual(['b got 50000', 'a drain']);
  clock.advance(1000);
  expect(a.bufferedBytes).toBe(0);
  expect(b.bufferedBytes).toBe(0);
});

test('a queue beyond its limit closes the connection at both ends', () => {
  const clock = new VirtualClock();
  const { a, log, transport } = openOver(clock, 100_000);
  transport.maxBufferedBytes = 100_000;
  for (let i = 0; i < 3; i += 1) a.send(new Uint8Array(50_000));
  clock.advance(10_000);
  expect(log).toEqual(['a open', 'b open', 'a close', 'b close']);
  expect(transport.liveCount).toBe(0);
});

test('a cut closes both ends, and an unreachable transport opens none', () => {
  const clock = new VirtualClock();
  const { log, transport } = openOver(clock, 100_000);
  transport.cut();
  clock.advance(1);
  expect(log).toEqual(['a open', 'b open', 'a close', 'b close']);
  const other = openOver(clock, 100_000, false);
  expect(other.log).toEqual([]);
});

function openOver(clock: VirtualClock, bytesPerSecond: number, isReachable = true) {
  const network = new MemoryNetwork(createRatedPost(clock, bytesPerSecond));
  const transport = network.createTransport();
  transport.isReachable = isReachable;
  const log: string[] = [];
  const connect = (name: 'a' | 'b') =>
    (name === 'a' ? transport : network.createTransport()).connect(
      name === 'a' ? 'initiator' : 'responder',
      [],
      {
        onSignal: (signal) => (name === 'a' ? b : a).signal(signal),
        onOpen: () => log.push(`${name} open`),
        onFrame: ({ byteLength }) => log.push(`${name} got ${byteLength}`),
        onDrain: () => log.push(`${name} drain`),
        onClose: () => log.push(`${name} close`),
      },
    );
  const a = connect('a');
  const b = connect('b');
  clock.advance(1);
  return { a, b, log, transport };
}
