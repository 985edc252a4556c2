import { expect, test } from 'vitest';
import { computeSealedLength } from '../../shared/share/geometry.ts';
import { createSealedShare } from '../../shared/swarm/sealed-share.test-helper.ts';
import { KeeperScene, ON } from './keeper-scene.test-helper.ts';

const PIECE_SIZE = 65_536;
const sealed = await createSealedShare(4 * PIECE_SIZE);

test('D10: where a share of one’s own has no room, some of what is kept is dropped, as the tracker says', async () => {
  const scene = new KeeperScene(sealed);
  await scene.swarm.joinSharer();
  const keeper = await scene.open();
  keeper.apply(ON);
  await scene.swarm.pass(1_000);
  await scene.order([[0, 3]]);
  await scene.swarm.until(() => scene.store.pieces.size === 4);
  scene.drops = [{ shareId: scene.shareId, pieces: [[0, 2]] }];
  await keeper.yieldRoom();
  expect(scene.unloads).toEqual([4 * computeSealedLength(sealed.membership.geometry, 0)]);
  expect(await scene.store.held()).toEqual([3]);
  keeper.apply({ ...ON, isOn: false });
  scene.swarm.stopAll();
});
