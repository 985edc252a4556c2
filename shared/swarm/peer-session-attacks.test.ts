import { settleCrypto } from './pending-crypto.test-helper.ts';
import type { Bytes } from '../share/bytes.ts';
import type { Transport } from './ports/transport.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { encodeMessage } from '../wire/codec.ts';
import { createSealedShare } from './sealed-share.test-helper.ts';
import {
  BITFIELD,
  BLOCK,
  bytesOf,
  HELLO,
  join,
  joinRaw,
  readType,
  SessionScene,
} from './session-scene.test-helper.ts';
import { TestEnd } from './transport-ends.test-helper.ts';

const { membership } = await createSealedShare(1);
let scene: SessionScene;

beforeEach(() => {
  scene = new SessionScene(membership);
});

describe('a tracker that changes what it relays', () => {
  test('case P1; A4: another fingerprint in the place of the true one never opens', async () => {
    const [alice, bob] = [scene.createAlice(), scene.createBob()];
    join(alice, bob, (signal, to) =>
      to === alice && signal.type !== 'candidate'
        ? { ...signal, sdp: signal.sdp.replace(/sha-256 \S+/, 'sha-256 AB:CD') }
        : signal,
    );
    expect(await alice.settled()).toBe('closed');
    expect(await bob.settled()).toBe('closed');
  });

  test.each(['offer', 'answer'])(
    'case P2; A4: a second fingerprint in the %s is a wrong proof at both ends',
    async (type) => {
      const [alice, bob] = [scene.createAlice(), scene.createBob()];
      join(alice, bob, (signal) =>
        signal.type === type && 'sdp' in signal
          ? { ...signal, sdp: `${signal.sdp}a=fingerprint:sha-256 AB:CD\r\n` }
          : signal,
      );
      const outcomes = await Promise.all([alice.settled(), bob.settled()]);
      expect(outcomes).toContain('wrong-proof');
      expect(outcomes.filter((o) => o !== 'wrong-proof' && o !== 'closed')).toEqual([]);
    },
  );

  test('case P3; A3: a relay with two connections of its own is a wrong proof at both ends', async () => {
    const [alice, bob] = [scene.createAlice(), scene.createBob()];
    const middle = scene.network.createTransport();
    const toAlice = new TestEnd(middle, 'responder');
    const toBob = new TestEnd(middle, 'initiator');
    joinRaw(alice, toAlice);
    joinRaw(bob, toBob);
    await Promise.all([toAlice.until(() => toAlice.isOpen), toBob.until(() => toBob.isOpen)]);
    void relay(toAlice, toBob);
    void relay(toBob, toAlice);
    expect(await alice.settled()).toBe('wrong-proof');
    expect(await bob.settled()).toBe('wrong-proof');
  });
});

