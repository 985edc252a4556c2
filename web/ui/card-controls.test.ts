import { expect, test } from 'vitest';
import type { CardStatus, ShareCard, Transfer } from '../app/app-state.ts';
import { NO_TRANSFER } from '../app/card-transfer.ts';
import { computeControls, computeRemovalLoss, isLinkOfUse } from './card-controls.ts';

const PROBLEM = { code: 'bad-index' } as const;
const PAUSED = { kind: 'paused', problem: undefined } as const;

function tellControls(card: Parameters<typeof computeControls>[0]): string {
  const controls = computeControls(card).map(
    ({ tone, label, action }) => `${tone} ${label}: ${action}`,
  );
  return controls.join(', ');
}

function transferHolding(heldBytes: number): Transfer {
  return { ...NO_TRANSFER, heldBytes, percent: heldBytes };
}

function isAsked(role: ShareCard['role'], status: CardStatus, heldBytes: number): boolean {
  return (
    computeRemovalLoss({
      role,
      status,
      transfer: transferHolding(heldBytes),
      copies: undefined,
    }) !== undefined
  );
}

test.each<[CardStatus, string]>([
  [{ kind: 'looking' }, ''],
  [{ kind: 'ready' }, 'call Download: download'],
  [{ kind: 'waiting-for-peers' }, 'plain Pause: pause'],
  [{ kind: 'connecting' }, 'plain Pause: pause'],
  [{ kind: 'downloading' }, 'plain Pause: pause'],
  [{ kind: 'verifying', percent: 1 }, ''],
  [{ kind: 'complete', saved: false }, 'call Save: save, quiet Pause: pause'],
  [{ kind: 'complete', saved: true }, 'plain Save again: save, quiet Pause: pause'],
  [{ kind: 'sharing' }, 'quiet Pause: pause'],
  [{ kind: 'sharing-stored', missingBytes: 1, canAllow: false }, 'quiet Pause: pause'],
  [{ kind: 'waiting-for-tab' }, ''],
  [PAUSED, 'call Resume: resume'],
  [{ ...PAUSED, complete: { saved: false } }, 'call Save: save, plain Resume: resume'],
  [{ ...PAUSED, complete: { saved: true } }, 'plain Save again: save, call Resume: resume'],
  [{ kind: 'failed', problem: PROBLEM }, ''],
])('the buttons of %j are %s', (status, buttons) => {
  expect(tellControls({ status })).toBe(buttons);
});

test.each<[CardStatus, string]>([
  [{ kind: 'complete', saved: true }, 'plain Save again: save'],
  [{ kind: 'sharing-stored', missingBytes: 1, canAllow: false }, ''],
  [PAUSED, 'call Resume: resume'],
])(
  'what was only opened here is not paused in the tab that shares it: of %j, %s',
  (status, buttons) => {
    expect(tellControls({ status, isGuest: true })).toBe(buttons);
  },
);

test('removing asks first exactly when something would be lost', () => {
  expect(isAsked('sharer', { kind: 'sharing' }, 100)).toBe(true);
  expect(isAsked('sharer', { kind: 'sharing-stored', missingBytes: 1, canAllow: false }, 0)).toBe(
    true,
  );
  expect(isAsked('sharer', { kind: 'ended' }, 100)).toBe(false);
  expect(isAsked('receiver', { kind: 'ended' }, 100)).toBe(true);
  expect(isAsked('receiver', { kind: 'ready' }, 0)).toBe(false);
  expect(isAsked('receiver', { kind: 'downloading' }, 0)).toBe(false);
  expect(isAsked('receiver', { kind: 'downloading' }, 1)).toBe(true);
  expect(isAsked('receiver', PAUSED, 1)).toBe(true);
  expect(isAsked('receiver', { ...PAUSED, complete: { saved: true } }, 100)).toBe(false);
  expect(isAsked('receiver', { ...PAUSED, complete: { saved: false } }, 100)).toBe(true);
  expect(isAsked('receiver', { kind: 'complete', saved: false }, 100)).toBe(true);
  expect(isAsked('receiver', { kind: 'complete', saved: true }, 100)).toBe(false);
  expect(isAsked('receiver', { kind: 'failed', problem: PROBLEM }, 0)).toBe(false);
});

test('the link of a share that has ended or failed is not offered', () => {
  const end = undefined;
  expect(isLinkOfUse({ status: { kind: 'sharing' }, end })).toBe(true);
  expect(isLinkOfUse({ status: { kind: 'ready' }, end })).toBe(true);
  expect(isLinkOfUse({ status: { kind: 'failed', problem: PROBLEM }, end })).toBe(false);
  expect(isLinkOfUse({ status: { kind: 'ended' }, end })).toBe(false);
});

test('removing what is safe elsewhere says that it would be gone there, too', () => {
  const copies = {
    target: 2,
    mayClose: true,
    fullCopies: 2,
    columns: Uint8Array.of(2),
    lackingBytes: 0,
    totalBytes: 1,
    secondsLeft: undefined,
    isAlone: false,
  };
  const shared = {
    role: 'sharer',
    status: { kind: 'sharing' },
    transfer: transferHolding(100),
  } as const;
  expect(computeRemovalLoss({ ...shared, copies })).toContain('just close the tab');
  const spreading = { ...copies, mayClose: false };
  expect(computeRemovalLoss({ ...shared, copies: spreading })).not.toContain('close the tab');
});
