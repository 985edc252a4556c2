import type { ConnectorProbe, Sealed } from './connector-scene.test-helper.ts';
import type { Signal } from './ports/transport.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  CANDIDATE,
  ConnectorScene,
  countSignals,
  createOffer,
} from './connector-scene.test-helper.ts';
import { MAX_CONNECTIONS } from './limits.ts';
import { createSealedShare } from './sealed-share.test-helper.ts';

const { membership } = await createSealedShare(1);
const ALICE = 'alice-alice-alice-alic';
const BOB = 'bob-bob-bob-bob-bob-bo';
const MAX_SESSIONS = MAX_CONNECTIONS + 10;

let scene: ConnectorScene;
let counts: Record<Signal['type'], number>;
let alice: ConnectorProbe;
let bob: ConnectorProbe;

beforeEach(() => {
  scene = new ConnectorScene(membership);
  counts = { offer: 0, answer: 0, candidate: 0 };
  alice = scene.create(ALICE, countSignals(counts));
  bob = scene.create(BOB);
});
afterEach(() => vi.restoreAllMocks());

describe('a signal that no member sealed for us is ignored', () => {
  const OFFER = createOffer('9.9');

  test('case P1; S2: sealed without the link', async () => {
    const other = new ConnectorScene((await createSealedShare(1)).membership);
    await receive(await other.seal(BOB, ALICE, 'dial-0001', OFFER));
    expect(alice.transport.connectionCount).toBe(0);
  });

  test.each([
    ['for somebody else', BOB, 'carol-carol-carol-caro'],
    ['by us', ALICE, BOB],
    ['by another than the tracker says', 'carol-carol-carol-caro', ALICE],
  ])('case P4; S2: sealed %s', async (_, from, to) => {
    const { sealed } = await scene.seal(from, to, 'dial-0001', OFFER);
    await receive({ from: BOB, to: ALICE, sealed });
    expect(alice.transport.connectionCount).toBe(0);
  });

  test('case P1; S2: changed on its way in any byte', async () => {
    const signal = await scene.seal(BOB, ALICE, 'dial-0001', OFFER);
    for (let i = 0; i < signal.sealed.byteLength; i += 1) {
      const sealed = signal.sealed.slice();
      sealed[i] = (sealed[i] ?? 0) ^ 1;
      scene.deliver({ ...signal, sealed });
    }
    await scene.relayAll();
    expect(alice.transport.connectionCount).toBe(0);
    await receive(signal);
    expect(alice.transport.connectionCount).toBe(1);
  });

  test.each([0, 1, 27, 28, 100, 8192, 8193, 100_000])('%i bytes of nothing', async (length) => {
    await receive({ from: BOB, to: ALICE, sealed: new Uint8Array(length) });
    expect(alice.transport.connectionCount).toBe(0);
  });

  test.each([
    ['audio beside the data', createOffer('9.9', ['m=audio 9 UDP/TLS/RTP/SAVPF 111'])],
    ['video alone', { type: 'offer', sdp: 'v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n' }],
    ['no section at all', { type: 'offer', sdp: 'v=0\r\n' }],
    ['more than 7 KiB', createOffer('9.9', ['a=x'.padEnd(7 * 1024, 'x')])],
  ] as const)('case P21; S4: a member sealed it, but its offer has %s', async (_, offer) => {
    await receive(await scene.seal(BOB, ALICE, 'dial-0001', offer));
    expect(alice.transport.connectionCount).toBe(0);
  });

  test('case T16; S7: an answer to a dial that never was', async () => {
    const { sdp } = OFFER;
    await receive(await scene.seal(BOB, ALICE, 'dial-0001', { type: 'answer', sdp }));
    expect(alice.transport.connectionCount).toBe(0);
  });
});

describe('A7: signals that do not open are counted', () => {
  const NOISE = { from: BOB, to: ALICE, sealed: new Uint8Array(100) };

  test('once a second, as one dial brings several', async () => {
    for (let i = 0; i < 10; i += 1) {
      await receive(NOISE);
      scene.clock.advance(250);
    }
    expect(alice.connector.failedProofs).toBe(3);
  });

  test('until a peer has proved itself, under whatever name, and then from the beginning', async () => {
    await receive(NOISE);
    await scene.connect(alice, bob);
    expect(alice.connector.failedProofs).toBe(0);
    scene.clock.advance(1_000);
    await receive(NOISE);
    expect(alice.connector.failedProofs).toBe(1);
  });

  test('and what a member sealed is not, whatever it says', async () => {
    await receive(await scene.seal(BOB, ALICE, 'dial-0001', { type: 'offer', sdp: 'v=0' }));
    expect(alice.connector.failedProofs).toBe(0);
  });
});

