import { settleCrypto } from './pending-crypto.test-helper.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { encodeMessage } from '../wire/codec.ts';
import { createSealedShare } from './sealed-share.test-helper.ts';
import { BITFIELD, join, readType, SessionScene } from './session-scene.test-helper.ts';

const { membership } = await createSealedShare(1);
let scene: SessionScene;

beforeEach(() => {
  scene = new SessionScene(membership);
});
afterEach(() => vi.restoreAllMocks());

describe('two members', () => {
  test('A1, A2, A6: authenticate each other, know each other by certificate, and talk', async () => {
    const [alice, bob] = [scene.createAlice(), scene.createBob()];
    join(alice, bob);
    expect(await Promise.all([alice.settled(), bob.settled()])).toEqual([
      'authenticated',
      'authenticated',
    ]);
    expect(alice.identities).not.toEqual(bob.identities);
    alice.session.send({ type: 'have', pieces: [3] });
    bob.session.send({ type: 'request', piece: 3, block: 0 });
    await Promise.all([
      alice.until(() => alice.messages.length > 0),
      bob.until(() => bob.messages.length > 0),
    ]);
    expect(alice.messages).toEqual([{ type: 'request', piece: 3, block: 0 }]);
    expect(bob.messages).toEqual([{ type: 'have', pieces: [3] }]);
    expect(scene.clock.alarmCount).toBe(0);
    scene.clock.advance(60_000);
    expect([...alice.failures, ...bob.failures]).toEqual([]);
  });

  test('closing one tells the other, once, and nothing to the one that closed', async () => {
    const [alice, bob] = [scene.createAlice(), scene.createBob()];
    join(alice, bob);
    await Promise.all([alice.settled(), bob.settled()]);
    alice.session.close();
    await bob.until(() => bob.failures.length > 0);
    bob.session.close();
    alice.session.send({ type: 'have', pieces: [1] });
    await settleCrypto();
    expect(alice.failures).toEqual([]);
    expect(bob.failures).toEqual(['closed']);
    expect(bob.messages).toEqual([]);
  });

  test('a channel that fails under a send is told once', async () => {
    const transport = scene.network.createTransport();
    const [alice, bob] = [scene.createAlice({ transport }), scene.createBob()];
    join(alice, bob);
    await Promise.all([alice.settled(), bob.settled()]);
    transport.maxBufferedBytes = 0;
    alice.session.send({ type: 'have', pieces: [1] });
    alice.session.send({ type: 'have', pieces: [2] });
    expect(alice.failures).toEqual(['closed']);
    expect(transport.liveCount).toBe(0);
    await bob.until(() => bob.failures.length > 0);
    expect(bob.failures).toEqual(['closed']);
  });
});

describe('while proofs are being made and checked', () => {
  test('A1: what the other end says after its proof is kept, in order: a bitfield and many haves', async () => {
    const { alice, stranger } = await scene.meetStranger();
    const haves = Array.from({ length: 2000 }, (_, piece) => ({
      type: 'have' as const,
      pieces: [piece],
    }));
    const proof = await scene.makeProof(stranger);
    for (const frame of proof) stranger.connection.send(frame);
    for (const message of [BITFIELD, ...haves]) stranger.connection.send(encodeMessage(message));
    await alice.until(() => alice.messages.length === 2001 || alice.failures.length > 0);
    expect(alice.failures).toEqual([]);
    expect(alice.messages).toEqual([BITFIELD, ...haves]);
  });

  test('A1: but not without limit', async () => {
    const { alice, stranger } = await scene.meetStranger();
    const proof = await scene.makeProof(stranger);
    for (const frame of proof) stranger.connection.send(frame);
    const block = { type: 'block' as const, piece: 0, block: 0, bytes: new Uint8Array(60_000) };
    for (let i = 0; i < 3; i += 1) stranger.connection.send(encodeMessage(block));
    expect(await alice.settled()).toBe('out-of-order');
  });

  test('a message that makes us close ends what was kept', async () => {
    const { alice, stranger } = await scene.meetStranger();
    const proof = await scene.makeProof(stranger);
    for (const frame of proof) stranger.connection.send(frame);
    alice.onMessage = () => alice.session.close();
    for (let i = 0; i < 5; i += 1) stranger.connection.send(encodeMessage(BITFIELD));
    await alice.until(() => alice.messages.length > 0);
    await settleCrypto();
    expect(alice.messages).toHaveLength(1);
    expect(alice.failures).toEqual([]);
  });

  test('A1: our proof goes before all that follows, however long it takes to make', async () => {
    const { alice, stranger } = await scene.meetStranger();
    // The other end's proof is made before ours is held up.
    const proof = await scene.makeProof(stranger);
    const held: (() => void)[] = [];
    const sign = crypto.subtle.sign.bind(crypto.subtle);
    vi.spyOn(crypto.subtle, 'sign').mockImplementation(async (...args) => {
      await new Promise<void>((resolve) => held.push(resolve));
      return sign(...args);
    });
    for (const frame of proof) stranger.connection.send(frame);
    await settleCrypto();
    expect(alice.identities).toEqual([]);
    for (const goOn of held) goOn();
    expect(await alice.settled()).toBe('authenticated');
    alice.session.send({ type: 'have', pieces: [0] });
    await stranger.until(() => stranger.frames.length === 3);
    expect(stranger.frames.map(readType)).toEqual(['hello', 'auth', 'have']);
  });

  test('closing meanwhile sends and tells nothing', async () => {
    const { alice, stranger } = await scene.meetStranger();
    const proof = await scene.makeProof(stranger);
    for (const frame of proof) stranger.connection.send(frame);
    alice.session.close();
    await settleCrypto();
    expect(alice.identities).toEqual([]);
    expect(alice.failures).toEqual([]);
    expect(stranger.frames.map(readType)).toEqual(['hello']);
    expect(scene.clock.alarmCount).toBe(0);
  });
});
