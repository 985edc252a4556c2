import type { ConnectorProbe, Sealed } from './connector-scene.test-helper.ts';
import type { KeyKind } from './sealed-signals.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  CANDIDATE,
  ConnectorScene,
  countSignals,
  createOffer,
} from './connector-scene.test-helper.ts';
import { createVolunteerMembership } from './membership.ts';
import { createSealedShare } from './sealed-share.test-helper.ts';

const { membership, share } = await createSealedShare(1);
const ALICE = 'alice-alice-alice-alic';
const BOB = 'bob-bob-bob-bob-bob-bo';
const VERA = 'vera-vera-vera-vera-ve';
const EVERY_20_MS = 20;

let scene: ConnectorScene;
let counts: ReturnType<typeof countNothing>;
let alice: ConnectorProbe;
let bob: ConnectorProbe;

beforeEach(() => {
  scene = new ConnectorScene(membership);
  counts = countNothing();
  alice = scene.create(ALICE, countSignals(counts));
  bob = scene.create(BOB);
});

describe('fifty offers a second', () => {
  test('case P29; S10: of one member: so many are answered, and others as ever', async () => {
    await offerFor(11_000, () => BOB);
    expect(alice.transport.connectionCount).toBe(6 + 2);
    const carol = scene.create('carol-carol-carol-caro');
    await scene.connect(carol, alice);
    expect(alice.isConnectedTo(carol)).toBe(true);
  });

  test('case P29; S10: of more members than there is room for', async () => {
    await offerFor(60_000, (i) => `member-${i}-`.padEnd(22, 'x'), 'link', 200);
    expect(alice.transport.connectionCount).toBeGreaterThan(90);
    expect(alice.transport.connectionCount).toBeLessThanOrEqual(60 + 40);
  });

  test('case P29; S10, A8: of strangers under invented names: members are answered', async () => {
    await offerFor(30_000, stranger, 'public', 100);
    expect(alice.transport.connectionCount).toBeGreaterThan(35);
    expect(alice.transport.connectionCount).toBeLessThanOrEqual(30 + 10);
    for (let i = 0; i < 6; i += 1) {
      await scene.connect(bob, alice);
      bob.connector.close(ALICE);
      await scene.relayAll();
    }
    expect(alice.log.filter((line) => line === `${BOB} authenticated`)).toHaveLength(6);
  });

  test('S10: whoever dials again as often as dials are retried is answered each time', async () => {
    for (const waitMs of [0, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 10_000, 2_000, 4_000]) {
      scene.clock.advance(waitMs);
      await scene.connect(bob, alice);
      bob.connector.close(ALICE);
      await scene.relayAll();
    }
    expect(alice.transport.connectionCount).toBe(10);
  });
});

describe('a tracker that keeps an offer back and brings it late', () => {
  test('case P4; S11, A8: does not end what members have between them', async () => {
    const held = await withhold();
    const seen = await scene.connect(bob, alice);
    for (const signal of [...held, ...seen]) scene.deliver(signal);
    await scene.relayAll();
    expect(alice.isConnectedTo(bob) && bob.isConnectedTo(alice)).toBe(true);
    scene.clock.advance(20_000);
    await scene.relayAll();
    expect(alice.log).toEqual([`${BOB} authenticated`]);
    expect(bob.log).toEqual([`${ALICE} authenticated`]);
    expect([alice.transport.liveCount, bob.transport.liveCount]).toEqual([1, 1]);
  });

  test('case P4; S11: nor what a volunteer has with a member', async () => {
    const vera = scene.create(
      VERA,
      undefined,
      await createVolunteerMembership(share.header, share.shareId),
    );
    await scene.connect(vera, alice);
    await receive(await scene.seal(VERA, ALICE, 'dial-0001', createOffer('9.9'), 'public'));
    await receive(await scene.seal(VERA, ALICE, 'dial-0002', createOffer('9.8')));
    expect(alice.isConnectedTo(vera)).toBe(true);
    scene.clock.advance(20_000);
    expect(alice.log).toEqual([`${VERA} volunteer authenticated`]);
    expect(alice.transport.liveCount).toBe(1);
  });

  test('S11, A8: an offer under the public keys does not take the place of one that is to be proved', async () => {
    await scene.connect(bob, alice);
    await receive(await scene.seal(BOB, ALICE, 'dial-0001', createOffer('9.9')));
    await receive(await scene.seal(BOB, ALICE, 'dial-0002', createOffer('9.8'), 'public'));
    expect(alice.transport.connectionCount).toBe(2);
    await receive(await scene.seal(BOB, ALICE, 'dial-0003', createOffer('9.7')));
    expect([alice.transport.connectionCount, alice.transport.liveCount]).toEqual([3, 2]);
  });

  test('S11: when the proved one ends meanwhile, the other is still made', async () => {
    await scene.connect(bob, alice);
    scene.probes.splice(scene.probes.indexOf(bob), 1);
    const back = scene.create(BOB);
    back.connector.dial(ALICE);
    while (alice.transport.connectionCount < 2) {
      await scene.idle();
      for (const signal of back.outbox.splice(0)) scene.deliver(signal);
    }
    bob.connector.close(ALICE);
    await scene.relayAll();
    expect(alice.log).toEqual([`${BOB} authenticated`, `${BOB} closed`, `${BOB} authenticated`]);
    expect(alice.transport.liveCount).toBe(1);
  });

  test('S11: whoever is disconnected has nothing that is being made either', async () => {
    await scene.connect(bob, alice);
    await receive(await scene.seal(BOB, ALICE, 'dial-0001', createOffer('9.9')));
    alice.connector.close(BOB);
    expect(alice.transport.liveCount).toBe(0);
    expect(scene.clock.alarmCount).toBe(0);
  });

  test('S11: a closed door sends away what is not proved, and nothing else', async () => {
    await scene.connect(bob, alice);
    await receive(await scene.seal(BOB, ALICE, 'dial-0001', createOffer('9.9')));
    alice.connector.closeDoor();
    expect(alice.transport.liveCount).toBe(1);
    expect(alice.isConnectedTo(bob)).toBe(true);
    expect(alice.log).toEqual([`${BOB} authenticated`]);
  });
});

