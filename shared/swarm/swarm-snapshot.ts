import type { PeerRole } from '../wire/messages.ts';
import type { Copies } from './copy-counts.ts';
import type { PeerId } from './ports/tracker-client.ts';
import type { RateMeter } from './rate-meter.ts';
import type { SwarmContext } from './swarm-context.ts';
import type { SwarmParts } from './swarm-parts.ts';
import { isComplete } from './swarm-context.ts';
import { computePieceLength } from '../share/geometry.ts';

/** What a page or a bench may read of a running swarm. */
export interface SwarmSnapshot {
  readonly pieceCount: number;
  readonly heldPieces: number;
  /** Plaintext bytes of the stream that are held, verified. */
  readonly heldBytes: number;
  readonly streamLength: number;
  /** The same of what is wanted; pieces may be wanted for a part of them alone. */
  readonly wantedBytes: number;
  readonly heldWantedBytes: number;
  /** Every wanted piece is held. */
  readonly isComplete: boolean;
  /** Every piece is held. */
  readonly isSeeder: boolean;
  readonly isSuperSeeding: boolean;
  readonly downBytesPerSecond: number;
  readonly upBytesPerSecond: number;
  /** More would be asked for, or would leave, but for a limit. */
  readonly isDownloadHeldBack: boolean;
  readonly isUploadHeldBack: boolean;
  /** Blocks' bytes since the engine began. */
  readonly receivedBytes: number;
  readonly sentBytes: number;
  readonly wastedBytes: number;
  readonly verifyingCount: number;
  readonly assemblyBytes: number;
  readonly uncommittedBytes: number;
  /** Handed to all channels and not passed on, as it counts for the budget (E11). */
  readonly sendPendingBytes: number;
  readonly dialingCount: number;
  /** Begun within the last minute, or forgotten no sooner than another is begun. */
  readonly recentDials: number;
  /** Named by the tracker, and remembered. */
  readonly knownPeers: number;
  /** Audits of others that were begun and not answered. */
  readonly pendingAudits: number;
  /** The tracker is still to say whether there is anybody, or somebody is being dialled. */
  readonly isConnecting: boolean;
  /** In a row, with no connection since. */
  readonly failedDials: number;
  /** Where copies are asked for: those that the sharer has seen. */
  readonly copies: Copies | undefined;
  /** Browsers of members that were seen with less than everything, and then with every piece. */
  readonly downloadCount: number;
  readonly peers: readonly PeerSnapshot[];
}

/** With what a runner sees and its engine does not. */
export interface RunnerSnapshot extends SwarmSnapshot {
  /** Attempts in a row of others to connect that did not show that they have the link (A7). */
  readonly failedProofs: number;
}

export interface PeerSnapshot {
  readonly peerId: PeerId;
  /** The browser behind the peer ID, which gets another one whenever it comes back. */
  readonly identity: string;
  readonly role: PeerRole;
  readonly heldPieces: number;
  readonly isSeeder: boolean;
  readonly isSnubbed: boolean;
  readonly downBytesPerSecond: number;
  readonly upBytesPerSecond: number;
  readonly windowBytes: number;
  readonly outstandingBytes: number;
  readonly responseMs: number | undefined;
  /** Its requests that wait here. */
  readonly queuedRequests: number;
  /** Its audits that wait here, and ours of it. */
  readonly waitingAudits: number;
  readonly pendingAudits: number;
  /** Pieces that it is still to be told of. */
  readonly untoldPieces: number;
  /** Under which it was found besides. */
  readonly otherNames: number;
}

interface SnapshotParts extends SwarmParts {
  readonly downMeter: RateMeter;
  readonly upMeter: RateMeter;
  readonly nowMs: number;
}

export function computeSnapshot(parts: SnapshotParts): SwarmSnapshot {
  const { context, downloader, uploader, downMeter, upMeter, nowMs } = parts;
  const { geometry, held, peers } = context;
  return {
    isSuperSeeding: parts.superSeeder.isActive,
    downBytesPerSecond: downMeter.computeBytesPerSecond(nowMs),
    upBytesPerSecond: upMeter.computeBytesPerSecond(nowMs),
    isDownloadHeldBack: downloader.isHeldBack,
    isUploadHeldBack: uploader.isHeldBack,
    receivedBytes: downMeter.totalBytes,
    sentBytes: upMeter.totalBytes,
    wastedBytes: downloader.wastedBytes,
    verifyingCount: downloader.verifyingCount,
    assemblyBytes: downloader.assemblyBytes,
    uncommittedBytes: downloader.uncommittedBytes,
    sendPendingBytes: uploader.countedBytes,
    dialingCount: parts.dialer.dialingCount,
    recentDials: parts.dialer.recentDials,
    knownPeers: parts.dialer.knownPeers,
    pendingAudits: parts.auditor.pendingCount,
    isConnecting: parts.dialer.isConnecting,
    failedDials: parts.dialer.failedDials,
    pieceCount: geometry.pieceCount,
    heldPieces: held.count,
    heldBytes: computeBytes(context, held.count, held.has(geometry.pieceCount - 1)),
    streamLength: geometry.streamLength,
    isComplete: isComplete(context),
    isSeeder: held.isFull,
    ...computeWanted(context),
    copies: parts.auditor.copies,
    downloadCount: parts.peerBook.downloadCount,
    peers: [...peers.values()].map((peer) => ({
      peerId: peer.peerId,
      identity: peer.identity,
      role: peer.role,
      heldPieces: peer.bitfield.count,
      isSeeder: peer.bitfield.isFull,
      isSnubbed: peer.isSnubbed,
      downBytesPerSecond: peer.downMeter.computeBytesPerSecond(nowMs),
      upBytesPerSecond: peer.upMeter.computeBytesPerSecond(nowMs),
      windowBytes: peer.window.bytes,
      outstandingBytes: peer.outstandingBytes,
      responseMs: peer.window.responseMs,
      queuedRequests: peer.uploads.length,
      waitingAudits: peer.shows.waitingCount,
      pendingAudits: parts.auditor.pendingOf(peer),
      untoldPieces: peer.untold.length,
      otherNames: peer.otherNames.length,
    })),
  };
}

function computeWanted(
  context: SwarmContext,
): Pick<SwarmSnapshot, 'wantedBytes' | 'heldWantedBytes'> {
  const { geometry, held, wanted } = context;
  const last = geometry.pieceCount - 1;
  const heldCount = wanted.count - held.countMissingFrom(wanted);
  const isLastWanted = wanted.has(last);
  return {
    wantedBytes: computeBytes(context, wanted.count, isLastWanted),
    heldWantedBytes: computeBytes(context, heldCount, isLastWanted && held.has(last)),
  };
}

/** All pieces are of one size but the last. */
function computeBytes({ geometry }: SwarmContext, count: number, hasLast: boolean): number {
  const last = geometry.pieceCount - 1;
  const shortfall = hasLast ? geometry.pieceSize - computePieceLength(geometry, last) : 0;
  return count * geometry.pieceSize - shortfall;
}
