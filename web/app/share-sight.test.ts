import { expect, test } from 'vitest';
import { settleCrypto } from '../../shared/swarm/pending-crypto.test-helper.ts';
import type { PeerSnapshot } from '../../shared/swarm/swarm-snapshot.ts';
import { VirtualClock } from '../../shared/swarm/virtual-clock.test-helper.ts';
import { LazySight } from './lazy-sight.ts';
import type { ShareSightOptions, SightedRunner } from './share-sight.ts';
import { ShareSight } from './share-sight.ts';
import { PIECE } from './sight.ts';
import { createSnapshot } from './snapshot.test-helper.ts';

const [SOMEBODY] = createSnapshot({ peerCount: 1 }).peers;

function peer(identity: string, change: Partial<PeerSnapshot> = {}): PeerSnapshot {
  if (SOMEBODY === undefined) throw new Error('nobody is there');
  return { ...SOMEBODY, peerId: `${identity} now`, identity, ...change };
}

/** A share of ten pieces with these peers. */
function createScene(options: Partial<ShareSightOptions> = {}) {
  const clock = new VirtualClock();
  const scene = { peers: [] as readonly PeerSnapshot[], isRunning: true };
  const runner: SightedRunner = {
    snapshot: () => ({ ...createSnapshot({}), peers: scene.peers }),
    pieceStates: () => new Uint8Array(10).fill(PIECE.held, 0, 4),
    findRoute: async () => 'direct',
  };
  const parts: ShareSightOptions = {
    runner: () => (scene.isRunning ? runner : undefined),
    readSealed: async () => undefined,
    clock,
    ...options,
  };
  return { scene, clock, parts, sight: new ShareSight(parts) };
}

test('a share at rest shows nothing', async () => {
  const { scene, sight } = createScene();
  scene.isRunning = false;
  sight.record();
  expect(await sight.look()).toBeUndefined();
});

test('a receiver sees the pieces as the engine has them', async () => {
  const { sight } = createScene();
  const { held, unavailable } = PIECE;
  expect([...((await sight.look())?.pieces ?? [])]).toEqual([
    ...Array(4).fill(held),
    ...Array(6).fill(unavailable),
  ]);
});

test('of one’s own share, what nobody has wanted yet is told from what was sealed', async () => {
  const { sight } = createScene({ readSealed: async () => (piece) => piece < 3 });
  const { held, unsealed, unavailable } = PIECE;
  expect([...((await sight.look())?.pieces ?? [])]).toEqual([
    ...Array(3).fill(held),
    unsealed,
    ...Array(6).fill(unavailable),
  ]);
});

test('peers are listed by number, whatever order they are connected in', async () => {
  const { scene, sight } = createScene();
  scene.peers = [peer('a', { heldPieces: 7 }), peer('v', { role: 'volunteer' }), peer('b')];
  const first = await sight.look();
  expect(first?.peers.map(({ kind, number }) => `${kind} ${number}`)).toEqual([
    'peer 1',
    'peer 2',
    'volunteer 1',
  ]);
  expect(first?.peers[0]).toMatchObject({ percent: 70, route: undefined });
  // The answer of a transport is there by the time of the next look.
  await settleCrypto();
  scene.peers = [peer('b'), peer('c'), peer('a', { heldPieces: 8 })];
  const second = await sight.look();
  expect(second?.peers.map(({ number, percent }) => `${number}: ${percent}`)).toEqual([
    '1: 80',
    '2: 0',
    '3: 0',
  ]);
  expect(second?.peers[0]?.route).toBe('direct');
});

test('thirty rows are enough', async () => {
  const { scene, sight } = createScene();
  scene.peers = Array.from({ length: 40 }, (_, i) => peer(`p${i}`));
  expect((await sight.look())?.peers).toHaveLength(30);
});

test('a look that waits for its code gets one as soon as that is there', async () => {
  const { clock, parts } = createScene();
  const lazy = new LazySight(parts);
  expect((await lazy.look())?.pieces).toHaveLength(10);
  lazy.record();
  clock.advance(2_000);
  lazy.record();
  expect((await lazy.look())?.speeds.down).toHaveLength(2);
});
