import type { RunnerSnapshot } from '../../shared/swarm/swarm-snapshot.ts';

interface SnapshotFacts {
  readonly heldBytes?: number;
  readonly peerCount?: number;
  readonly peersHoldPieces?: number;
  readonly outstandingBytes?: number;
  readonly failedProofs?: number;
  readonly failedDials?: number;
}

/** A swarm of a thousand bytes in ten pieces, as its snapshot. */
export function createSnapshot(facts: SnapshotFacts): RunnerSnapshot {
  const { heldBytes = 0, peerCount = 0, peersHoldPieces = 0, outstandingBytes = 0 } = facts;
  return {
    failedProofs: facts.failedProofs ?? 0,
    pieceCount: 10,
    heldPieces: Math.floor(heldBytes / 100),
    heldBytes,
    streamLength: 1000,
    wantedBytes: 1000,
    heldWantedBytes: heldBytes,
    isComplete: false,
    isSeeder: false,
    isSuperSeeding: false,
    downBytesPerSecond: 0,
    upBytesPerSecond: 0,
    isDownloadHeldBack: false,
    isUploadHeldBack: false,
    receivedBytes: 0,
    sentBytes: 0,
    wastedBytes: 0,
    verifyingCount: 0,
    assemblyBytes: 0,
    uncommittedBytes: 0,
    sendPendingBytes: 0,
    dialingCount: 0,
    recentDials: 0,
    knownPeers: 0,
    pendingAudits: 0,
    isConnecting: false,
    failedDials: facts.failedDials ?? 0,
    copies: undefined,
    downloadCount: 0,
    peers: Array.from({ length: peerCount }, (_, i) => ({
      peerId: `peer-${i}`,
      identity: `browser-${i}`,
      role: 'member',
      heldPieces: peersHoldPieces,
      isSeeder: false,
      isSnubbed: false,
      downBytesPerSecond: 0,
      upBytesPerSecond: 0,
      windowBytes: 0,
      outstandingBytes,
      responseMs: undefined,
      queuedRequests: 0,
      waitingAudits: 0,
      pendingAudits: 0,
      untoldPieces: 0,
      otherNames: 0,
    })),
  };
}
