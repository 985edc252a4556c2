import { expect, test } from 'vitest';
import type { CardStatus } from './app-state.ts';
import { NO_TRANSFER } from './card-transfer.ts';
import { openMirror } from './mirror-scene.test-helper.ts';

const STORED: CardStatus = { kind: 'sharing-stored', missingBytes: 5, canAllow: false };
const PAUSED: CardStatus = { kind: 'paused', problem: undefined };

/** Download was pressed on the link of a share that another tab of this browser shares, and has parts of. */
async function openOwn(status: CardStatus) {
  const scene = openMirror(true);
  scene.leader.role = 'sharer';
  scene.leader.status = status;
  scene.leader.transfer = { ...NO_TRANSFER, goalBytes: 5, heldBytes: 4, percent: 80, sentBytes: 3 };
  await scene.look();
  return scene;
}

test.each([STORED, PAUSED])(
  'D11: what another tab shares and cannot give as it is shows why: %j',
  async (status) => {
    const { leader, mirrored, look, countSaved } = await openOwn(status);
    expect(mirrored.card().status).toEqual(status);
    leader.status = { kind: 'sharing' };
    await look();
    expect([mirrored.card().status, countSaved()]).toEqual([{ kind: 'complete', saved: true }, 1]);
  },
);

test('D9, D11: nothing of it was downloaded here, and to remove it takes it off this tab alone', async () => {
  const { leader, mirrored, look } = await openOwn(STORED);
  expect(mirrored.card()).toMatchObject({
    role: 'receiver',
    isGuest: true,
    transfer: { heldBytes: 0, percent: 0 },
  });
  await mirrored.forget();
  await look();
  expect(leader.wishes).toEqual([]);
});

test('D11: sharing that was paused goes on for whoever wants it in another tab, and is not paused from there', async () => {
  const { leader, mirrored, look } = await openOwn(PAUSED);
  mirrored.resume();
  await look();
  mirrored.pause();
  await look();
  expect(leader.wishes).toEqual(['resume']);
});