describe('a tracker that repeats what it has relayed', () => {
  test.each([
    ['to the one that dialled', 'alice'],
    ['to the one that answered', 'bob'],
  ])('case P4, T16; S7: changes nothing %s', async (_, dialler) => {
    const [from, to] = dialler === 'alice' ? [alice, bob] : [bob, alice];
    const seen = await scene.connect(from, to);
    const described = { offer: counts.offer, answer: counts.answer };
    for (const signal of [...seen, ...seen.toReversed()]) scene.deliver(signal);
    await scene.relayAll();
    expect({ offer: counts.offer, answer: counts.answer }).toEqual(described);
    expect(alice.log).toEqual([`${BOB} authenticated`]);
    expect(bob.log).toEqual([`${ALICE} authenticated`]);
    expect([alice.transport.connectionCount, bob.transport.connectionCount]).toEqual([1, 1]);
  });

  test('case T16; S7, A5: an answer that comes after the dial was given up changes nothing', async () => {
    alice.connector.dial(BOB);
    await scene.idle();
    for (const signal of alice.outbox.splice(0)) scene.deliver(signal);
    await scene.idle();
    const late = bob.outbox.splice(0);
    expect(late.length).toBeGreaterThan(0);
    scene.clock.advance(20_000);
    expect(alice.log).toEqual([`${BOB} open-timeout`]);
    for (const signal of late) scene.deliver(signal);
    await scene.relayAll();
    expect(alice.connector.session(BOB)).toBeUndefined();
    expect(alice.transport.liveCount).toBe(0);
    alice.connector.dial(BOB);
    for (const signal of late) scene.deliver(signal);
    await scene.relayAll();
    expect(alice.isConnectedTo(bob) && bob.isConnectedTo(alice)).toBe(true);
    expect(alice.transport.connectionCount).toBe(2);
  });

  test('case P4; S7: an offer of an earlier connection does not end the present one', async () => {
    const seen = await scene.connect(bob, alice);
    bob.connector.close(ALICE);
    await scene.relayAll();
    await scene.connect(bob, alice);
    for (const signal of seen) scene.deliver(signal);
    await scene.relayAll();
    expect(alice.isConnectedTo(bob) && bob.isConnectedTo(alice)).toBe(true);
    expect(alice.transport.connectionCount).toBe(2);
  });
});

describe('a flood is bounded', () => {
  test('case P21, T17; S6: 10,000 candidates on one dial', async () => {
    await receive(await scene.seal(BOB, ALICE, 'dial-0001', createOffer('9.9')));
    const candidate = await scene.seal(BOB, ALICE, 'dial-0001', CANDIDATE);
    await flood(10_000, () => candidate);
    expect(counts).toEqual({ offer: 1, answer: 0, candidate: 64 });
  });

  test('case P21, T17; S6: 10,000 candidates before their offer', async () => {
    const candidate = await scene.seal(BOB, ALICE, 'dial-0001', CANDIDATE);
    await flood(10_000, () => candidate);
    await receive(await scene.seal(BOB, ALICE, 'dial-0001', createOffer('9.9')));
    expect(counts).toEqual({ offer: 1, answer: 0, candidate: 20 });
  });

  test('case P21: candidates of more dials than there may be: the oldest are forgotten', async () => {
    const names = Array.from({ length: MAX_SESSIONS + 1 }, (_, i) => `dial-${1000 + i}`);
    for (const name of names) await receive(await scene.seal(BOB, ALICE, name, CANDIDATE));
    await receive(await scene.seal(BOB, ALICE, 'dial-1000', createOffer('9.9')));
    expect(counts.candidate).toBe(0);
    await receive(await scene.seal(BOB, ALICE, 'dial-1001', createOffer('9.8')));
    expect(counts.candidate).toBe(1);
  });

  test('offers of one peer: one connection at a time', async () => {
    for (let i = 0; i < 50; i += 1) {
      await receive(await scene.seal(BOB, ALICE, `dial-${1000 + i}`, createOffer(`9.${i}`)));
      expect(alice.transport.liveCount).toBe(1);
    }
  });

  test('case P21; S6: signals that arrive at once: no more than 512 are opened', async () => {
    const decrypt = vi.spyOn(crypto.subtle, 'decrypt');
    const candidate = await scene.seal(BOB, ALICE, 'dial-0001', CANDIDATE);
    for (let i = 0; i < 10_000; i += 1) scene.deliver(candidate);
    await scene.relayAll();
    expect(decrypt).toHaveBeenCalledTimes(512);
    // And when those are through, others are again.
    await receive(await scene.seal(BOB, ALICE, 'dial-0001', createOffer('9.9')));
    expect(alice.transport.connectionCount).toBe(1);
  });

  test('sessions: others are neither dialled nor answered until one ends', async () => {
    for (let i = 0; i < MAX_SESSIONS; i += 1) {
      const dialled = alice.connector.dial(`peer-${i}`);
      expect(dialled).toBe(true);
    }
    expect(alice.connector.dial('one-more')).toBe(false);
    await receive(await scene.seal(BOB, ALICE, 'dial-0001', createOffer('9.9')));
    expect(alice.transport.liveCount).toBe(MAX_SESSIONS);
    alice.connector.close('peer-0');
    expect(alice.connector.dial('one-more')).toBe(true);
    scene.clock.advance(20_000);
    expect(alice.transport.liveCount).toBe(0);
    expect(alice.log).toHaveLength(MAX_SESSIONS);
    expect(alice.connector.session('one-more')).toBeUndefined();
  });
});

async function receive(signal: Sealed): Promise<void> {
  scene.deliver(signal);
  await scene.relayAll();
}

async function flood(count: number, next: () => Sealed): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    scene.deliver(next());
    if (i % 500 === 499) await scene.relayAll();
  }
  await scene.relayAll();
}
