import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import { formatShareId } from '../../shared/share/share-id.ts';
import { Bitfield } from '../../shared/wire/bitfield.ts';
import { MemoryRegistry } from './memory-registry.ts';
import type { RegistryLimits } from './registry-limits.ts';
import { REGISTRY_LIMITS } from './registry-limits.ts';

const PIECE_COUNT = 11;
const SHARES = [1, 2, 3].map((byte) => formatShareId(new Uint8Array(16).fill(byte)));
const [SHARE, OTHER] = [shareAt(0), shareAt(1)];

function shareAt(index: number): ShareId {
  const shareId = SHARES[index];
  if (shareId === undefined) throw new RangeError('share');
  return shareId;
}

function headerOf(shareId: ShareId, variant = 0, pieceCount = PIECE_COUNT) {
  return { bytes: new Uint8Array([shareId.charCodeAt(0), variant]), pieceCount };
}

function bits(...pieces: number[]): Bytes {
  return Bitfield.of(PIECE_COUNT, pieces).toBytes();
}

const ALL = Array.from({ length: PIECE_COUNT }, (_, piece) => piece);

function createRegistry(limits: Partial<RegistryLimits> = {}, random = () => 0.5) {
  return new MemoryRegistry({ ...REGISTRY_LIMITS, ...limits }, random);
}

describe('announcing', () => {
  test('T3: a whole announce replaces what the peer announced before', () => {
    const registry = createRegistry();
    registry.announce('a', SHARE, headerOf(SHARE), bits(...ALL), 0);
    registry.announce('a', SHARE, headerOf(SHARE), bits(2), 0);
    expect(registry.find('b', SHARE)).toMatchObject({
      seederCount: 0,
      holderCount: 1,
      peers: [{ peerId: 'a', bitfield: bits(2) }],
    });
  });

  test('T4: the header first announced stays until the swarm is empty', () => {
    const registry = createRegistry();
    registry.announce('a', SHARE, headerOf(SHARE, 1), bits(), 0);
    expect(registry.announce('b', SHARE, headerOf(SHARE, 2), bits(), 0)).toBe('header-conflict');
    registry.leave('a', SHARE);
    expect(registry.announce('b', SHARE, headerOf(SHARE, 2), bits(), 0)).toBe('announced');
    expect(registry.headerOf(SHARE)).toEqual(headerOf(SHARE, 2).bytes);
  });

  test.each([
    ['short', new Uint8Array(1)],
    ['long', new Uint8Array(3)],
    ['with a spare bit', new Uint8Array([0, 0x10])],
  ])('T3, W4: a bitfield that is %s is invalid and changes nothing', (_, bitfield) => {
    const registry = createRegistry();
    expect(registry.announce('a', SHARE, headerOf(SHARE), bitfield, 0)).toBe('invalid');
    expect(registry.counts()).toEqual({ swarms: 0, holdings: 0 });
  });

  test('T5: gains count only for a peer that has announced, all of them or none', () => {
    const registry = createRegistry();
    expect(registry.gain('a', SHARE, [[0, 1]], 0)).toBe('not-announced');
    registry.announce('a', SHARE, headerOf(SHARE), bits(), 0);
    const beyond = [[0, 1] as const, [5, PIECE_COUNT] as const];
    expect(registry.gain('a', SHARE, beyond, 0)).toBe('invalid');
    expect(registry.find('b', SHARE)?.holderCount).toBe(0);
  });
});

describe('limits', () => {
  test('case T11; T13: a peer is in so many swarms at most', () => {
    const registry = createRegistry({ swarmsPerPeer: 1 });
    registry.announce('a', SHARE, headerOf(SHARE), bits(), 0);
    expect(registry.announce('a', OTHER, headerOf(OTHER), bits(), 0)).toBe('too-many-swarms');
    expect(registry.announce('b', OTHER, headerOf(OTHER), bits(), 0)).toBe('announced');
  });

  test('T13: a full swarm still takes the announces of those who are in it', () => {
    const registry = createRegistry({ peersPerSwarm: 1 });
    registry.announce('a', SHARE, headerOf(SHARE), bits(), 0);
    expect(registry.announce('b', SHARE, headerOf(SHARE), bits(), 0)).toBe('swarm-full');
    expect(registry.announce('a', SHARE, headerOf(SHARE), bits(1), 0)).toBe('announced');
  });

  test('case T12; T13: a full tracker takes peers into known swarms alone', () => {
    const registry = createRegistry({ swarms: 1 });
    registry.announce('a', SHARE, headerOf(SHARE), bits(), 0);
    expect(registry.announce('b', OTHER, headerOf(OTHER), bits(), 0)).toBe('tracker-full');
    expect(registry.announce('b', SHARE, headerOf(SHARE), bits(), 0)).toBe('announced');
  });

  test('case T12; T13: memory is refused beyond its budget and given back by those who leave', () => {
    const ofOneSwarm = 2 + 2 * PIECE_COUNT + 2;
    const registry = createRegistry({ bytes: ofOneSwarm });
    for (let round = 0; round < 3; round += 1) {
      expect(registry.announce('a', SHARE, headerOf(SHARE), bits(), 0)).toBe('announced');
      expect(registry.announce('b', SHARE, headerOf(SHARE), bits(), 0)).toBe('tracker-full');
      registry.forget('a');
    }
  });
});

