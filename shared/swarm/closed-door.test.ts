import { afterEach, describe, expect, test } from 'vitest';
import { ConnectorScene } from './connector-scene.test-helper.ts';
import { createSealedShare } from './sealed-share.test-helper.ts';
import { isComplete, SwarmScene } from './swarm-scene.test-helper.ts';

const ALICE = 'alice-alice-alice-alic';
const BOB = 'bob-bob-bob-bob-bob-bo';
const CAROL = 'carol-carol-carol-caro';

const { membership } = await createSealedShare(1);

describe('a connector whose door is closed', () => {
  test('E30: answers nobody and dials nobody, and those that are connected stay', async () => {
    const scene = new ConnectorScene(membership);
    const [alice, bob, carol] = [scene.create(ALICE), scene.create(BOB), scene.create(CAROL)];
    await scene.connect(alice, bob);
    alice.connector.closeDoor();
    carol.connector.dial(ALICE);
    await scene.relayAll();
    expect(alice.isConnectedTo(carol)).toBe(false);
    expect(alice.connector.session(CAROL)).toBeUndefined();
    expect(alice.connector.dial(CAROL)).toBe(false);
    alice.connector.session(BOB)?.send({ type: 'have', pieces: [0] });
    await scene.relayAll();
    expect(bob.log).toContain(`${ALICE} have`);
    expect(alice.log).toEqual([`${BOB} authenticated`]);
  });

  test('E30: sends away who is on the way in, whoever dialled, and proves nothing to them', async () => {
    const scene = new ConnectorScene(membership);
    const [alice, bob, carol] = [scene.create(ALICE), scene.create(BOB), scene.create(CAROL)];
    alice.connector.dial(BOB);
    carol.connector.dial(ALICE);
    while (alice.connector.session(CAROL) === undefined) {
      await scene.idle();
      for (const signal of carol.outbox.splice(0)) scene.deliver(signal);
    }
    alice.connector.closeDoor();
    await scene.relayAll();
    expect(alice.log.toSorted()).toEqual([`${BOB} closed`, `${CAROL} closed`]);
    expect([bob, carol].map((probe) => probe.isConnectedTo(alice))).toEqual([false, false]);
  });

  test('E30: opens to nothing that was being opened when it closed', async () => {
    const scene = new ConnectorScene(membership);
    const [alice, carol] = [scene.create(ALICE), scene.create(CAROL)];
    carol.connector.dial(ALICE);
    while (carol.outbox.length === 0) await scene.idle();
    for (const signal of carol.outbox.splice(0)) scene.deliver(signal);
    alice.connector.closeDoor();
    await scene.relayAll();
    expect(alice.connector.session(CAROL)).toBeUndefined();
  });
});

describe('a runner whose share has ended', () => {
  const scenes: SwarmScene[] = [];
  afterEach(() => {
    for (const scene of scenes.splice(0)) scene.stopAll();
  });

  test('E30: leaves the tracker, lets who is connected finish, and nobody new begin', async () => {
    const share = await createSealedShare(2_000_000);
    const scene = new SwarmScene(share);
    scenes.push(scene);
    const seeder = await scene.joinSharer({ isSharer: false });
    const connected = await scene.join();
    await scene.until(() => connected.runner.snapshot().heldBytes > 0);
    for (const { runner } of [seeder, connected]) runner.closeDoor();
    expect(scene.tracker.memberCount).toBe(0);
    const newcomer = await scene.join();
    await scene.until(() => isComplete(connected));
    connected.runner.stop();
    await scene.pass(60_000);
    expect(seeder.runner.snapshot().peers).toEqual([]);
    expect(isComplete(newcomer)).toBe(false);
    expect(scene.tracker.lateCallCount).toBe(0);
  });
});
