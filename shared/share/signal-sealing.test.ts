import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { utf8 } from './bytes.ts';
import { createSampleShare } from './sample-share.test-helper.ts';
import { MAX_SEALED_SIGNAL_LENGTH, openSignal, sealSignal } from './signal-sealing.ts';

const share = await createSampleShare({ streamLength: 100 });
const other = await createSampleShare({ streamLength: 100 });
const key = share.keys.signal;
const plaintext = utf8('{"type":"offer"}');
const sealed = await sealSignal(key, share.shareId, 'alice', 'bob', plaintext);

describe('a sealed signal', () => {
  test('S1: opens for whom it was sealed', async () => {
    expect(sealed.byteLength).toBe(plaintext.byteLength + 28);
    expect(await openSignal(key, share.shareId, 'alice', 'bob', sealed)).toEqual(plaintext);
  });

  test('S1: never looks the same twice', async () => {
    const again = await sealSignal(key, share.shareId, 'alice', 'bob', plaintext);
    expect(again).not.toEqual(sealed);
    expect(again.subarray(0, 12)).not.toEqual(sealed.subarray(0, 12));
  });

  test('S2: opens for no other pair, direction, share or link', async () => {
    const pairs = [
      ['bob', 'alice'],
      ['alice', 'carol'],
      ['carol', 'bob'],
      ['aliceb', 'ob'],
      ['', 'alicebob'],
      ['x'.repeat(70_000), 'bob'],
    ] as const;
    for (const [from, to] of pairs) {
      expect(await openSignal(key, share.shareId, from, to, sealed)).toBeUndefined();
    }
    expect(await openSignal(key, other.shareId, 'alice', 'bob', sealed)).toBeUndefined();
    expect(
      await openSignal(other.keys.signal, share.shareId, 'alice', 'bob', sealed),
    ).toBeUndefined();
  });

  test('S2: with any byte changed does not open', async () => {
    for (let i = 0; i < sealed.byteLength; i += 1) {
      const changed = sealed.slice();
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(await openSignal(key, share.shareId, 'alice', 'bob', changed)).toBeUndefined();
    }
  });

  test('S1: is at most 8 KiB, on the way out and on the way in', async () => {
    const most = new Uint8Array(MAX_SEALED_SIGNAL_LENGTH - 28);
    const longest = await sealSignal(key, share.shareId, 'a', 'b', most);
    expect(longest.byteLength).toBe(8192);
    expect(await openSignal(key, share.shareId, 'a', 'b', longest)).toEqual(most);
    const more = sealSignal(key, share.shareId, 'a', 'b', new Uint8Array(most.byteLength + 1));
    await expect(more).rejects.toThrow(RangeError);
    const tooLong = new Uint8Array(MAX_SEALED_SIGNAL_LENGTH + 1);
    expect(await openSignal(key, share.shareId, 'a', 'b', tooLong)).toBeUndefined();
  });

  test('S2: is never made of other bytes, which are refused without a throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (bytes) => {
        const opened = await openSignal(key, share.shareId, 'a', 'b', Uint8Array.from(bytes));
        expect(opened).toBeUndefined();
      }),
    );
  });
});
