import { settleCrypto } from './pending-crypto.test-helper.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { SessionProbe } from './session-probe.test-helper.ts';
import type { Bytes } from '../share/bytes.ts';
import type { Message } from '../wire/messages.ts';
import type { Signal } from './ports/transport.ts';
import type { MemoryTransport } from './memory-transport.ts';
import { utf8 } from '../share/bytes.ts';
import { decodeMessage, encodeMessage } from '../wire/codec.ts';
import { MAX_STRAND_OFFERS, MAX_STRANDS, STRAND_TIMEOUT_MS } from './limits.ts';
import { createSealedShare } from './sealed-share.test-helper.ts';
import { BITFIELD, BLOCK, join, SessionScene } from './session-scene.test-helper.ts';
import { decodeEnvelope, encodeEnvelope } from './signal-envelope.ts';
import { TestEnd } from './transport-ends.test-helper.ts';

const { membership } = await createSealedShare(1);
const STRAND = 'strand-strand';
const ANSWER: Signal = {
  type: 'answer',
  sdp: 'v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n',
};
let scene: SessionScene;
let transports: readonly [MemoryTransport, MemoryTransport];

beforeEach(() => {
  scene = new SessionScene(membership);
  transports = [scene.network.createTransport(), scene.network.createTransport()];
});

/** Two ends that know each other. */
async function meet(): Promise<readonly [alice: SessionProbe, bob: SessionProbe]> {
  const alice = scene.createAlice({ transport: transports[0] });
  const bob = scene.createBob({ transport: transports[1] });
  join(alice, bob);
  await alice.settled();
  await bob.settled();
  return [alice, bob];
}

async function meetWidened(strands: number): Promise<readonly [SessionProbe, SessionProbe]> {
  const [alice, bob] = await meet();
  alice.session.widen(strands);
  await alice.until(() => alice.strandCount === strands);
  await bob.until(() => bob.strandCount === strands);
  return [alice, bob];
}

describe('W9: several connections between two peers', () => {
  test('come about over the first, and no tracker hears of them', async () => {
    const [alice, bob] = await meet();
    const relayed: Signal[] = [];
    alice.onSignal = (signal) => relayed.push(signal);
    bob.onSignal = (signal) => relayed.push(signal);
    alice.session.widen(3);
    await bob.until(() => bob.strandCount === 3);
    expect(relayed).toEqual([]);
    expect(transports.map(({ liveCount }) => liveCount)).toEqual([3, 3]);
  });

  test('share the blocks, each going where the least waits', async () => {
    const [alice] = await meetWidened(3);
    const frameLength = encodeMessage(BLOCK).byteLength;
    for (let block = 0; block < 6; block += 1) alice.session.send({ ...BLOCK, block });
    const waiting = [...transports[0].connections.values()].map((end) => end.bufferedBytes);
    expect(waiting.filter((bytes) => bytes > 0)).toEqual(Array(3).fill(2 * frameLength));
  });

  test('bring all blocks, in both directions', async () => {
    const [alice, bob] = await meetWidened(2);
    for (const [from, to] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      for (let block = 0; block < 4; block += 1) from.session.send({ ...BLOCK, block });
      await to.until(() => to.messages.length === 4);
      const blocks = to.messages.flatMap((message) =>
        message.type === 'block' ? message.block : [],
      );
      expect(new Set(blocks)).toEqual(new Set([0, 1, 2, 3]));
    }
  });

  test('carry blocks alone: all else goes over the first, in order', async () => {
    const [alice, bob] = await meetWidened(4);
    alice.session.send(BITFIELD);
    for (let piece = 0; piece < 20; piece += 1)
      alice.session.send({ type: 'have', pieces: [piece] });
    await bob.until(() => bob.messages.length === 21);
    expect(bob.messages[0]).toEqual(BITFIELD);
    const pieces = bob.messages.flatMap((message) =>
      message.type === 'have' ? message.pieces : [],
    );
    expect(pieces).toEqual(pieces.toSorted((a, b) => a - b));
  });

  test('count together as what waits to be sent', async () => {
    const [alice] = await meetWidened(2);
    alice.session.send(BLOCK);
    alice.session.send(BLOCK);
    expect(alice.session.bufferedBytes).toBe(2 * encodeMessage(BLOCK).byteLength);
  });

  test('are four at most, whoever begins them', async () => {
    const [alice, bob] = await meetWidened(MAX_STRANDS);
    bob.session.widen(8);
    alice.session.widen(8);
    await settleCrypto();
    expect(alice.session.furtherStrands).toBe(MAX_STRANDS - 1);
    expect(bob.session.furtherStrands).toBe(MAX_STRANDS - 1);
  });

  test('are neither begun nor answered where the tab has too many', async () => {
    const [alice, bob] = await meet();
    bob.hasRoomForStrand = false;
    bob.session.widen(2);
    alice.session.widen(2);
    await settleCrypto();
    expect(bob.session.furtherStrands).toBe(0);
    expect(bob.failures).toEqual([]);
  });

  test('go without one that does not come about in time', async () => {
    const [alice, bob] = await meet();
    transports[1].isReachable = false;
    alice.session.widen(2);
    await settleCrypto();
    scene.clock.advance(STRAND_TIMEOUT_MS);
    expect([alice.session.furtherStrands, bob.session.furtherStrands]).toEqual([0, 0]);
    expect([...alice.failures, ...bob.failures]).toEqual([]);
    alice.session.send(BLOCK);
    await bob.until(() => bob.messages.length === 1);
  });

  test('end together when one of them breaks: nobody would ask again for what it carried', async () => {
    const [alice, bob] = await meetWidened(2);
    alice.session.send(BLOCK);
    alice.session.send(BLOCK);
    await bob.until(() => bob.messages.length === 2);
    [...transports[0].connections.values()].at(-1)?.fail();
    await alice.until(() => alice.failures.length > 0);
    await bob.until(() => bob.failures.length > 0);
    expect([alice.failures, bob.failures]).toEqual([['closed'], ['closed']]);
    expect(transports.map(({ liveCount }) => liveCount)).toEqual([0, 0]);
  });

  test('go on without one that breaks before it has carried anything', async () => {
    const [alice, bob] = await meetWidened(2);
    [...transports[0].connections.values()].at(-1)?.fail();
    await alice.until(() => alice.strandCount === 1);
    await bob.until(() => bob.strandCount === 1);
    alice.session.send(BLOCK);
    await bob.until(() => bob.messages.length === 1);
    expect([...alice.failures, ...bob.failures]).toEqual([]);
  });

  test('end together when the session is closed', async () => {
    const [alice, bob] = await meetWidened(4);
    alice.session.close();
    await bob.until(() => bob.failures.length > 0);
    expect(transports.map(({ liveCount }) => liveCount)).toEqual([0, 0]);
  });
});

