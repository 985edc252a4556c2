import { beforeEach, expect, test } from 'vitest';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { EndMessage } from '../../shared/tracker/end.ts';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { EndTeller } from './end-teller.ts';

const [one, other] = [
  (await createSampleShare({ streamLength: 100 })).shareId,
  (await createSampleShare({ streamLength: 100 })).shareId,
];
let heard: EndMessage[];
let isUp: boolean;
let teller: EndTeller;

beforeEach(() => {
  heard = [];
  isUp = true;
  teller = new EndTeller(async (message) => {
    if (!isUp) return undefined;
    heard.push(message);
    return { ok: true };
  });
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