describe('expiry', () => {
  test('T9: whoever has not announced for the expiry time is dropped, others stay', () => {
    const registry = createRegistry({ expiryMs: 300 });
    for (const peerId of ['a', 'b', 'c']) {
      registry.announce(peerId, SHARE, headerOf(SHARE), bits(0), 0);
    }
    registry.announce('a', SHARE, headerOf(SHARE), bits(0), 200);
    registry.gain('c', SHARE, [[1, 1]], 200);
    registry.expire(299);
    expect(registry.counts().holdings).toBe(3);
    registry.expire(300);
    expect(registry.counts().holdings).toBe(2);
    expect(registry.isInSwarm('b', SHARE)).toBe(false);
    registry.expire(500);
    expect(registry.counts()).toEqual({ swarms: 0, holdings: 0 });
  });
});

type Operation =
  | { kind: 'announce'; peer: string; share: number; pieces: number[] }
  | { kind: 'gain'; peer: string; share: number; first: number; last: number }
  | { kind: 'leave'; peer: string; share: number }
  | { kind: 'forget'; peer: string }
  | { kind: 'wait'; ms: number };

const peer = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const share = fc.nat({ max: SHARES.length - 1 });
const piece = fc.nat({ max: PIECE_COUNT - 1 });
const pieces = fc.oneof(fc.constant(ALL), fc.uniqueArray(piece));
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ kind: fc.constant('announce'), peer, share, pieces }),
  fc
    .record({ kind: fc.constant('gain'), peer, share, first: piece, last: piece })
    .filter(({ first, last }) => first <= last),
  fc.record({ kind: fc.constant('leave'), peer, share }),
  fc.record({ kind: fc.constant('forget'), peer }),
  fc.record({ kind: fc.constant('wait'), ms: fc.nat({ max: 200 }) }),
);

/** The same books, kept as plainly as can be: one record a peer and share, everything else computed anew. */
class Model {
  readonly records = new Map<string, { held: Set<number>; announcedMs: number }>();
  nowMs = 0;

  apply(step: Operation): void {
    if (step.kind === 'wait') this.wait(step.ms);
    else if (step.kind === 'announce') {
      const record = { held: new Set(step.pieces), announcedMs: this.nowMs };
      this.records.set(`${step.peer} ${step.share}`, record);
    } else if (step.kind === 'gain') this.gain(step);
    else if (step.kind === 'leave') this.records.delete(`${step.peer} ${step.share}`);
    else for (const index of SHARES.keys()) this.records.delete(`${step.peer} ${index}`);
  }

  wait(ms: number): void {
    this.nowMs += ms;
    for (const [key, { announcedMs }] of this.records) {
      if (this.nowMs - announcedMs >= 300) this.records.delete(key);
    }
  }

  gain(step: Extract<Operation, { kind: 'gain' }>): void {
    const record = this.records.get(`${step.peer} ${step.share}`);
    if (record === undefined) return;
    for (let i = step.first; i <= step.last; i += 1) record.held.add(i);
    record.announcedMs = this.nowMs;
  }

  in(index: number): Map<string, Set<number>> {
    const entries = [...this.records].filter(([key]) => key.endsWith(` ${index}`));
    return new Map(entries.map(([key, { held }]) => [key.slice(0, 1), held]));
  }
}

function applyTo(registry: MemoryRegistry, step: Operation, nowMs: number): void {
  if (step.kind === 'wait') registry.expire(nowMs);
  else if (step.kind === 'forget') registry.forget(step.peer);
  else {
    const shareId = shareAt(step.share);
    if (step.kind === 'leave') registry.leave(step.peer, shareId);
    else if (step.kind === 'gain') {
      registry.gain(step.peer, shareId, [[step.first, step.last]], nowMs);
    } else {
      registry.announce(step.peer, shareId, headerOf(shareId), bits(...step.pieces), nowMs);
    }
  }
}

function expectSame(registry: MemoryRegistry, model: Model, index: number, asker: string): void {
  const held = model.in(index);
  const shareId = shareAt(index);
  const found = registry.find(asker, shareId);
  if (held.size === 0) {
    expect(found).toBeUndefined();
    return;
  }
  const availability = ALL.map((i) => [...held.values()].filter((set) => set.has(i)).length);
  expect(registry.availabilityOf(shareId)).toEqual(availability);
  held.delete(asker);
  const sizes = Array.from(held.values(), ({ size }) => size);
  expect(found?.seederCount).toBe(sizes.filter((size) => size === PIECE_COUNT).length);
  expect(found?.holderCount).toBe(sizes.filter((size) => size > 0).length);
  expect(new Map(found?.peers.map(({ peerId, bitfield }) => [peerId, bitfield]))).toEqual(
    new Map(Array.from(held, ([peerId, set]) => [peerId, bits(...set)])),
  );
}

describe('the books', () => {
  test('agree with a naive model after any operations, for every peer and share', () => {
    fc.assert(
      fc.property(
        fc.array(operation, { maxLength: 60 }),
        fc.infiniteStream(fc.nat()),
        (steps, dice) => {
          const random = (): number => (Number(dice.next().value) % 1000) / 1000;
          const registry = createRegistry({ expiryMs: 300 }, random);
          const model = new Model();
          for (const step of steps) {
            model.apply(step);
            applyTo(registry, step, model.nowMs);
            for (const index of SHARES.keys()) {
              expectSame(registry, model, index, 'a');
              expectSame(registry, model, index, 'stranger');
            }
            expect(registry.counts().holdings).toBe(model.records.size);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
