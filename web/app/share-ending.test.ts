import { beforeEach, describe, expect, test } from 'vitest';
import type { Bytes } from '../../shared/share/bytes.ts';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import {
  AT_ONCE_MS,
  decodeShareEnd,
  NEVER_MS,
  signShareEnd,
} from '../../shared/share/share-end.ts';
import { ShareEnding } from './share-ending.ts';

const NOON_MS = 1_800_000_000_000;
const HOUR_MS = 3_600_000;
const share = await createSampleShare({ streamLength: 100 });
const other = await createSampleShare({ streamLength: 100 });
const { privateKey } = share.signingKeys;

let nowMs: number;
let told: Bytes[];
let news: Bytes[];

beforeEach(() => {
  nowMs = NOON_MS;
  told = [];
  news = [];
});

function open(statement?: Bytes): ShareEnding {
  return new ShareEnding({
    share,
    statement,
    epochMs: () => nowMs,
    tracker: { tellEnd: (_, __, end) => void told.push(end), forgetEnd: () => {} },
    onNews: (end) => void news.push(end),
  });
}

function sign(endAtMs: number, serial: number, by = share): Promise<Bytes> {
  return signShareEnd(by.signingKeys.privateKey, share.shareId, { endAtMs, serial });
}

describe('the end of a share', () => {
  test('is none until somebody says so', () => {
    const ending = open();
    expect([ending.card, ending.isOver, ending.statement]).toEqual([undefined, false, undefined]);
    expect(told).toEqual([]);
  });

  test('E30, T36: comes by this device’s clock, and is remembered and told to the tracker', async () => {
    const ending = open();
    const statement = await sign(NOON_MS + HOUR_MS, 1);
    await ending.hear(statement);
    expect(ending.card).toEqual({ secondsLeft: 3600, isOver: false });
    nowMs += HOUR_MS - 1;
    expect(ending.isOver).toBe(false);
    nowMs += 1;
    expect(ending.isOver).toBe(true);
    expect(ending.card).toEqual({ secondsLeft: 0, isOver: true });
    expect([told, news]).toEqual([[statement], [statement]]);
  });

  test('D15, T36: as it was remembered counts at once, and is told again', async () => {
    const statement = await sign(AT_ONCE_MS, 1);
    expect(open(statement).isOver).toBe(true);
    expect([told, news]).toEqual([[statement], []]);
  });

  test('E30: is what the sharer said last, whatever is heard after', async () => {
    const ending = open();
    const later = await sign(NEVER_MS, 2);
    await ending.hear(later);
    await ending.hear(await sign(AT_ONCE_MS, 1));
    await ending.hear(await sign(AT_ONCE_MS, 2));
    expect([ending.isOver, ending.card, news]).toEqual([false, undefined, [later]]);
  });

  test('E30: is nobody else’s to say', async () => {
    const ending = open();
    const forged = (await sign(AT_ONCE_MS, 1)).with(11, 200);
    await ending.hear(await sign(AT_ONCE_MS, 1, other));
    await ending.hear(Uint8Array.from(forged));
    await ending.hear(new Uint8Array(76));
    await ending.hear(new Uint8Array(3));
    expect([ending.isOver, ending.statement, told, news]).toEqual([false, undefined, [], []]);
  });

  test.each([
    ['hour', NOON_MS + HOUR_MS],
    ['day', NOON_MS + 24 * HOUR_MS],
    ['week', NOON_MS + 168 * HOUR_MS],
    ['never', NEVER_MS],
    ['now', AT_ONCE_MS],
  ] as const)(
    'T34: %s is signed as such, each time with a later serial',
    async (choice, endAtMs) => {
      const ending = open(await sign(NEVER_MS, 6));
      await ending.set(choice, privateKey);
      const [statement] = news;
      expect(statement && decodeShareEnd(statement)).toEqual({ endAtMs, serial: 7 });
      expect(told.at(-1)).toEqual(statement);
    },
  );

  test('T34: of two choices in quick succession the later one is the sharer’s word', async () => {
    const ending = open();
    await Promise.all([ending.set('now', privateKey), ending.set('never', privateKey)]);
    expect(ending.isOver).toBe(false);
    expect(news.map(decodeShareEnd)).toEqual([{ endAtMs: NEVER_MS, serial: 2 }]);
  });
});
