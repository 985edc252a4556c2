import { settleCrypto } from './pending-crypto.test-helper.ts';
import type { ConnectorProbe } from './connector-scene.test-helper.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { CANDIDATE, ConnectorScene, createOffer } from './connector-scene.test-helper.ts';
import { MAX_VOLUNTEERS } from './limits.ts';
import { createVolunteerMembership } from './membership.ts';
import { createSealedShare } from './sealed-share.test-helper.ts';

const { membership, share } = await createSealedShare(1);
const volunteerMembership = await createVolunteerMembership(share.header, share.shareId);
const ALICE = 'alice-alice-alice-alic';
const BOB = 'bob-bob-bob-bob-bob-bo';
const VERA = 'vera-vera-vera-vera-ve';
const WALT = 'walt-walt-walt-walt-wa';

let scene: ConnectorScene;
let alice: ConnectorProbe;
let vera: ConnectorProbe;

beforeEach(() => {
  scene = new ConnectorScene(membership);
  alice = scene.create(ALICE);
  vera = scene.create(VERA, undefined, volunteerMembership);
});

describe('a volunteer, who has no link', () => {
  test('S9: connects to a member, and hears that it is one', async () => {
    await scene.connect(vera, alice);
    expect(alice.log).toEqual([`${VERA} volunteer authenticated`]);
    expect(vera.log).toEqual([`${ALICE} authenticated`]);
  });

  test('S9: is dialled by a member that was told what it is', async () => {
    await scene.connect(alice, vera, 'volunteer');
    expect(alice.log).toEqual([`${VERA} volunteer authenticated`]);
  });

  test('S9: connects to another volunteer', async () => {
    const walt = scene.create(WALT, undefined, volunteerMembership);
    await scene.connect(walt, vera, 'volunteer');
    expect(vera.log).toEqual([`${WALT} volunteer authenticated`]);
  });

  test('S9: cannot open what members seal for each other', async () => {
    const bob = scene.create(BOB);
    for (const signal of await scene.connect(alice, bob)) {
      expect(await scene.open(signal, 'public')).toBeUndefined();
      expect(await scene.open(signal, 'link')).toBeDefined();
    }
  });

  test('A7: is no news of anybody in between, whether its proof is true or not', async () => {
    const nobody = createOffer('9.9');
    for (let i = 0; i < 4; i += 1) {
      scene.deliver(await scene.seal(BOB, ALICE, `dial-000${i}`, nobody, 'public'));
      await settleCrypto();
      scene.clock.advance(2_000);
    }
    expect(alice.connector.failedProofs).toBe(0);
  });

  test('A7: and takes nothing back of what was counted before', async () => {
    for (let i = 0; i < 3; i += 1) {
      alice.connector.receive(BOB, new Uint8Array(100).fill(i));
      await settleCrypto();
      scene.clock.advance(2_000);
    }
    await scene.connect(vera, alice);
    expect(alice.connector.failedProofs).toBe(3);
  });
});

describe('a tracker, which has the public keys like everybody', () => {
  test('case P6; A8: names a member a volunteer: no connection comes of it', async () => {
    const bob = scene.create(BOB);
    alice.connector.dial(BOB, 'volunteer');
    await scene.relayAll();
    // Who looks first closes the connection on the other.
    expect([alice.log, bob.log].flat()).toContainEqual(expect.stringMatching(/ wrong-role$/));
    expect([alice.log, bob.log].flat()).not.toContainEqual(expect.stringMatching(/authenticated$/));
    await scene.connect(alice, bob);
  });

  test('case P6; A8: names a volunteer a member: no connection comes of it', async () => {
    alice.connector.dial(VERA, 'member');
    await scene.relayAll();
    expect(vera.log).toEqual([]);
    expect(vera.transport.connectionCount).toBe(0);
  });

  test('A8: cannot end, take over or disturb what members have between them', async () => {
    const bob = scene.create(BOB);
    const seen = await scene.connect(alice, bob);
    const offer = await scene.open(seen[0] ?? { from: '', to: '', sealed: new Uint8Array() });
    if (offer === undefined) throw new Error('Alice made an offer');
    const dialIds = [offer.dialId, 'dial-0001'];
    for (const dialId of dialIds) {
      for (const signal of [createOffer('9.9'), CANDIDATE]) {
        scene.deliver(await scene.seal(BOB, ALICE, dialId, signal, 'public'));
      }
    }
    await scene.relayAll();
    expect(alice.isConnectedTo(bob)).toBe(true);
    expect(alice.transport.connectionCount).toBe(1);
    expect(alice.log).toEqual([`${BOB} authenticated`]);
  });

  test('A8: cannot keep a member out by an offer in its name', async () => {
    const bob = scene.create(BOB);
    scene.deliver(await scene.seal(BOB, ALICE, 'dial-0001', createOffer('9.9'), 'public'));
    await settleCrypto();
    expect(alice.transport.connectionCount).toBe(1);
    await scene.connect(bob, alice);
    expect(alice.isConnectedTo(bob)).toBe(true);
  });

  test('A8: cannot keep two members apart by calling one a volunteer: a true dial wins', async () => {
    const bob = scene.create(BOB);
    alice.connector.dial(BOB, 'volunteer');
    await scene.connect(bob, alice);
    expect(alice.isConnectedTo(bob)).toBe(true);
  });

  test('A8: cannot fill every place with volunteers', async () => {
    for (let i = 0; i < 2 * MAX_VOLUNTEERS; i += 1) {
      const from = `volunteer-${i}-`.padEnd(22, 'x');
      scene.deliver(await scene.seal(from, ALICE, 'dial-0001', createOffer('9.9'), 'public'));
    }
    await settleCrypto();
    expect(alice.transport.connectionCount).toBe(MAX_VOLUNTEERS + 6);
    const bob = scene.create(BOB);
    await scene.connect(bob, alice);
    expect(alice.isConnectedTo(bob)).toBe(true);
  });
});
