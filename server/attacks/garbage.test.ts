import * as fc from 'fast-check';
import { afterAll, beforeAll, test } from 'vitest';

import type { AttackedTracker } from './attacked-tracker.test-helper.ts';
import { closeOf, startAttacked } from './attacked-tracker.test-helper.ts';
import { beforeHttp, insteadOfFrames, insteadOfPackets } from './hostile-input.test-helper.ts';
import { openTcp } from './raw-tcp.test-helper.ts';

const TOTAL = 10_000;
const AT_ONCE = 250;
const LONG = { timeout: 60_000 };
const UNLIMITED = { socketsPerAddress: 1_000_000, connectionsPerMinute: 1_000_000 };
let tracker: AttackedTracker;

beforeAll(async () => {
  tracker = await startAttacked({ addressLimits: UNLIMITED });
});

afterAll(() => tracker.stop());

test.each([
  ['instead of HTTP', beforeHttp],
  ['instead of frames', insteadOfFrames],
  ['instead of packets', insteadOfPackets],
])('case T1; T10: thousands of any bytes %s harm nobody', LONG, async (_, inputs) => {
  const numRuns = Math.ceil(TOTAL / 3);
  const seed = Date.now();
  const waiting = fc.sample(inputs, { numRuns, seed });
  const send = async (): Promise<void> => {
    for (let bytes = waiting.pop(); bytes !== undefined; bytes = waiting.pop()) {
      await sendAndClose(bytes);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, send));
  await tracker.expectUnharmed().catch((error: unknown) => {
    throw new Error(`with seed ${seed}`, { cause: error });
  });
});

const ENGINE_FRAMES = '8 9 x \u0000 {"type":"message"} 2 2probe 4 b bNDA='.split(' ');
const EVENT_FRAMES = '{ {} "find" [null] [{}] [[]] [ ["find" ["find",] [] ["find",NaN]'.split(' ');
const OTHER_FRAMES = '8 x [] 0[] 0"x" 3{} 4 4"x" 4{} 5 6 0 1 2/x,["find"]'.split(' ');

test.each([
  '',
  ...ENGINE_FRAMES,
  ...EVENT_FRAMES.map((rest) => `42${rest}`),
  ...OTHER_FRAMES.map((rest) => `4${rest}`),
])('case T1; T10: a frame %j closes the connection of a peer that joined', async (frame) => {
  const socket = await tracker.joinRaw();
  socket.send(frame);
  await closeOf(socket);
  await tracker.expectUnharmed();
});

/** Resolves when the other side has closed as well. */
function sendAndClose(bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const socket = openTcp(tracker.url);
    socket.on('close', () => resolve());
    socket.resume();
    socket.end(bytes);
  });
}
