import { expect } from 'vitest';

import { signCopyTarget } from '../../shared/share/copy-target.ts';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import type { RunningTracker } from '../start-tracker.ts';
import { startTracker } from '../start-tracker.ts';
import type { TestPeer } from './test-peer.test-helper.ts';
import { announceOf, connectPeer } from './test-peer.test-helper.ts';

export const PIECE_COUNT = 10;
export const PIECE_BYTES = 65_536 + 80;
export const ALL = Array.from({ length: PIECE_COUNT }, (_, piece) => piece);
const ROOM = 100 * PIECE_BYTES;
export const OK = { ok: true };

export const share = await createSampleShare({ streamLength: PIECE_COUNT * 65_536 });
export const other = await createSampleShare({ streamLength: PIECE_COUNT * 65_536 });
let tracker: RunningTracker;
const peers: TestPeer[] = [];

/** A tracker that believes what peers say of their address. */
export async function start(): Promise<RunningTracker> {
  tracker = await startTracker({ host: '127.0.0.1', trustProxyHops: 1 });
  return tracker;
}

export async function stop(): Promise<void> {
  for (const { socket } of peers.splice(0)) socket.disconnect();
  await tracker.close();
}

export async function connect(address = '192.0.2.1'): Promise<TestPeer> {
  const peer = await connectPeer(tracker.url, { 'X-Forwarded-For': address });
  peers.push(peer);
  return peer;
}

export async function connectVolunteer(freeBytes = ROOM): Promise<TestPeer> {
  const peer = await connect();
  expect(await peer.ask('volunteer', { freeBytes })).toEqual(OK);
  return peer;
}

export function targetOf(copies: number, serial = 1, of = share) {
  return signCopyTarget(of.signingKeys.privateKey, of.shareId, { copies, serial });
}

/** The sharer, which holds everything and asks for copies. */
export async function connectSharer(copies: number): Promise<TestPeer> {
  const sharer = await connect();
  expect(await announceTarget(sharer, copies, 1)).toEqual(OK);
  return sharer;
}

export async function announceTarget(sharer: TestPeer, copies: number, serial: number) {
  const target = await targetOf(copies, serial);
  return sharer.ask('announce', { ...announceOf(share, ...ALL), role: 'sharer', target });
}

export function announceVolunteer(peer: TestPeer, ...pieces: number[]) {
  return peer.ask('announce', { ...announceOf(share, ...pieces), role: 'volunteer' });
}

export function received(peer: TestPeer, event: string): unknown[] {
  return peer.received.filter((message) => message.event === event).map(({ message }) => message);
}

export function orderedPieces(peer: TestPeer): number[] {
  return received(peer, 'replicate').flatMap((order) => {
    const ranges: [number, number][] = Reflect.get(Object(order), 'pieces');
    return ranges.flatMap(([first, last]) => ALL.slice(first, last + 1));
  });
}
