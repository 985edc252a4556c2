import { expect, test } from 'vitest';
import type { CardStatus, ShareCard } from '../app/app-state.ts';
import { NO_TRANSFER } from '../app/card-transfer.ts';
import { computePageTitle } from './page-title.ts';

function card(name: string, status: CardStatus, percent: number): ShareCard {
  return {
    key: name,
    role: 'receiver',
    name,
    fileCount: 1,
    totalBytes: 100,
    fileId: '1',
    link: 'https://share.example/#1',
    status,
    files: undefined,
    canPreview: false,
    choice: undefined,
    hasPassword: false,
    end: undefined,
    copies: undefined,
    transfer: { ...NO_TRANSFER, heldBytes: percent, percent },
  };
}

test('the title names the product when there is nothing to show', () => {
  expect(computePageTitle({ cards: [] })).toBe('Peerify');
});

test('a running download shows its percent first, also when it is not the newest card', () => {
  const cards = [
    card('new.txt', { kind: 'sharing' }, 100),
    card('a.iso', { kind: 'downloading' }, 42),
  ];
  expect(computePageTitle({ cards })).toBe('42% · a.iso – Peerify');
});

test('otherwise the newest card is named', () => {
  const cards = [card('new.txt', { kind: 'sharing' }, 100), card('a.iso', { kind: 'looking' }, 0)];
  expect(computePageTitle({ cards })).toBe('new.txt – Peerify');
});
