import { expect, test } from 'vitest';

import type { SignalSender } from './signal-window.ts';
import { SignalWindow } from './signal-window.ts';

const OVERHEAD_BYTES = 200;
/** An offer or answer, then candidates, as large as they come. */
const DIAL = [2048, ...Array.from({ length: 20 }, () => 300)].map((data) => data + OVERHEAD_BYTES);
const LARGEST = 8192 + OVERHEAD_BYTES;

function createSenders(count: number, addressOf: (index: number) => string): SignalSender[] {
  return Array.from({ length: count }, (_, i) => ({ peerId: `peer ${i}`, address: addressOf(i) }));
}

/** Returns whether it was taken. */
function send(window: SignalWindow, sender: SignalSender, bytes: number): boolean {
  const isTaken = window.computeRoom(sender, bytes) >= 0;
  if (isTaken) window.record(sender, bytes);
  return isTaken;
}

function dial(window: SignalWindow, sender: SignalSender, times: number): boolean {
  return Array.from({ length: times }, () => DIAL)
    .flat()
    .every((bytes) => send(window, sender, bytes));
}

/** Bytes that are taken while all of them send as much as they can, turn by turn. */
function flood(window: SignalWindow, senders: readonly SignalSender[], bytes = LARGEST): number {
  let taken = 0;
  for (let round = 0; round < 300; round += 1) {
    for (const sender of senders) if (send(window, sender, bytes)) taken += bytes;
  }
  return taken;
}

const MIB = 1024 * 1024;
const ONE_ADDRESS = (): string => 'one';
const MANY_ADDRESSES = (index: number): string => `address ${index}`;

test.each([
  ['one address', ONE_ADDRESS],
  ['thirty addresses', MANY_ADDRESSES],
])('T37: thirty neighbours of %s dial at once and again, and none is refused', (_, addressOf) => {
  const window = new SignalWindow(0);
  const neighbours = createSenders(30, addressOf);
  for (const neighbour of neighbours) expect(dial(window, neighbour, 1)).toBe(true);
  for (const neighbour of neighbours) expect(dial(window, neighbour, 1)).toBe(true);
});

test('T37: a neighbour dials all of four connections twice beside thirty others', () => {
  const window = new SignalWindow(0);
  for (const neighbour of createSenders(30, ONE_ADDRESS)) dial(window, neighbour, 2);
  expect(dial(window, { peerId: 'far', address: 'another' }, 8)).toBe(true);
});

test('case T17; T37: one sender has a quarter, one address a half, and all have the whole', () => {
  const [one] = createSenders(1, ONE_ADDRESS);
  const alone = one === undefined ? 0 : flood(new SignalWindow(0), [one]);
  expect(alone).toBeGreaterThan(0.49 * MIB);
  expect(alone).toBeLessThanOrEqual(0.5 * MIB);
  const ofAddress = flood(new SignalWindow(0), createSenders(256, ONE_ADDRESS));
  expect(ofAddress).toBeGreaterThan(0.98 * MIB);
  expect(ofAddress).toBeLessThanOrEqual(MIB);
  const ofAll = flood(new SignalWindow(0), createSenders(256, MANY_ADDRESSES));
  expect(ofAll).toBeLessThanOrEqual(2 * MIB);
  const small = flood(new SignalWindow(0), createSenders(256, MANY_ADDRESSES), 1 + OVERHEAD_BYTES);
  expect(small).toBeLessThanOrEqual(2 * MIB);
});

test('case T17; T37: beside 256 flooders of one address thirty neighbours of others get through', () => {
  const window = new SignalWindow(0);
  flood(window, createSenders(256, ONE_ADDRESS));
  for (const { peerId } of createSenders(30, MANY_ADDRESSES)) {
    expect(dial(window, { peerId: `near ${peerId}`, address: `near ${peerId}` }, 2)).toBe(true);
  }
});

test('case T17; T37: beside 20 flooders neighbours of the very same address get through', () => {
  const window = new SignalWindow(0);
  flood(window, createSenders(20, ONE_ADDRESS));
  for (const peerId of ['near', 'nearer']) {
    expect(dial(window, { peerId, address: 'one' }, 1)).toBe(true);
  }
});

test('case T17; T37: beside floods from 20 addresses a neighbour of another gets through', () => {
  const window = new SignalWindow(0);
  flood(window, createSenders(20, MANY_ADDRESSES));
  expect(dial(window, { peerId: 'near', address: 'near' }, 2)).toBe(true);
});
