import { NO_TRANSFER } from '../app/card-transfer.ts';
import { describe, expect, test } from 'vitest';
import type { ShareCard, Transfer } from '../app/app-state.ts';
import { computeFigures, computeHint, computeSummary } from './card-texts.ts';
import { CARD_TEXTS } from './words/card-texts.ts';

function card(change: Partial<ShareCard>, transfer: Partial<Transfer> = {}): ShareCard {
  return {
    key: 'card',
    role: 'receiver',
    name: 'plan.pdf',
    fileCount: 1,
    totalBytes: 12_400_000,
    fileId: '1',
    link: 'https://share.example/#1',
    status: { kind: 'ready' },
    files: undefined,
    canPreview: false,
    choice: undefined,
    hasPassword: false,
    end: undefined,
    copies: undefined,
    ...change,
    transfer: {
      ...NO_TRANSFER,
      goalBytes: 12_400_000,
      ...transfer,
    },
  };
}

const figureTexts = (shown: ShareCard): string[] => computeFigures(shown).map(({ text }) => text);

test('the hint of what is paused says that nobody gets it from here, where there is all of it', () => {
  const paused = { kind: 'paused', problem: undefined } as const;
  const hint = (change: Partial<ShareCard>): string =>
    computeHint(card({ status: paused, ...change }));
  expect(hint({})).toBe('');
  for (const change of [
    { role: 'sharer' },
    { isGuest: true },
    { status: { ...paused, complete: { saved: true } } },
  ] as const) {
    expect(hint(change)).toBe(CARD_TEXTS.hintPaused);
  }
});

describe('the summary', () => {
  test('names the kind apart from the name, the size and who has it', () => {
    const one = card({}, { holderCount: 1, seederCount: 1 });
    expect(computeSummary(one)).toEqual(['PDF file', '12.4 MB', '1 peer has it']);
  });

  test('tells parts from the whole', () => {
    expect(computeSummary(card({}, { holderCount: 2 })).at(-1)).toBe('2 peers have parts of it');
    expect(computeSummary(card({})).at(-1)).toBe('nobody has it right now');
  });

  test('D14: says nothing of peers while the tab that knows them is silent', () => {
    expect(computeSummary(card({ status: { kind: 'waiting-for-tab' } })).at(-1)).toBe('12.4 MB');
  });

  test('counts the files of several', () => {
    expect(computeSummary(card({ fileCount: 12 }))[0]).toBe('12 files');
  });

  test('is empty before anything is known', () => {
    const unknown = card({ fileCount: 0, totalBytes: 0, status: { kind: 'looking' } });
    expect(computeSummary(unknown)).toEqual([]);
  });
});

describe('the figures', () => {
  test('of a download: amount, both speeds, peers', () => {
    const moving = card(
      { status: { kind: 'downloading' } },
      {
        heldBytes: 6_200_000,
        downBytesPerSecond: 2e6,
        upBytesPerSecond: 5e5,
        connectedPeers: 3,
      },
    );
    expect(figureTexts(moving)).toEqual([
      '6.2 MB of 12.4 MB',
      '2.0 MB/s',
      '500 kB/s',
      '3 peers connected',
    ]);
  });

  test('of a sharer: what was sent', () => {
    const sharer = card({ role: 'sharer', status: { kind: 'sharing' } }, { sentBytes: 3e6 });
    expect(figureTexts(sharer)).toEqual(['3.0 MB sent']);
  });

  test('of a receiver: the volunteers that it comes from, before, while and after', () => {
    for (const kind of ['ready', 'downloading', 'waiting-for-peers'] as const) {
      const shown = card({ status: { kind } }, { volunteerCount: 3 });
      expect(figureTexts(shown).at(-1)).toBe('from 3 volunteers');
    }
    const done = card({ status: { kind: 'complete', saved: true } }, { volunteerCount: 1 });
    expect(figureTexts(done)).toEqual(['from 1 volunteer']);
    const sharer = card({ role: 'sharer', status: { kind: 'sharing' } }, { volunteerCount: 3 });
    expect(figureTexts(sharer)).toEqual([]);
  });

  test('are none while nothing moves', () => {
    expect(figureTexts(card({}))).toEqual([]);
  });
});

