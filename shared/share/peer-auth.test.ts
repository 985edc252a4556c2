import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuthSide } from './peer-auth.ts';
import { computePeerAuth, verifyPeerAuth } from './peer-auth.ts';
import { createSampleShare } from './sample-share.test-helper.ts';

const share = await createSampleShare({ streamLength: 100 });
const other = await createSampleShare({ streamLength: 100 });
const key = share.keys.peerAuth;

const alice: AuthSide = {
  peerId: 'AAAAAAAAAAAAAAAAAAAAAA',
  role: 'member',
  nonce: new Uint8Array(32).fill(1),
  fingerprints: ['sha-256 AA:01', 'sha-512 BB:02'],
};
const bob: AuthSide = {
  peerId: 'BBBBBBBBBBBBBBBBBBBBBB',
  role: 'member',
  nonce: new Uint8Array(32).fill(2),
  fingerprints: ['sha-256 CC:03'],
};
const mac = await computePeerAuth(key, share.shareId, alice, bob);

const verify = (sender: AuthSide, receiver: AuthSide): Promise<boolean> =>
  verifyPeerAuth(key, share.shareId, sender, receiver, mac);

describe('a peer is known by its link', () => {
  test('A2: where both ends see the same connection', async () => {
    expect(mac.byteLength).toBe(32);
    expect(await verify(alice, bob)).toBe(true);
  });

  test('A4: however the fingerprints are ordered, repeated and spelled', async () => {
    const spelled = {
      ...alice,
      fingerprints: ['SHA-512  bb:02', ' sha-256 aa:01 ', 'sha-256 AA:01'],
    };
    expect(await verify(spelled, bob)).toBe(true);
  });
});

describe('a peer is refused', () => {
  test('A3: that sends back what we sent', async () => {
    expect(await verify(bob, alice)).toBe(false);
  });

  test('A3: that echoes our nonce, even under the right key', async () => {
    const echo = { ...bob, nonce: alice.nonce };
    const echoed = await computePeerAuth(key, share.shareId, alice, echo);
    expect(await verifyPeerAuth(key, share.shareId, alice, echo, echoed)).toBe(false);
  });

  test('A3: that replays what was sent over another connection', async () => {
    const fresh = { ...bob, nonce: new Uint8Array(32).fill(9) };
    expect(await verify(alice, fresh)).toBe(false);
  });

  test.for<[string, Partial<AuthSide>]>([
    ['another peer ID', { peerId: 'CCCCCCCCCCCCCCCCCCCCCC' }],
    ['another role', { role: 'volunteer' }],
    ['another nonce', { nonce: new Uint8Array(32).fill(3) }],
    ['a swapped fingerprint', { fingerprints: ['sha-256 AA:01', 'sha-512 BB:03'] }],
    ['a fingerprint more', { fingerprints: [...alice.fingerprints, 'sha-256 DD:04'] }],
    ['a fingerprint less', { fingerprints: ['sha-256 AA:01'] }],
    ['another algorithm', { fingerprints: ['sha-1 AA:01', 'sha-512 BB:02'] }],
    ['no fingerprints', { fingerprints: [] }],
    ['17 fingerprints', { fingerprints: Array.from({ length: 17 }, (_, i) => `sha-256 ${i}`) }],
    ['a fingerprint of a megabyte', { fingerprints: ['x'.repeat(1_000_000)] }],
    ['a short nonce', { nonce: new Uint8Array(31) }],
  ])('A3: that shows %s, at either end', async ([, change]) => {
    expect(await verify({ ...alice, ...change }, bob)).toBe(false);
    const swapped = await computePeerAuth(key, share.shareId, bob, alice);
    const seen = { ...alice, ...change };
    expect(await verifyPeerAuth(key, share.shareId, bob, seen, swapped)).toBe(false);
  });

  test('A3: with another link or for another share', async () => {
    const { peerAuth } = other.keys;
    expect(await verifyPeerAuth(peerAuth, share.shareId, alice, bob, mac)).toBe(false);
    expect(await verifyPeerAuth(key, other.shareId, alice, bob, mac)).toBe(false);
  });

  test('A3: with a changed, cut, longer or empty proof', async () => {
    const changed = mac.slice();
    changed[31] = (changed[31] ?? 0) ^ 1;
    const wrong = [changed, mac.slice(1), new Uint8Array(33), new Uint8Array(32), new Uint8Array()];
    for (const proof of wrong) {
      expect(await verifyPeerAuth(key, share.shareId, alice, bob, proof)).toBe(false);
    }
  });

  test('A2: where text moved from one field to its neighbour', async () => {
    const text = fc.string({ maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(text, text, text, text, async (a, b, c, d) => {
        const one = { ...alice, peerId: a, fingerprints: [b] };
        const two = { ...alice, peerId: c, fingerprints: [d] };
        const proof = await computePeerAuth(key, share.shareId, one, bob);
        const isSame = a === c && b === d;
        const seen = await verifyPeerAuth(key, share.shareId, two, bob, proof);
        // Fingerprints may still be two spellings of one; peer IDs are never.
        expect(seen && a !== c).toBe(false);
        expect(seen || !isSame).toBe(true);
      }),
    );
  });
});

test('proving something without a nonce or a fingerprint is a bug', async () => {
  for (const change of [{ nonce: new Uint8Array() }, { fingerprints: [] }]) {
    const proof = computePeerAuth(key, share.shareId, { ...alice, ...change }, bob);
    await expect(proof).rejects.toThrow(RangeError);
  }
});
