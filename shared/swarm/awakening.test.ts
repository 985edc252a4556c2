import { expect, test } from 'vitest';
import { Bitfield } from '../wire/bitfield.ts';
import { WAKING_PATIENCE_MS } from './limits.ts';
import { disconnectsIn, SwarmDriver } from './swarm-driver.test-helper.ts';

const ALL = [0, 1, 2, 3, 4, 5, 6, 7];
const ASLEEP_MS = 45_000;
const TICK_MS = 500;

/** A receiver with one source, which it has asked, and a tracker. */
function openReceiver(): SwarmDriver {
  const driver = new SwarmDriver({ pieceCount: ALL.length });
  driver.tell({ type: 'tracker-up', announceIntervalMs: 120_000 });
  driver.connect('seeder', ALL);
  driver.piece('seeder', 0);
  return driver;
}

function tickFor(driver: SwarmDriver, durationMs: number): readonly string[] {
  const found: string[] = [];
  for (let ms = 0; ms < durationMs; ms += TICK_MS) {
    found.push(...disconnectsIn(driver.tick(TICK_MS)));
  }
  return found;
}

function types(effects: readonly { readonly type: string }[]): readonly string[] {
  return effects.map(({ type }) => type).filter((type) => type === 'find' || type === 'announce');
}

test('case S7; E32: who wakes asks the tracker and announces everything, at once', () => {
  const driver = openReceiver();
  driver.nowMs += ASLEEP_MS;
  expect(types(driver.tell({ type: 'woken' }))).toEqual(['find', 'announce']);
});

test('case S7; E32: a source that stays silent after waking is given up and dialled again', () => {
  const driver = openReceiver();
  driver.nowMs += ASLEEP_MS;
  driver.tell({ type: 'woken' });
  expect(tickFor(driver, WAKING_PATIENCE_MS - TICK_MS)).toEqual([]);
  expect(tickFor(driver, TICK_MS)).toEqual(['seeder unresponsive']);
  const bitfield = Bitfield.of(ALL.length, ALL);
  driver.tell({ type: 'peers-found', peers: [{ peerId: 'seeder', bitfield, role: 'member' }] });
  tickFor(driver, 5_000);
  expect(driver.effects.some((effect) => effect.type === 'dial')).toBe(true);
});

test('E32: where the clock stood still as well it is the same', () => {
  const driver = openReceiver();
  driver.tell({ type: 'woken' });
  expect(tickFor(driver, WAKING_PATIENCE_MS + TICK_MS)).toEqual(['seeder unresponsive']);
});

test('E32: a source that says anything after waking is kept, however slow it is', () => {
  const driver = openReceiver();
  driver.nowMs += ASLEEP_MS;
  driver.tell({ type: 'woken' });
  driver.tick(TICK_MS);
  driver.hear('seeder', { type: 'have', pieces: [0] });
  expect(tickFor(driver, 60_000)).toEqual([]);
});

test('E32: whoever owes nothing, and is silent for that reason, is kept', () => {
  const driver = new SwarmDriver({ pieceCount: ALL.length, held: ALL });
  driver.tell({ type: 'tracker-up', announceIntervalMs: 120_000 });
  driver.connect('leecher', []);
  driver.nowMs += ASLEEP_MS;
  driver.tell({ type: 'woken' });
  expect(tickFor(driver, 60_000)).toEqual([]);
});

test('E32: without anybody connected waking is no reason to announce', () => {
  const driver = new SwarmDriver({ pieceCount: ALL.length, held: ALL });
  driver.tell({ type: 'tracker-up', announceIntervalMs: 120_000 });
  driver.nowMs += ASLEEP_MS;
  expect(types(driver.tell({ type: 'woken' }))).toEqual([]);
});
