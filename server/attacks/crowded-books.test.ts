import { expect, test } from 'vitest';

import type { ShareId } from '../../shared/share/share-id.ts';
import { formatShareId } from '../../shared/share/share-id.ts';
import { MemoryRegistry } from '../registry/memory-registry.ts';
import { REGISTRY_LIMITS } from '../registry/registry-limits.ts';
import { measureMemory } from './measure-memory.test-helper.ts';

const PIECE_COUNT = 8;
const PER_PEER = REGISTRY_LIMITS.swarmsPerPeer;
const MIB = 1024 * 1024;

function shareIdOf(index: number): ShareId {
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setUint32(0, index);
  return formatShareId(bytes);
}

/** As long as headers are. */
function createHeader() {
  return { bytes: new Uint8Array(300), pieceCount: PIECE_COUNT };
}

/** Announces the share of that number as a peer that holds nothing. */
function announce(registry: MemoryRegistry, peerId: string, index: number): string {
  return registry.announce(peerId, shareIdOf(index), createHeader(), new Uint8Array(1), 0);
}

test('case T11; T13: of 10,000 swarms a peer is in 32, and the others leave no trace', () => {
  const registry = new MemoryRegistry(REGISTRY_LIMITS, Math.random);
  const outcomes = Array.from({ length: 10_000 }, (_, index) => announce(registry, 'a', index));
  expect(outcomes.filter((outcome) => outcome === 'announced')).toHaveLength(32);
  expect(new Set(outcomes.slice(32))).toEqual(new Set(['too-many-swarms']));
  expect(registry.counts()).toEqual({ swarms: 32, holdings: 32 });
  expect(announce(registry, 'b', 9999)).toBe('announced');
});

test('case T12; T13: of a million announces of new swarms 100,000 are taken, in bounded memory, which comes back', () => {
  const before = measureMemory();
  const registry = new MemoryRegistry(REGISTRY_LIMITS, Math.random);
  let announced = 0;
  for (let i = 0; i < REGISTRY_LIMITS.swarms; i += 1) {
    if (announce(registry, `peer ${Math.floor(i / PER_PEER)}`, i) === 'announced') announced += 1;
  }
  expect(announced).toBe(100_000);
  const full = measureMemory();
  expect(full - before).toBeLessThan(150 * MIB);
  const others = Array.from({ length: 1000 }, (_, i) => shareIdOf(REGISTRY_LIMITS.swarms + i));
  const header = createHeader();
  let refused = 0;
  for (let i = 0; i < 900_000; i += 1) {
    const shareId = others[i % others.length] ?? shareIdOf(0);
    const outcome = registry.announce(`other ${i}`, shareId, header, new Uint8Array(1), 0);
    if (outcome === 'tracker-full') refused += 1;
  }
  expect(refused).toBe(900_000);
  expect(measureMemory()).toBeLessThan(full * 1.1);
  expect(registry.counts()).toEqual({ swarms: 100_000, holdings: 100_000 });
  expect(announce(registry, 'peer 0', 0)).toBe('announced');
  expect(announce(registry, 'newcomer', 5)).toBe('announced');
  registry.forget('newcomer');
  for (let i = 0; i < REGISTRY_LIMITS.swarms / PER_PEER; i += 1) registry.forget(`peer ${i}`);
  expect(registry.counts()).toEqual({ swarms: 0, holdings: 0 });
  expect(announce(registry, 'newcomer', 1_000_000)).toBe('announced');
  expect(measureMemory()).toBeLessThan(before + 0.1 * (full - before));
});
