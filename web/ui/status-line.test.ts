import { NO_TRANSFER } from '../app/card-transfer.ts';
import { describe, expect, test } from 'vitest';
import type { CardStatus, Transfer } from '../app/app-state.ts';
import { computeStatusLine } from './status-line.ts';

const PROBLEM = { code: 'bad-index' } as const;

function words(status: CardStatus, transfer: Partial<Transfer> = {}): [string, string] {
  const { state, detail } = computeStatusLine({
    status,
    transfer: { ...NO_TRANSFER, ...transfer },
  });
  return [state, detail];
}

describe('the words of each status', () => {
  test.each<[CardStatus, Partial<Transfer>, string, string]>([
    [{ kind: 'looking' }, {}, 'Connecting…', ''],
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
