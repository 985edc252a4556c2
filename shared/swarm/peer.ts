import type { Geometry } from '../share/geometry.ts';
import type { PeerRole } from '../wire/messages.ts';
import type { PieceDownload } from './piece-download.ts';
import type { PeerId } from './ports/tracker-client.ts';
import { Bitfield } from '../wire/bitfield.ts';
import { computeBlockLayout } from '../wire/blocks.ts';
import { ByteBudget } from './byte-budget.ts';
import { LateBlocks } from './late-blocks.ts';
import {
  MAX_PREPARED_BYTES,
  MAX_SHOWN_BURST_BYTES,
  PREPARED_BYTES_PER_SECOND,
  SHOWN_BYTES_PER_SECOND,
} from './limits.ts';
import { RateMeter } from './rate-meter.ts';
import { RequestWindow } from './request-window.ts';
import { UploadQueue } from './upload-queue.ts';
import { StrandTrial } from './strand-trial.ts';
import { UploadTurn } from './upload-turn.ts';

/** One connected, authenticated peer, as the engine sees it. */
export interface Peer {
  readonly peerId: PeerId;
  /** Names the browser behind the peer ID: its certificate's fingerprint. */
  readonly identity: string;
  readonly role: PeerRole;
  /** When it said something last, and not when we did: a connection that is dead takes what we say for a while. */
  spokeAtMs: number;
  /** Other names under which it was found while connected, the last ones. */
  readonly otherNames: PeerId[];
  /** What it claims to hold. */
  readonly bitfield: Bitfield;
  /** Candidates of the picker that it holds. */
  wantedCount: number;
  bitfieldMessages: number;
  /** Pieces that we hold and have not told it of yet. */
  readonly untold: number[];
  /** Whether it may hold what it does not claim (E9): the tracker says that it has everything; it has refused once. */
  holdsBack: 'unknown' | 'maybe' | 'no';
  /** Whether the picker counts it as a seeder, or piece by piece. */
  isCountedAsSeeder: boolean;

  /** Pieces being fetched from it, oldest first. */
  readonly downloads: PieceDownload[];
  readonly window: RequestWindow;
  outstandingBytes: number;
  /** When it last sent a block, or was asked for one after being idle. */
  lastBlockAtMs: number;
  /** Silent for too long: others may take over what it was asked for. */
  isSnubbed: boolean;
  /** Of blocks that were waited for. */
  readonly downMeter: RateMeter;
  readonly lateBlocks: LateBlocks;

  /** Connections to it that carry blocks. */
  strands: number;
  readonly strandTrial: StrandTrial;

  /** Its audits: those not answered yet, and what may be read for them. */
  readonly shows: { waitingCount: number; readonly budget: ByteBudget };

  readonly uploads: UploadQueue;
  readonly turn: UploadTurn;
  readonly upMeter: RateMeter;
  /** What may be read for it ahead of being sent. */
  readonly prepared: ByteBudget;
}

export function createPeer(
  peerId: PeerId,
  identity: string,
  role: PeerRole,
  geometry: Geometry,
  nowMs: number,
): Peer {
  return {
    peerId,
    identity,
    role,
    spokeAtMs: nowMs,
    otherNames: [],
    bitfield: new Bitfield(geometry.pieceCount),
    wantedCount: 0,
    bitfieldMessages: 0,
    untold: [],
    holdsBack: 'unknown',
    isCountedAsSeeder: false,
    downloads: [],
    window: new RequestWindow(computeBlockLayout(geometry, 0).blockLength),
    outstandingBytes: 0,
    lastBlockAtMs: nowMs,
    isSnubbed: false,
    downMeter: new RateMeter(),
    lateBlocks: new LateBlocks(),
    strands: 1,
    strandTrial: new StrandTrial(),
    shows: {
      waitingCount: 0,
      budget: new ByteBudget(SHOWN_BYTES_PER_SECOND, MAX_SHOWN_BURST_BYTES),
    },
    uploads: new UploadQueue(),
    turn: new UploadTurn(),
    upMeter: new RateMeter(),
    prepared: new ByteBudget(PREPARED_BYTES_PER_SECOND, MAX_PREPARED_BYTES),
  };
}