describe('a peer without the link', () => {
  test('case P4; A3: what we say, said back to us, is a wrong proof', async () => {
    const { alice, stranger } = await scene.meetStranger();
    for (let i = 0; i < 2; i += 1) {
      await stranger.until(() => stranger.frames.length > i);
      stranger.connection.send(stranger.frames[i] ?? new Uint8Array());
    }
    expect(await alice.settled()).toBe('wrong-proof');
  });

  test('case P4; A3: what a member said on an earlier connection is a wrong proof', async () => {
    // The member's own certificate even: only the nonces are new.
    const transport = scene.network.createTransport();
    const heard: Bytes[] = [];
    const former = scene.createAlice();
    const bob = scene.createBob({ transport: tap(transport, heard) });
    join(former, bob);
    await Promise.all([former.settled(), bob.settled()]);
    expect(heard).toHaveLength(2);
    const { alice, stranger } = await scene.meetStranger({}, transport);
    for (const frame of heard) stranger.connection.send(frame);
    expect(await alice.settled()).toBe('wrong-proof');
  });

  test('case P7; A3: the right share with another secret is a wrong proof at both ends', async () => {
    const { membership: other } = await createSealedShare(1);
    const alice = scene.createAlice();
    const { linkKeys } = other;
    if (linkKeys === undefined) throw new Error('a member has the link');
    const mallory = scene.createBob({ membership: { ...membership, linkKeys } });
    join(alice, mallory);
    const outcomes = await Promise.all([alice.settled(), mallory.settled()]);
    expect(outcomes).toContain('wrong-proof');
    expect(outcomes).not.toContain('authenticated');
  });

  test('case P5; A1, A5: hears a greeting and our proof, and nothing else, for ten seconds', async () => {
    const { alice, stranger } = await scene.meetStranger();
    stranger.connection.send(encodeMessage(HELLO));
    await stranger.until(() => stranger.frames.length === 2);
    alice.session.send({ type: 'have', pieces: [0] });
    alice.session.send({ type: 'block', piece: 0, block: 0, bytes: bytesOf(1) });
    scene.clock.advance(9_999);
    await settleCrypto();
    expect(stranger.frames.map(readType)).toEqual(['hello', 'auth']);
    expect(alice.failures).toEqual([]);
    scene.clock.advance(1);
    expect(alice.failures).toEqual(['auth-timeout']);
    await stranger.until(() => stranger.count('close') > 0);
  });

  test('A5: one that never opens is given up after twenty seconds', () => {
    const alice = scene.createAlice();
    scene.clock.advance(19_999);
    expect(alice.failures).toEqual([]);
    scene.clock.advance(1);
    expect(alice.failures).toEqual(['open-timeout']);
    expect(scene.clock.alarmCount).toBe(0);
  });

  test.each([
    [
      'case P5; A1: a request before any greeting',
      'out-of-order',
      [{ type: 'request', piece: 0, block: 0 }],
    ],
    ['case P5; A1: a block before the proof', 'out-of-order', [HELLO, BLOCK]],
    ['case P5; A1: a bitfield before the proof', 'out-of-order', [HELLO, BITFIELD]],
    [
      'case P5; A1: a proof before the greeting',
      'out-of-order',
      [{ type: 'auth', mac: bytesOf(1) }],
    ],
    ['case P4; A5: a greeting twice', 'out-of-order', [HELLO, { ...HELLO, nonce: bytesOf(8) }]],
    ['case P6; A3: a proof of zeros', 'wrong-proof', [HELLO, { type: 'auth', mac: bytesOf(0) }]],
    ['A5: another version', 'wrong-version', [{ ...HELLO, version: 2 }]],
    [
      'case P6; A5, A8: a volunteer under the keys of the link',
      'wrong-role',
      [{ ...HELLO, role: 'volunteer' }],
    ],
  ] as const)('%s is refused', async (_, failure, messages) => {
    const { alice, stranger } = await scene.meetStranger();
    for (const message of messages) stranger.connection.send(encodeMessage(message));
    expect(await alice.settled()).toBe(failure);
    await stranger.until(() => stranger.count('close') > 0);
    scene.clock.advance(60_000);
    await settleCrypto();
    expect(alice.failures).toEqual([failure]);
    expect(alice.messages).toEqual([]);
  });

  test.each([
    ['an empty frame', new Uint8Array()],
    ['an unknown type', Uint8Array.of(99, 1, 2)],
    ['a greeting one byte short', encodeMessage(HELLO).slice(0, -1)],
    ['a greeting one byte long', new Uint8Array([...encodeMessage(HELLO), 0])],
    ['a frame above 132 KiB', new Uint8Array(132 * 1024 + 1).fill(8)],
    ['a bitfield of 10 MB', new Uint8Array(10_000_000).fill(3)],
  ])('case P16, P19; W2: %s is refused', async (_, frame) => {
    const { alice, stranger } = await scene.meetStranger();
    stranger.connection.send(frame);
    expect(await alice.settled()).toBe('bad-frame');
  });

  test.each([0, 17])(
    'A4: a description with %i fingerprints is a wrong proof, not a crash',
    async (count) => {
      const base = scene.network.createTransport();
      const remote = Array.from({ length: count }, (_, i) => `sha-256 ${i}`);
      const transport: Transport = {
        connect: (...args) => {
          const connection = base.connect(...args);
          const { local } = connection.fingerprints();
          connection.fingerprints = () => ({ local, remote });
          return connection;
        },
      };
      const { alice, stranger } = await scene.meetStranger({ transport });
      stranger.connection.send(encodeMessage(HELLO));
      expect(await alice.settled()).toBe('wrong-proof');
    },
  );
});

async function relay(from: TestEnd, to: TestEnd): Promise<void> {
  for (let i = 0; i < 2; i += 1) {
    await from.until(() => from.frames.length > i || from.count('close') > 0);
    const frame = from.frames[i];
    if (frame !== undefined) to.connection.send(frame);
  }
}

/** Keeps a copy of every frame that is sent over this transport. */
function tap(transport: Transport, heard: Bytes[]): Transport {
  return {
    connect: (...args) => {
      const connection = transport.connect(...args);
      const send = connection.send.bind(connection);
      connection.send = (frame) => {
        heard.push(frame);
        send(frame);
      };
      return connection;
    },
  };
}
