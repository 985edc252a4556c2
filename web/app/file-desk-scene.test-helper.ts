import type { PieceRange } from '../../shared/share/piece-ranges.ts';
import type { SwarmOrder } from '../../shared/swarm/swarm-events.ts';
import type { LiveRole } from './live-share-parts.ts';
import type { SaveJob, Saver } from './ports/saver.ts';
import { listPieces } from '../../shared/share/piece-ranges.ts';
import { settleCrypto } from '../../shared/swarm/pending-crypto.test-helper.ts';
import { FileDesk } from './file-desk.ts';
import { ReadableScene } from './readable-scene.test-helper.ts';
import { computeWantedPart } from './wanted-part.ts';

const KIB = 1024;
const FILES = ['one', 'two', 'three'].map((name) => [name, new Uint8Array(100 * KIB)] as const);
export const ENTRIES = FILES.map(([path, { byteLength: size }]) => ({ path, size, modifiedMs: 0 }));

export const scene = await ReadableScene.open(FILES);
scene.holdAll();

interface Save {
  readonly paths: readonly string[];
  readonly isPicked: boolean;
  readonly end: () => void;
}

/** Everything is here until it is lost. Saves end when they are told to. */
export function openDesk(role: LiveRole) {
  const saves: Save[] = [];
  const remembered: unknown[] = [];
  const notices: string[] = [];
  const createSaver = (isPicked: boolean): Saver => ({
    canSave: async () => true,
    save: ({ files }: SaveJob) =>
      new Promise<void>((resolve) => {
        saves.push({ paths: files.map(({ path }) => path), isPicked, end: resolve });
      }),
  });
  const pieces = { count: scene.pieces.length, wanted: [] as readonly PieceRange[] };
  const runner = {
    get heldChanges() {
      return pieces.count;
    },
    has: (piece: number) => piece < pieces.count,
    recheck: async () => {},
    isComplete: true,
    snapshot: () => ({
      isComplete: runner.isComplete && [...listPieces(pieces.wanted)].every(runner.has),
    }),
    instruct: (order: SwarmOrder): void => {
      if (order.type === 'want-only') pieces.wanted = order.ranges;
    },
  };
  const desk = new FileDesk({
    share: scene.share,
    role,
    source: scene.readable.source,
    saver: createSaver(false),
    runner: () => runner,
    events: {
      onChange: () => {},
      onNotice: ({ code }) => void notices.push(code),
      onSaved: (...facts) => void remembered.push(['saved', ...facts]),
      onWanted: (part, ...facts) => void remembered.push([part?.files ?? 'all', ...facts]),
      onFull: () => {},
      onEnd: () => {},
    },
    onBrokenList: () => {},
  });
  pieces.wanted = desk.wantedRanges;
  /** Has the store lose all but the first piece, and fetches what is wanted again. */
  const lose = (): void => void (pieces.count = 1);
  const fetchAgain = async (): Promise<void> => {
    pieces.count = Math.max(1, ...listPieces(pieces.wanted)) + 1;
    desk.recordComplete();
    await settleCrypto();
  };
  const place = createSaver(true);
  return { desk, runner, pieces, saves, remembered, notices, place, lose, fetchAgain };
}

export function wanting(
  files: readonly number[],
  isSaved = false,
  savedFiles: readonly number[] = [],
): LiveRole {
  const wanted = computeWantedPart(scene.share.header, ENTRIES, files);
  return { kind: 'receiver', isSaved, savedFiles, wanted };
}

export async function settle(saving: Promise<void>): Promise<void> {
  await settleCrypto();
  await saving;
}