describe('strangers under the public keys make nothing forgotten that members said', () => {
  test('case P4; S7, A8: 600 offers, and an old one of a member is still old', async () => {
    const seen = await scene.connect(bob, alice);
    bob.connector.close(ALICE);
    await scene.relayAll();
    for (let i = 0; i < 600; i += 1) {
      scene.deliver(
        await scene.seal(stranger(i), ALICE, 'dial-0001', createOffer('9.9'), 'public'),
      );
      if (i % 100 === 99) await scene.relayAll();
    }
    await scene.relayAll();
    const { offer } = counts;
    for (const signal of seen) await receive(signal);
    expect(counts.offer).toBe(offer);
  });

  test('case P21; S6, A8: candidates of 100 dials, and those that overtook a member’s offer are kept', async () => {
    await receive(await scene.seal(BOB, ALICE, 'dial-0001', CANDIDATE));
    for (let i = 0; i < 100; i += 1) {
      scene.deliver(await scene.seal(stranger(i), ALICE, 'dial-0001', CANDIDATE, 'public'));
    }
    await scene.relayAll();
    await receive(await scene.seal(BOB, ALICE, 'dial-0001', createOffer('9.9')));
    expect(counts).toEqual({ offer: 1, answer: 0, candidate: 1 });
  });
});

function countNothing() {
  return { offer: 0, answer: 0, candidate: 0 };
}

function stranger(i: number): string {
  return `stranger-${i}-`.padEnd(22, 'x');
}

/** Bob's first dial, of which nothing arrives until it was given up. */
async function withhold(): Promise<readonly Sealed[]> {
  bob.connector.dial(ALICE);
  while (bob.outbox.length < 3) await scene.idle();
  const held = bob.outbox.splice(0);
  bob.connector.close(ALICE);
  return held;
}

async function receive(signal: Sealed): Promise<void> {
  scene.deliver(signal);
  await scene.relayAll();
}

/** Fifty dials a second, of so many names in turn. */
async function offerFor(
  durationMs: number,
  nameOf: (i: number) => string,
  kind: KeyKind = 'link',
  nameCount = 1,
): Promise<void> {
  for (let i = 0; i * EVERY_20_MS < durationMs; i += 1) {
    const dialId = `dial-${10_000 + i}`;
    scene.deliver(
      await scene.seal(nameOf(i % nameCount), ALICE, dialId, createOffer(`9.${i}`), kind),
    );
    // What was answered is given up, so that room is not what bounds it.
    if (i % 10 === 9) {
      await scene.idle();
      for (let n = 0; n < nameCount; n += 1) alice.connector.close(nameOf(n));
    }
    scene.clock.advance(EVERY_20_MS);
  }
  await scene.idle();
  for (let n = 0; n < nameCount; n += 1) alice.connector.close(nameOf(n));
  alice.outbox.length = 0;
}
