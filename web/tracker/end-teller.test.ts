import { beforeEach, expect, test } from 'vitest';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { EndMessage } from '../../shared/tracker/end.ts';
import type { Refusal } from '../../shared/tracker/refusal.ts';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { EndTeller } from './end-teller.ts';

const [one, other] = [
  (await createSampleShare({ streamLength: 100 })).shareId,
  (await createSampleShare({ streamLength: 100 })).shareId,
];
let heard: EndMessage[];
let isUp: boolean;
/** What the tracker says instead, that often. */
let refusals: Refusal[];
/** Pauses that have begun, and what ends the last of them. */
let pausesMs: number[];
let passPause: () => void;
let teller: EndTeller;

beforeEach(() => {
  heard = [];
  isUp = true;
  refusals = [];
  pausesMs = [];
  teller = new EndTeller(
    async (message) => {
      if (!isUp) return undefined;
      heard.push(message);
      return refusals.shift() ?? { ok: true };
    },
    (durationMs) =>
      new Promise((resolve) => {
        pausesMs.push(durationMs);
        passPause = resolve;
      }),
    () => 0,
  );
});

function endOf(shareId: ShareId, serial = 1): EndMessage {
  return { shareId, header: new Uint8Array(3), end: Uint8Array.of(serial) };
}

/** All that was told until now has been answered, or not. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
}

test('T36: an end is told at once, and to every tracker that is reached', async () => {
  teller.tell(endOf(one));
  teller.tell(endOf(other));
  teller.tellAll();
  await settle();
  expect(heard.map(({ shareId }) => shareId)).toEqual([one, other, one, other]);
});

test('T36: the end of a share that was removed is told no more', async () => {
  teller.tell(endOf(one));
  teller.tell(endOf(other));
  await settle();
  teller.forget(one);
  heard = [];
  teller.tellAll();
  await settle();
  expect(heard.map(({ shareId }) => shareId)).toEqual([other]);
});

test('T36: an end that no tracker has heard yet is told once more, also of a share that was removed', async () => {
  isUp = false;
  teller.tell(endOf(one));
  await settle();
  teller.forget(one);
  isUp = true;
  teller.tellAll();
  await settle();
  expect(heard).toEqual([endOf(one)]);
  teller.tellAll();
  await settle();
  expect(heard).toHaveLength(1);
});

test('T36: of a share that was removed and opened again the end is told again', async () => {
  teller.tell(endOf(one));
  teller.forget(one);
  teller.tell(endOf(one, 2));
  await settle();
  teller.tellAll();
  await settle();
  expect(heard.map(({ end }) => end)).toEqual([Uint8Array.of(2), Uint8Array.of(2)]);
});

const TOO_BUSY: readonly Refusal[] = [
  { ok: false, code: 'rate-limited', retryAfterMs: 6_000 },
  { ok: false, code: 'rate-limited' },
  { ok: false, code: 'unavailable' },
];

test.each(TOO_BUSY)(
  'T36: an end that a tracker was too busy to take is told again later: %o',
  async (refusal) => {
    refusals = [refusal];
    teller.tell(endOf(one));
    await settle();
    teller.forget(one);
    expect({ count: heard.length, pausesMs }).toEqual({ count: 1, pausesMs: [15_000] });
    passPause();
    await settle();
    expect(heard).toEqual([endOf(one), endOf(one)]);
    teller.tellAll();
    await settle();
    expect(heard).toHaveLength(2);
  },
);

test('T36: so it is eight times, each time after twice as long, and no sooner than the tracker asked', async () => {
  const refusal: Refusal = { ok: false, code: 'rate-limited', retryAfterMs: 40_000 };
  refusals = Array.from({ length: 20 }, () => refusal);
  teller.tell(endOf(one));
  for (let i = 0; i < 20; i += 1) {
    await settle();
    passPause();
  }
  expect(heard).toHaveLength(8);
  expect(pausesMs).toEqual([40_000, 40_000, 60_000, 120_000, 240_000, 480_000, 960_000]);
  refusals = [];
  teller.forget(one);
  teller.tellAll();
  await settle();
  expect(heard).toHaveLength(9);
});

test('T36: what was told anew meanwhile is not told once more after the pause', async () => {
  refusals = [{ ok: false, code: 'unavailable' }];
  teller.tell(endOf(one));
  await settle();
  teller.tellAll();
  await settle();
  passPause();
  await settle();
  expect(heard).toHaveLength(2);
});

test('T36: an end that a tracker refuses for what it is was heard', async () => {
  refusals = [{ ok: false, code: 'share-refused' }];
  teller.tell(endOf(one));
  await settle();
  teller.forget(one);
  teller.tellAll();
  await settle();
  expect({ count: heard.length, pausesMs }).toEqual({ count: 1, pausesMs: [] });
});
