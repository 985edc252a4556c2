import { describe, expect, test } from 'vitest';
import type { RunnerSnapshot } from '../../shared/swarm/swarm-snapshot.ts';
import type { StatusFacts } from './card-status.ts';
import { computeCardStatus } from './card-status.ts';
import { computeTransfer, NO_COUNTS } from './card-transfer.ts';
import { PROBLEMS } from './problems.ts';
import { createSnapshot } from './snapshot.test-helper.ts';

function statusOf(facts: Partial<StatusFacts>): string {
  return computeCardStatus({
    phase: { kind: 'running' },
    role: 'receiver',
    snapshot: createSnapshot({}),
    savingPercent: undefined,
    isSaved: false,
    isChoosing: false,
    isOver: false,
    restsComplete: false,
    ...facts,
  }).kind;
}

const idlePeer = createSnapshot({ peerCount: 1 });
const sendingPeer = createSnapshot({ peerCount: 1, outstandingBytes: 1 });
const complete: RunnerSnapshot = {
  ...createSnapshot({ heldBytes: 1000 }),
  isComplete: true,
  isSeeder: true,
};

describe('computeCardStatus', () => {
  test.each<[string, Partial<StatusFacts>]>([
    ['connecting', { phase: { kind: 'starting' }, snapshot: undefined }],
    ['waiting-for-peers', {}],
    ['connecting', { snapshot: { ...createSnapshot({}), isConnecting: true } }],
    ['waiting-for-peers', { snapshot: idlePeer }],
    ['downloading', { snapshot: sendingPeer }],
    ['downloading', { snapshot: { ...createSnapshot({}), downBytesPerSecond: 1 } }],
    ['verifying', { snapshot: complete, savingPercent: 0 }],
    ['complete', { snapshot: complete }],
    ['sharing', { role: 'sharer', snapshot: complete }],
    ['sharing', { role: 'sharer', snapshot: undefined }],
    ['sharing-stored', { role: 'sharer', snapshot: createSnapshot({ heldBytes: 400 }) }],
    ['paused', { phase: { kind: 'paused', problem: undefined }, snapshot: sendingPeer }],
    ['failed', { phase: { kind: 'failed', problem: PROBLEMS.badIndex }, snapshot: complete }],
  ])('says %s', (kind, facts) => {
    expect(statusOf(facts)).toBe(kind);
  });
});

test('while dials fail again and again the card says one thing, until one has succeeded', () => {
  const dialling = { ...createSnapshot({}), isConnecting: true };
  const between = createSnapshot({ failedDials: 1 });
  const again = { ...between, isConnecting: true };
  const said = [dialling, between, again, between, again].map((snapshot) => statusOf({ snapshot }));
  const waiting = 'waiting-for-peers';
  expect(said).toEqual(['connecting', waiting, waiting, waiting, waiting]);
  // The one that was connected is gone, and another one is dialled.
  expect(statusOf({ snapshot: dialling })).toBe('connecting');
});

describe('computeTransfer', () => {
  const counts = NO_COUNTS;

  test('speaks of bytes of files, not of the stream, and never of more than there are', () => {
    const transfer = computeTransfer(createSnapshot({ heldBytes: 1000 }), 900, counts);
    expect(transfer.heldBytes).toBe(900);
    expect(transfer.percent).toBe(100);
  });

  test('says 100 % only when nothing is missing', () => {
    expect(computeTransfer(createSnapshot({ heldBytes: 999 }), 900, counts).percent).toBe(99);
  });

  test('counts the peers it sees even where the tracker has not heard of them', () => {
    const snapshot = createSnapshot({ peerCount: 2, peersHoldPieces: 3 });
    expect(computeTransfer(snapshot, 900, counts).holderCount).toBe(2);
    expect(computeTransfer(snapshot, 900, { ...counts, holderCount: 5 }).holderCount).toBe(5);
  });

  test('a seeder hears only of full copies that it sees: it may close its tab on the strength of them', () => {
    const said = { ...counts, holderCount: 3, seederCount: 3 };
    expect(computeTransfer(complete, 900, said).seederCount).toBe(0);
    expect(computeTransfer(createSnapshot({}), 900, said).seederCount).toBe(3);
  });

  test('A7: three in a row who did not prove themselves are worth a word, fewer are not', () => {
    for (const [failedProofs, isDisturbed] of [
      [0, false],
      [2, false],
      [3, true],
      [4, true],
    ] as const) {
      const transfer = computeTransfer(createSnapshot({ failedProofs }), 900, counts);
      expect(transfer.isDisturbed).toBe(isDisturbed);
    }
  });

  test('others are out of reach once two dials failed and nobody is connected', () => {
    for (const [failedDials, peerCount, isUnreachable] of [
      [1, 0, false],
      [2, 0, true],
      [2, 1, false],
    ] as const) {
      const snapshot = createSnapshot({ failedDials, peerCount });
      expect(computeTransfer(snapshot, 900, counts).isUnreachable).toBe(isUnreachable);
    }
  });

  test('counts the volunteers that hold anything, as it sees them or as the tracker said', () => {
    const snapshot = createSnapshot({ peerCount: 3, peersHoldPieces: 1 });
    const [one, two, three] = snapshot.peers;
    if (one === undefined || two === undefined || three === undefined) throw new Error('three');
    const role = 'volunteer' as const;
    const mixed = { ...snapshot, peers: [{ ...one, role }, two, { ...three, role }] };
    expect(computeTransfer(mixed, 900, counts).volunteerCount).toBe(2);
    const said = { ...counts, volunteerCount: 5 };
    expect(computeTransfer(mixed, 900, said).volunteerCount).toBe(5);
  });

  test('gives a time left only while bytes come', () => {
    expect(computeTransfer(createSnapshot({}), 900, counts).secondsLeft).toBeUndefined();
    const moving = { ...createSnapshot({ heldBytes: 500 }), downBytesPerSecond: 100 };
    expect(computeTransfer(moving, 900, counts).secondsLeft).toBe(5);
  });
});
