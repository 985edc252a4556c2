import { expect, test } from 'vitest';
import type { CardStatus, ShareCard, Transfer } from '../app/app-state.ts';
import { NO_TRANSFER } from '../app/card-transfer.ts';
import { computeMainControl, computeRemovalLoss, isLinkOfUse } from './card-controls.ts';

const PROBLEM = { code: 'bad-index' } as const;

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

test.each<[CardStatus, string | undefined, string | undefined]>([
  [{ kind: 'looking' }, undefined, undefined],
  [{ kind: 'ready' }, 'Download', 'download'],
  [{ kind: 'waiting-for-peers' }, 'Pause', 'pause'],
  [{ kind: 'connecting' }, 'Pause', 'pause'],
  [{ kind: 'downloading' }, 'Pause', 'pause'],
  [{ kind: 'verifying', percent: 1 }, undefined, undefined],
  [{ kind: 'complete', saved: false }, 'Save', 'save'],
  [{ kind: 'complete', saved: true }, 'Save again', 'save'],
  [{ kind: 'sharing' }, undefined, undefined],
  [{ kind: 'sharing-stored', missingBytes: 1, canAllow: false }, undefined, undefined],
  [{ kind: 'waiting-for-tab' }, undefined, undefined],
  [{ kind: 'paused', problem: undefined }, 'Resume', 'resume'],
  [{ kind: 'failed', problem: PROBLEM }, undefined, undefined],
])('the main button of %j is %s', (status, label, action) => {
  const control = computeMainControl({ status });
  expect([control?.label, control?.action]).toEqual([label, action]);
});

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
  expect(isAsked('receiver', { kind: 'paused', problem: undefined }, 1)).toBe(true);
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
