import { expect, test } from 'vitest';
import type { CardCopies, CardStatus } from './app-state.ts';
import { needsTab } from './needs-tab.ts';

const SPREADING: CardCopies = {
  target: 2,
  mayClose: false,
  fullCopies: 1,
  columns: Uint8Array.of(1, 2, 2, 1),
  lackingBytes: 12,
  totalBytes: 40,
  secondsLeft: 17,
  isAlone: false,
};
const ENOUGH: CardCopies = { ...SPREADING, mayClose: true, fullCopies: 2, lackingBytes: 0 };

test.each<[boolean, CardStatus, CardCopies | undefined]>([
  [true, { kind: 'sharing' }, undefined],
  [true, { kind: 'sharing' }, SPREADING],
  [false, { kind: 'sharing' }, ENOUGH],
  [true, { kind: 'sharing-stored', missingBytes: 1, canAllow: false }, SPREADING],
  [true, { kind: 'downloading' }, undefined],
  [true, { kind: 'verifying', percent: 1 }, undefined],
  [false, { kind: 'complete', saved: true }, undefined],
  [false, { kind: 'ready' }, undefined],
  [false, { kind: 'paused', problem: undefined }, undefined],
])('needs the tab: %j %j', (isNeeded, status, copies) => {
  expect(needsTab({ status, copies })).toBe(isNeeded);
});

test('what another tab takes care of needs only that one', () => {
  const status = { kind: 'downloading' } as const;
  expect(needsTab({ status, copies: undefined, isElsewhere: true })).toBe(false);
});
