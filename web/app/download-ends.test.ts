import { expect, test } from 'vitest';
import type { ShareCard } from './app-state.ts';
import { createCard } from './card.test-helper.ts';
import { seeDownloads } from './download-ends.ts';
import { PROBLEMS } from './problems.ts';

/** What is told after each of these states, one behind the other. */
function tellOf(...states: readonly (readonly ShareCard[])[]): readonly string[] {
  let underWay: ReadonlySet<string> = new Set();
  return states.map((cards) => {
    const seen = seeDownloads(underWay, cards);
    underWay = seen.underWay;
    return seen.ends.join(' ');
  });
}

const WAITING = [createCard('waiting-for-peers')];
const MOVING = [createCard('downloading')];
const SAVING = [createCard('verifying')];
const COMPLETE = [createCard('complete')];

test('a download that was seen under way and is complete is told of once', () => {
  expect(tellOf(WAITING, MOVING, SAVING, COMPLETE, COMPLETE)).toEqual(['', '', '', 'complete', '']);
});

test('what is complete when the page opens, or is saved again, is no news', () => {
  expect(tellOf([createCard('connecting')], COMPLETE, SAVING, COMPLETE)).toEqual(['', '', '', '']);
});

test('what fails, or is paused by a problem, is told of; what a person pauses or removes is not', () => {
  expect(tellOf(MOVING, [createCard('failed')])).toEqual(['', 'failed']);
  const problem = { status: { kind: 'paused', problem: PROBLEMS.quotaExceeded } } as const;
  expect(tellOf(MOVING, [createCard('paused', {}, problem)])).toEqual(['', 'failed']);
  expect(tellOf(MOVING, [createCard('paused')], COMPLETE)).toEqual(['', '', '']);
  expect(tellOf(MOVING, [])).toEqual(['', '']);
});

test('a share of one’s own, and what another tab takes care of, are not told of here', () => {
  const elsewhere = { isElsewhere: true } as const;
  expect(
    tellOf([createCard('downloading', {}, elsewhere)], [createCard('complete', {}, elsewhere)]),
  ).toEqual(['', '']);
  expect(tellOf([createCard('sharing')], [createCard('sharing')])).toEqual(['', '']);
});

type Kind = ShareCard['status']['kind'];

function both(a: Kind, b: Kind): readonly ShareCard[] {
  return [createCard(a, {}, { key: 'a' }), createCard(b, {}, { key: 'b' })];
}

test('several downloads are told of each by itself', () => {
  expect(
    tellOf(
      both('downloading', 'downloading'),
      both('complete', 'downloading'),
      both('complete', 'failed'),
    ),
  ).toEqual(['', 'complete', 'failed']);
});