describe('the hint', () => {
  test('warns a receiver of what can run programs, also inside a folder', () => {
    expect(computeHint(card({ name: 'setup.EXE' }, { holderCount: 1 }))).toBe(
      CARD_TEXTS.hintRunnable,
    );
    for (const status of [
      { kind: 'downloading' },
      { kind: 'verifying', percent: 100 },
      { kind: 'complete', saved: true },
    ] as const)
      expect(computeHint(card({ name: 'setup.EXE', status }))).toBe(CARD_TEXTS.hintRunnable);
    const folder = card({ name: 'Tools', fileCount: 2, files: [{ path: 'a/run.ps1', size: 1 }] });
    expect(computeHint(folder)).toBe(CARD_TEXTS.hintRunnable);
    expect(computeHint(card({}, { holderCount: 1 }))).toBe(CARD_TEXTS.hintReady);
  });

  test('A7: says calmly that somebody may be in between, beside a warning of what can run', () => {
    for (const kind of ['waiting-for-peers', 'connecting', 'downloading', 'sharing'] as const) {
      const shown = card({ status: { kind } }, { isDisturbed: true });
      expect(computeHint(shown)).toBe(CARD_TEXTS.hintDisturbed);
    }
    const setup = card(
      { name: 'setup.exe', status: { kind: 'connecting' } },
      { isDisturbed: true },
    );
    expect(computeHint(setup)).toBe(`${CARD_TEXTS.hintRunnable} ${CARD_TEXTS.hintDisturbed}`);
  });

  test('case U6: says before a download what would end it half-way, rather than anything else', () => {
    const shortage = { code: 'little-room' } as const;
    const shown = card({ name: 'setup.exe', status: { kind: 'ready', shortage } });
    expect(computeHint(shown)).toMatch(/^This browser has less room .*\. Free some/);
  });

  test('says that the network is in the way only where others are there and none can be reached', () => {
    for (const kind of ['waiting-for-peers', 'connecting'] as const) {
      const transfer = { isUnreachable: true, holderCount: 1 };
      expect(computeHint(card({ status: { kind } }, transfer))).toBe(CARD_TEXTS.hintUnreachable);
      expect(computeHint(card({ status: { kind } }, { holderCount: 1 }))).not.toBe(
        CARD_TEXTS.hintUnreachable,
      );
    }
    const relayed = card({ status: { kind: 'connecting' } }, { isUnreachable: true });
    expect(computeHint(relayed, true)).toBe(CARD_TEXTS.hintUnreachableRelayed);
    const alone = card({ status: { kind: 'waiting-for-peers' } }, { isUnreachable: true });
    expect(computeHint(alone)).toBe(CARD_TEXTS.hintWaiting);
  });

  test('where nobody is there says to press Download until it is pressed, and then only to wait', () => {
    expect(computeHint(card({ status: { kind: 'ready' } }))).toBe(CARD_TEXTS.hintReadyWaiting);
    const waiting = card({ status: { kind: 'waiting-for-peers' } });
    expect(computeHint(waiting)).toBe(CARD_TEXTS.hintWaiting);
  });

  test('says that others lack the rest only where nobody is known to have it', () => {
    const status = { kind: 'waiting-for-peers' } as const;
    const parts = card({ status }, { holderCount: 2 });
    expect(computeHint(parts)).toBe(CARD_TEXTS.hintIncomplete);
    const whole = card({ status }, { holderCount: 2, seederCount: 1 });
    expect(computeHint(whole)).toBe(CARD_TEXTS.hintUnanswered);
  });

  test('D14: says what to do about a tab that stands still', () => {
    expect(computeHint(card({ status: { kind: 'waiting-for-tab' } }))).toContain('or close it');
  });

  test('gives the advice of a failure, whose sentence is in the status', () => {
    const problem = { code: 'bad-index' } as const;
    expect(computeHint(card({ status: { kind: 'failed', problem } }))).toBe(
      'Ask the sharer to share the files again.',
    );
    expect(computeHint(card({ status: { kind: 'paused', problem } }))).toBe(
      'The file list of this share is broken. Ask the sharer to share the files again.',
    );
  });
});
