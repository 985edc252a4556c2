import { afterEach, expect, test } from 'vitest';
import { PIECE_STATE } from './piece-states.ts';
import { createSealedShare } from './sealed-share.test-helper.ts';
import { isComplete, SwarmScene } from './swarm-scene.test-helper.ts';

const share = await createSealedShare(5 * 65_536);

let scene: SwarmScene;
afterEach(() => scene.stopAll());

test('a runner knows its pieces one by one, and how each connected peer is reached', async () => {
  scene = new SwarmScene(share);
  const sharer = await scene.joinSharer();
  const receiver = await scene.join();
  const { unavailable, held } = PIECE_STATE;
  expect(new Set(receiver.runner.pieceStates())).toEqual(new Set([unavailable]));
  await scene.until(() => isComplete(receiver));
  expect(new Set(receiver.runner.pieceStates())).toEqual(new Set([held]));
  const [peer] = receiver.runner.snapshot().peers;
  expect(peer?.identity).toMatch(/^./);
  expect(await receiver.runner.findRoute(peer?.peerId ?? '')).toBe('direct');
  expect(await receiver.runner.findRoute('nobody')).toBeUndefined();
  sharer.runner.stop();
  await scene.until(() => receiver.runner.snapshot().peers.length === 0);
  expect(await receiver.runner.findRoute(peer?.peerId ?? '')).toBeUndefined();
});
