import type { Signal } from './ports/transport.ts';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { ConnectorScene, countSignals } from './connector-scene.test-helper.ts';
import { createSealedShare } from './sealed-share.test-helper.ts';

const { membership } = await createSealedShare(1);
/** In this order as names, too: when both dial, Alice's offer stands. */
const ALICE = 'alice-alice-alice-alic';
const BOB = 'bob-bob-bob-bob-bob-bo';

let scene: ConnectorScene;

beforeEach(() => {
  scene = new ConnectorScene(membership);
});

describe('one dials', () => {
  test('S1: and both have one session, whatever the tracker saw of it being sealed', async () => {
    const alice = scene.create(ALICE);
    const bob = scene.create(BOB);
    const seen = await scene.connect(alice, bob);
    expect(alice.log).toEqual([`${BOB} authenticated`]);
    expect(bob.log).toEqual([`${ALICE} authenticated`]);
    alice.connector.session(BOB)?.send({ type: 'have', pieces: [0] });
    await scene.relayAll();
    expect(bob.log).toEqual([`${ALICE} authenticated`, `${ALICE} have`]);
    const text = seen.map(({ sealed }) => new TextDecoder().decode(sealed)).join('');
    expect(text).not.toMatch(/fingerprint|candidate|m=application/);
  });

  test('S6: candidates that overtake their offer are not lost', async () => {
    const alice = scene.create(ALICE);
    const bob = scene.create(BOB);
    alice.connector.dial(BOB);
    while (alice.outbox.length < 3) await scene.idle();
    const [offer, ...candidates] = alice.outbox.splice(0);
    for (const candidate of candidates) scene.deliver(candidate);
    if (offer !== undefined) scene.deliver(offer);
    while (bob.outbox.length < 3) await scene.idle();
    // Without Bob's own candidates, those of Alice are the only way.
    const [answer] = bob.outbox.splice(0);
    if (answer !== undefined) scene.deliver(answer);
    await scene.relayAll();
    expect(alice.isConnectedTo(bob) && bob.isConnectedTo(alice)).toBe(true);
  });

  test('S3: what belongs to a dial that was given up does not touch the next', async () => {
    const counts = { offer: 0, answer: 0, candidate: 0 };
    const alice = scene.create(ALICE, countSignals(counts));
    const bob = scene.create(BOB);
    alice.connector.dial(BOB);
    while (bob.outbox.length < 3) {
      await scene.idle();
      for (const signal of alice.outbox.splice(0)) scene.deliver(signal);
    }
    const stale = bob.outbox.splice(0);
    alice.connector.close(BOB);
    alice.connector.dial(BOB);
    for (const signal of stale) scene.deliver(signal);
    await scene.idle();
    expect(counts).toEqual({ offer: 0, answer: 0, candidate: 0 });
    await scene.relayAll();
    expect(alice.isConnectedTo(bob) && bob.isConnectedTo(alice)).toBe(true);
    expect(alice.transport.liveCount + bob.transport.liveCount).toBe(2);
  });

  test('a peer that comes back under its name takes the place of its former session', async () => {
    const alice = scene.create(ALICE);
    const former = scene.create(BOB);
    await scene.connect(former, alice);
    scene.probes.splice(scene.probes.indexOf(former), 1);
    const bob = scene.create(BOB);
    await scene.connect(bob, alice);
    expect(alice.log).toEqual([`${BOB} authenticated`, `${BOB} closed`, `${BOB} authenticated`]);
    expect(former.log).toEqual([`${ALICE} authenticated`, `${ALICE} closed`]);
    expect(alice.transport.liveCount).toBe(1);
  });

  test('S2: under a new name, what was meant for the former is not opened', async () => {
    const alice = scene.create(ALICE);
    const bob = scene.create(BOB);
    alice.connector.dial(BOB);
    while (alice.outbox.length < 3) await scene.idle();
    bob.connector.setIdentity('bob-after-a-restart-xx', []);
    for (const signal of alice.outbox.splice(0)) scene.deliver(signal);
    await scene.relayAll();
    expect(bob.transport.connectionCount).toBe(0);
  });
});

