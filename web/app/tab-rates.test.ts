import { expect, test } from 'vitest';
import type { LimitOrder } from '../../shared/swarm/swarm-events.ts';
import type { RateMember } from './rate-shares.ts';
import type { RateSettings } from './ports/rate-settings.ts';
import { RateLimit } from '../../shared/swarm/rate-limit.ts';
import { FakeProfile } from './fake-profile.test-helper.ts';
import { KeeperRates } from './keeper-rates.ts';
import { TabRates } from './tab-rates.ts';

const BLOCK_BYTES = 100;

class FakeMember implements RateMember {
  isSending = false;
  isReceiving = false;
  upload: number | undefined;
  download: number | undefined;
  sentBytes = 0;

  #sending: RateLimit | undefined;

  limitUpload({ bytesPerSecond, whole }: LimitOrder): void {
    this.upload = bytesPerSecond;
    this.#sending =
      bytesPerSecond === undefined ? undefined : new RateLimit(bytesPerSecond, 0, whole);
  }

  limitDownload({ bytesPerSecond }: LimitOrder): void {
    this.download = bytesPerSecond;
  }

  /** Sends a block wherever it may. */
  send(nowMs: number): void {
    if (this.#sending?.mayTake(BLOCK_BYTES, nowMs) === false) return;
    this.#sending?.take(BLOCK_BYTES);
    this.sentBytes += BLOCK_BYTES;
  }
}

function openRates(profile: FakeProfile, members: readonly RateMember[], stored?: RateSettings) {
  const written: RateSettings[] = [];
  const rates = new TabRates({
    memory: { read: async () => stored, write: async (settings) => void written.push(settings) },
    openChannel: (name, hear) => profile.openChannel(name, hear),
    members: () => members,
    clock: { nowMs: () => 0 },
    onChange: () => {},
  });
  return { rates, written };
}

test('shares that move have equal parts of what the tab may do, one that begins has its part at once', () => {
  const members = [new FakeMember(), new FakeMember(), new FakeMember()] as const;
  const { rates } = openRates(new FakeProfile(), members);
  rates.change({ sendBytesPerSecond: 900, receiveBytesPerSecond: 600 });
  expect(members.map(({ upload }) => upload)).toEqual([900, 900, 900]);
  members[0].isSending = true;
  members[1].isSending = true;
  members[2].isReceiving = true;
  rates.refresh();
  expect(members.map(({ upload }) => upload)).toEqual([450, 450, 300]);
  expect(members.map(({ download }) => download)).toEqual([300, 300, 600]);
  rates.change({ sendBytesPerSecond: undefined, receiveBytesPerSecond: 600 });
  expect(members.map(({ upload }) => upload)).toEqual([undefined, undefined, undefined]);
});

test('E25: shares that begin together keep within what the tab may do, before anybody has looked again', () => {
  const members = [new FakeMember(), new FakeMember(), new FakeMember()];
  const { rates } = openRates(new FakeProfile(), members);
  rates.change({ sendBytesPerSecond: 10_000, receiveBytesPerSecond: undefined });
  for (let nowMs = 0; nowMs < 500; nowMs += 5) for (const member of members) member.send(nowMs);
  const sentBytes = members.reduce((sum, member) => sum + member.sentBytes, 0);
  expect(sentBytes).toBeGreaterThan(0.9 * 5_000);
  // And what may pass at once after a pause.
  expect(sentBytes).toBeLessThanOrEqual(5_000 + 1_000);
});

test('what was set holds after a reload, and in the other tabs of the browser', async () => {
  const profile = new FakeProfile();
  const here = new FakeMember();
  const there = new FakeMember();
  const { rates, written } = openRates(profile, [here]);
  const other = openRates(profile, [there], { sendBytesPerSecond: 7, receiveBytesPerSecond: 8 });
  await other.rates.start();
  expect([there.upload, there.download]).toEqual([7, 8]);
  rates.change({ sendBytesPerSecond: 1, receiveBytesPerSecond: undefined });
  await profile.pass(0);
  expect(written).toEqual([{ sendBytesPerSecond: 1, receiveBytesPerSecond: undefined }]);
  expect([there.upload, there.download]).toEqual([1, undefined]);
  expect(other.rates.settings).toEqual(rates.settings);
});

test('what is kept for others stays within its own limit and within what the tab leaves', () => {
  const member = new FakeMember();
  const rates = new KeeperRates(() => [member]);
  rates.setOwn(500);
  expect(member.upload).toBe(500);
  rates.limitUpload({ bytesPerSecond: 200 });
  expect(member.upload).toBe(200);
  rates.setOwn(undefined);
  expect(member.upload).toBe(200);
  rates.limitUpload({ bytesPerSecond: undefined });
  rates.limitDownload({ bytesPerSecond: 50 });
  expect([member.upload, member.download]).toEqual([undefined, 50]);
});
