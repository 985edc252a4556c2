import { vi } from 'vitest';
import { findFileId } from '../../shared/share/file-id.ts';
import type { FoundPeer } from '../../shared/swarm/ports/tracker-client.ts';
import { SocketIoTrackerClient } from '../../web/tracker/socket-io-tracker-client.ts';

const LOOK_EVERY_MS = 50;
const MAX_WAIT_MS = 60_000;

function ignore(): void {}

export interface HoldingsWatch {
  /** Resolves when the peers other than the sharer hold every piece together, as they told the tracker. */
  othersHoldEverything: () => Promise<void>;
  stop: () => void;
}

/** Asks the tracker who holds what of a share. To be called while the sharer is the only peer. */
export async function watchHoldings(url: string, link: string): Promise<HoldingsWatch> {
  const found = findFileId(link);
  if (!found.ok) throw new Error(`not a link: ${link}`);
  const client = new SocketIoTrackerClient(url);
  const session = client.join(found.value.shareId, {
    onWelcome: ignore,
    onDown: ignore,
    onSignal: ignore,
  });
  const findPeers = async (): Promise<readonly FoundPeer[]> => {
    const answer = await session.find();
    if (answer.kind !== 'found') throw new Error(answer.kind);
    return answer.peers;
  };
  const until = { interval: LOOK_EVERY_MS, timeout: MAX_WAIT_MS };
  const sharer = await vi.waitFor(async () => {
    const [only, ...others] = await findPeers();
    if (only === undefined || others.length > 0) throw new Error('not the sharer alone');
    return only;
  }, until);
  return {
    stop: () => client.close(),
    async othersHoldEverything() {
      await vi.waitFor(async () => {
        const others = (await findPeers()).filter(({ peerId }) => peerId !== sharer.peerId);
        const together = sharer.bitfield.map((_, i) =>
          others.reduce((bits, { bitfield }) => bits | (bitfield[i] ?? 0), 0),
        );
        if (!together.every((bits, i) => bits === sharer.bitfield[i]))
          throw new Error('some pieces are with the sharer alone');
      }, until);
    },
  };
}
