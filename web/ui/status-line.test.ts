import { NO_TRANSFER } from '../app/card-transfer.ts';
import { describe, expect, test } from 'vitest';
import type { CardStatus, Transfer } from '../app/app-state.ts';
import { computeStatusLine } from './status-line.ts';

const PROBLEM = { code: 'bad-index' } as const;

function words(status: CardStatus, transfer: Partial<Transfer> = {}): [string, string] {
  const { state, detail } = computeStatusLine({
    role: 'receiver',
    status,
    transfer: { ...NO_TRANSFER, ...transfer },
  });
  return [state, detail];
}

/** Assistive tools and scripts go by them, and find no others at the beginning. */
const FIRST_WORDS =
  /^(?:Waiting for peers|Connecting|Downloading|Verifying|Complete|Sharing|Paused|Failed)\b/;

const EVERY_STATUS: { readonly [Kind in CardStatus['kind']]: CardStatus & { kind: Kind } } = {
  looking: { kind: 'looking' },
  locked: { kind: 'locked', answer: 'none' },
  ready: { kind: 'ready' },
  choosing: { kind: 'choosing' },
  'waiting-for-peers': { kind: 'waiting-for-peers' },
  connecting: { kind: 'connecting' },
  downloading: { kind: 'downloading' },
  verifying: { kind: 'verifying', percent: 1 },
  complete: { kind: 'complete', saved: false },
  sharing: { kind: 'sharing' },
  'sharing-stored': { kind: 'sharing-stored', missingBytes: 1, canAllow: false },
  'waiting-for-tab': { kind: 'waiting-for-tab' },
  ended: { kind: 'ended' },
  paused: { kind: 'paused', problem: undefined },
  failed: { kind: 'failed', problem: PROBLEM },
};

describe.each(Object.values(EVERY_STATUS))('$kind', (status) => {
  test.each(['sharer', 'receiver'] as const)(
    'begins with one of the eight words on the card of a %s',
    (role) => {
      expect(computeStatusLine({ role, status, transfer: NO_TRANSFER }).state).toMatch(FIRST_WORDS);
    },
  );
});

describe('the words of each status', () => {
  test.each<[CardStatus, Partial<Transfer>, string, string]>([
    [{ kind: 'looking' }, {}, 'Connecting…', ''],
    [{ kind: 'locked', answer: 'none' }, {}, 'Paused · a password is needed', ''],
    [{ kind: 'choosing' }, {}, 'Paused · choose what to download', ''],
    [{ kind: 'ended' }, {}, 'Failed · ended by the sharer', ''],
    [{ kind: 'ready' }, { holderCount: 1 }, 'Paused · press Download to start', ''],
    [{ kind: 'ready' }, {}, 'Waiting for peers', ''],
    [{ kind: 'waiting-for-peers' }, { holderCount: 1 }, 'Waiting for peers', ''],
    [{ kind: 'connecting' }, {}, 'Connecting…', ''],
    [{ kind: 'downloading' }, { percent: 42 }, 'Downloading', '42%'],
    [{ kind: 'verifying', percent: 7 }, { percent: 100 }, 'Verifying…', '7%'],
    [{ kind: 'complete', saved: true }, {}, 'Complete', ''],
    [
      { kind: 'complete', saved: false },
      { connectedPeers: 2 },
      'Complete',
      '· sharing with 2 peers',
    ],
    [{ kind: 'sharing' }, {}, 'Sharing', ''],
    [{ kind: 'sharing' }, { connectedPeers: 1 }, 'Sharing', 'with 1 peer'],
    [
      { kind: 'sharing-stored', missingBytes: 1, canAllow: false },
      {},
      'Sharing · what is stored here',
      '',
    ],
    [{ kind: 'waiting-for-tab' }, {}, 'Paused · another tab does not answer', ''],
    [{ kind: 'paused', problem: undefined }, {}, 'Paused', ''],
    [
      { kind: 'failed', problem: PROBLEM },
      {},
      'Failed: The file list of this share is broken.',
      '',
    ],
  ])('%j %j', (status, transfer, state, detail) => {
    expect(words(status, transfer)).toEqual([state, detail]);
  });
});

test('the announced words stay the same while a transfer moves', () => {
  const kinds: CardStatus[] = [
    { kind: 'downloading' },
    { kind: 'complete', saved: true },
    { kind: 'sharing' },
  ];
  for (const status of kinds) {
    const [before] = words(status, { percent: 1, connectedPeers: 0 });
    const [after] = words(status, { percent: 99, connectedPeers: 5, downBytesPerSecond: 1e6 });
    expect(after).toBe(before);
  }
});