describe('W9: somebody who makes something else of them', () => {
  test.each([
    ['nothing', utf8('{}')],
    ['no JSON', utf8('offer')],
    ['an answer to nothing', encodeEnvelope({ dialId: STRAND, signal: ANSWER })],
  ])('is ignored where it says %s', async (_, envelope) => {
    const { alice, stranger } = await meetStranger();
    stranger.say({ type: 'strand', envelope });
    stranger.say(BITFIELD);
    await alice.until(() => alice.messages.length === 1);
    expect(alice.session.furtherStrands).toBe(0);
    expect(alice.failures).toEqual([]);
  });

  test('is disconnected for one before the proof', async () => {
    const { alice, stranger } = await scene.meetStranger();
    const envelope = encodeEnvelope({ dialId: STRAND, signal: { type: 'answer', sdp: 'x' } });
    stranger.connection.send(encodeMessage({ type: 'strand', envelope }));
    expect(await alice.settled()).toBe('out-of-order');
  });

  test('is disconnected for anything but a block over one', async () => {
    const { alice, stranger } = await meetStranger();
    const strand = stranger.begin(transports[1]);
    await stranger.until(() => alice.strandCount === 2);
    strand.connection.send(encodeMessage(BLOCK));
    await alice.until(() => alice.messages.length === 1);
    strand.connection.send(encodeMessage(BITFIELD));
    await alice.until(() => alice.failures.length > 0);
    expect(alice.failures).toEqual(['bad-frame']);
  });

  test('is disconnected for one that leads to another browser', async () => {
    const { alice, stranger } = await meetStranger();
    stranger.begin(scene.network.createTransport());
    await stranger.until(() => alice.failures.length > 0);
    expect(alice.failures).toEqual(['closed']);
    expect(alice.strandCount).toBe(1);
  });

  test('is answered for no more at once than one beyond what we would begin', async () => {
    const { alice, stranger } = await meetStranger();
    for (let i = 0; i < 10; i += 1) stranger.begin(transports[1]);
    await stranger.until(() => alice.strandCount === MAX_STRANDS + 1);
    await settleCrypto();
    expect(alice.session.furtherStrands).toBe(MAX_STRANDS);
    expect(alice.failures).toEqual([]);
  });

  test('is answered for eight in all, those that ended included', async () => {
    const { alice, stranger } = await meetStranger();
    for (let i = 0; i < MAX_STRAND_OFFERS; i += 1) {
      const strand = stranger.begin(transports[1]);
      await stranger.until(() => alice.strandCount === 2);
      strand.connection.close();
      await stranger.until(() => alice.strandCount === 1);
    }
    const made = transports[0].connectionCount;
    stranger.begin(transports[1]);
    await settleCrypto();
    expect(transports[0].connectionCount).toBe(made);
    expect(alice.failures).toEqual([]);
  });
});

/** Somebody who has proved the link, and begins strands of its own. */
class Stranger {
  readonly end: TestEnd;
  readonly #strands = new Map<string, TestEnd>();
  #heardCount = 0;

  constructor(end: TestEnd) {
    this.end = end;
  }

  say(message: Message): void {
    this.end.connection.send(encodeMessage(message));
  }

  begin(transport: MemoryTransport): TestEnd {
    const dialId = `${STRAND}-${this.#strands.size}`;
    const strand = new TestEnd(transport, 'initiator');
    this.#strands.set(dialId, strand);
    strand.onSignal = (signal) =>
      this.say({ type: 'strand', envelope: encodeEnvelope({ dialId, signal }) });
    return strand;
  }

  /** Passes on what Alice answers meanwhile. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      for (const frame of this.end.frames.slice(this.#heardCount)) this.#hear(frame);
      await settleCrypto();
    }
  }

  #hear(frame: Bytes): void {
    this.#heardCount += 1;
    const message = decodeMessage(frame);
    if (!message.ok || message.value.type !== 'strand') return;
    const envelope = decodeEnvelope(message.value.envelope);
    if (envelope === undefined) return;
    this.#strands.get(envelope.dialId)?.connection.signal(envelope.signal);
  }
}

async function meetStranger(): Promise<{ alice: SessionProbe; stranger: Stranger }> {
  const { alice, stranger } = await scene.meetStranger({ transport: transports[0] }, transports[1]);
  for (const frame of await scene.makeProof(stranger)) stranger.connection.send(frame);
  await alice.settled();
  return { alice, stranger: new Stranger(stranger) };
}