describe('both dial', () => {
  test('S5: exactly one session is left at both ends, in whatever order their signals cross', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
        fc.nat(4),
        fc.boolean(),
        async (isFromAlice, lead, isAliceFirst) => {
          const scene = new ConnectorScene(membership);
          const alice = scene.create(ALICE);
          const bob = scene.create(BOB);
          const [first, second] = isAliceFirst ? [alice, bob] : [bob, alice];
          first.connector.dial(second.peerId);
          let steps = 0;
          for (const turn of isFromAlice) {
            if (steps === lead) second.connector.dial(first.peerId);
            steps += 1;
            await scene.idle();
            const [one, other] = turn ? [alice, bob] : [bob, alice];
            const signal = one.outbox.shift() ?? other.outbox.shift();
            if (signal !== undefined) scene.deliver(signal);
          }
          await scene.relayAll();
          expect(alice.isConnectedTo(bob) && bob.isConnectedTo(alice)).toBe(true);
          expect([alice.transport.liveCount, bob.transport.liveCount]).toEqual([1, 1]);
          alice.connector.session(BOB)?.send({ type: 'have', pieces: [0] });
          await scene.relayAll();
          expect(bob.log.at(-1)).toBe(`${ALICE} have`);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('S5: the lesser name keeps its dial, the greater gives way', async () => {
    const alice = scene.create(ALICE);
    const bob = scene.create(BOB);
    alice.connector.dial(BOB);
    bob.connector.dial(ALICE);
    await scene.relayAll();
    expect(alice.connector.session(BOB)?.end).toBe('initiator');
    expect(bob.connector.session(ALICE)?.end).toBe('responder');
    expect(alice.transport.connectionCount).toBe(1);
  });
});

describe('a description too long to be sealed', () => {
  test('is lost alone: what is said to others afterwards still goes', async () => {
    let isFirst = true;
    const alice = scene.create(ALICE, (transport) => ({
      connect: (end, iceServers, events) => {
        const isLong = isFirst;
        isFirst = false;
        const onSignal = (signal: Signal) =>
          events.onSignal(isLong && signal.type === 'offer' ? grow(signal) : signal);
        return transport.connect(end, iceServers, { ...events, onSignal });
      },
    }));
    const bob = scene.create(BOB);
    alice.connector.dial('carol-carol-carol-caro');
    await scene.connect(alice, bob);
    expect(alice.isConnectedTo(bob)).toBe(true);
  });
});

describe('closing all', () => {
  test('leaves no connection, and nothing more is sent or answered', async () => {
    const alice = scene.create(ALICE);
    const bob = scene.create(BOB);
    alice.connector.dial(BOB);
    while (alice.outbox.length < 3) await scene.idle();
    for (const signal of alice.outbox.splice(0)) scene.deliver(signal);
    bob.connector.closeAll();
    await scene.relayAll();
    alice.connector.dial('carol-carol-carol-caro');
    alice.connector.closeAll();
    await scene.idle();
    expect(alice.outbox).toEqual([]);
    expect([alice.transport.liveCount, bob.transport.liveCount]).toEqual([0, 0]);
    expect(scene.clock.alarmCount).toBe(0);
    expect(alice.connector.dial(BOB)).toBe(false);
  });

  test('from within the news that a session was replaced does not open the next', async () => {
    const alice = scene.create(ALICE);
    const former = scene.create(BOB);
    await scene.connect(former, alice);
    alice.onFailure = () => alice.connector.closeAll();
    scene.probes.splice(scene.probes.indexOf(former), 1);
    const bob = scene.create(BOB);
    bob.connector.dial(ALICE);
    await scene.relayAll();
    expect(alice.log).toEqual([`${BOB} authenticated`, `${BOB} closed`]);
    expect(alice.transport.liveCount).toBe(0);
  });
});

function grow(signal: Extract<Signal, { sdp: string }>): Signal {
  return { ...signal, sdp: `${signal.sdp}${'a=x\r\n'.repeat(2000)}` };
}

test('W9: of all peers together a share has no more than twelve further connections', async () => {
  const alice = scene.create(ALICE);
  const others = ['b', 'c', 'd', 'e', 'f'].map((name) => scene.create(name.repeat(22)));
  for (const other of others) {
    await scene.connect(alice, other);
    alice.connector.session(other.peerId)?.widen(4);
    await scene.relayAll();
  }
  const counts = others.map(({ peerId }) => alice.connector.session(peerId)?.furtherStrands);
  expect(counts).toEqual([3, 3, 3, 3, 0]);
  others.at(-1)?.connector.session(ALICE)?.widen(2);
  await scene.relayAll();
  expect(alice.connector.session(others.at(-1)?.peerId ?? '')?.furtherStrands).toBe(0);
});
