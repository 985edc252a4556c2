import { expect, test } from 'vitest';
import { Bitfield } from '../wire/bitfield.ts';
import { DownloadCount } from './download-count.ts';
import { MAX_COUNTED_BROWSERS } from './limits.ts';
import { SwarmDriver } from './swarm-driver.test-helper.ts';

const ALL = [0, 1, 2, 3];

function createSharer(): SwarmDriver {
  return new SwarmDriver({ held: ALL, role: 'sharer' });
}

function countOf({ snapshot }: SwarmDriver): number {
  return snapshot.downloadCount;
}

test('E34: a member that had less than everything counts when it has every piece, and once', () => {
  const driver = createSharer();
  driver.connect('a', []);
  driver.hear('a', { type: 'have', pieces: [0, 1, 2] });
  expect(countOf(driver)).toBe(0);
  driver.hear('a', { type: 'have', pieces: [3] });
  expect(countOf(driver)).toBe(1);
  for (const piece of [2, 3]) driver.hear('a', { type: 'lost', piece });
  for (const piece of [2, 3]) driver.hear('a', { type: 'have', pieces: [piece] });
  expect(countOf(driver)).toBe(1);
  driver.connect('b', [0]);
  driver.hear('b', { type: 'have', pieces: [1, 2, 3] });
  expect(countOf(driver)).toBe(2);
});

test('E34: who is complete when first seen is no download, nor after it has lost something', () => {
  const driver = createSharer();
  driver.tell({ type: 'peer-connected', peerId: 'a', identity: 'a-identity', role: 'member' });
  expect(countOf(driver)).toBe(0);
  driver.tell({ type: 'peer-disconnected', peerId: 'a' });
  driver.connect('a', ALL);
  for (const piece of [1, 2]) driver.hear('a', { type: 'lost', piece });
  for (const piece of [1, 2]) driver.hear('a', { type: 'have', pieces: [piece] });
  expect(countOf(driver)).toBe(0);
});

test('E34: who comes back complete counts where it was seen before it was, and not again', () => {
  const driver = createSharer();
  driver.connect('a', [0], 'browser');
  driver.tell({ type: 'peer-disconnected', peerId: 'a' });
  driver.connect('b', ALL, 'browser');
  expect(countOf(driver)).toBe(1);
  driver.tell({ type: 'peer-disconnected', peerId: 'b' });
  driver.connect('c', ALL, 'browser');
  driver.connect('d', ALL, 'that browser after a reload');
  expect(countOf(driver)).toBe(1);
});

test('E34: a volunteer is no download', () => {
  const driver = createSharer();
  driver.connect('a', [], 'volunteer', 'volunteer');
  driver.hear('a', { type: 'have', pieces: ALL });
  expect(countOf(driver)).toBe(0);
});

test('E34: who has some files only does not count', () => {
  const driver = createSharer();
  driver.connect('a', []);
  driver.hear('a', { type: 'have', pieces: [0, 1] });
  driver.tell({ type: 'peer-disconnected', peerId: 'a' });
  expect(countOf(driver)).toBe(0);
});

test('E11: so many browsers are remembered and no more, and who came first is forgotten', () => {
  const downloads = new DownloadCount();
  const see = (identity: string, isFull: boolean): void => {
    const bitfield = isFull ? Bitfield.full(1) : new Bitfield(1);
    downloads.record({ role: 'member', identity, bitfield });
  };
  for (let i = 0; i <= MAX_COUNTED_BROWSERS; i++) see(`browser ${i}`, false);
  see('browser 1', true);
  expect(downloads.count).toBe(1);
  see('browser 0', true);
  expect(downloads.count).toBe(1);
});
