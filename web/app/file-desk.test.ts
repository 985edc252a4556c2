import { describe, expect, test } from 'vitest';
import type { PieceRange } from '../../shared/share/piece-ranges.ts';
import type { SwarmOrder } from '../../shared/swarm/swarm-events.ts';
import type { LiveRole } from './live-share-parts.ts';
import type { SaveJob, Saver } from './ports/saver.ts';
import { listPieces } from '../../shared/share/piece-ranges.ts';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { settleCrypto } from '../../shared/swarm/pending-crypto.test-helper.ts';
import { FileDesk } from './file-desk.ts';
import { ReadableScene } from './readable-scene.test-helper.ts';
import { computeWantedPart } from './wanted-part.ts';

const KIB = 1024;
const FILES = ['one', 'two', 'three'].map((name) => [name, new Uint8Array(100 * KIB)] as const);
const ENTRIES = FILES.map(([path, { byteLength: size }]) => ({ path, size, modifiedMs: 0 }));

const scene = await ReadableScene.open(FILES);
scene.holdAll();

interface Save {
  readonly paths: readonly string[];
  readonly isPicked: boolean;
  readonly end: () => void;
}

/** Everything is here until it is lost. Saves end when they are told to. */
function openDesk(role: LiveRole) {
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
  return { desk, runner, saves, remembered, notices, place, lose, fetchAgain };
}

function wanting(files: readonly number[], isSaved = false): LiveRole {
  const wanted = computeWantedPart(scene.share.header, ENTRIES, files);
  return { kind: 'receiver', isSaved, wanted };
}

async function settle(saving: Promise<void>): Promise<void> {
  await settleCrypto();
  await saving;
}

describe('what is saved', () => {
  test('D8: what was chosen while another part was being saved is not taken for saved', async () => {
    const { desk, saves, remembered } = openDesk(wanting([0]));
    const saving = desk.save('all');
    await settleCrypto();
    await desk.want([0, 1]);
    saves[0]?.end();
    await settle(saving);
    await settleCrypto();
    expect(saves[0]?.paths).toEqual(['one']);
    expect(desk.isSaved).toBe(false);
    expect(remembered).toEqual([
      [[0, 1], false, []],
      ['saved', false, [0]],
    ]);
    expect(saves[1]?.paths).toEqual(['two']);
    saves[1]?.end();
    await settleCrypto();
    expect(desk.isSaved).toBe(true);
    expect(remembered.at(-1)).toEqual(['saved', true, [0, 1]]);
  });

  test('D8: what was saved before a reload is not saved again with a larger choice', async () => {
    for (const choice of [[0, 1], 'all'] as const) {
      const before = openDesk(wanting([0], true));
      await settle(before.desk.want(choice));
      const [files, isSaved, savedFiles] = [choice, false, [0]];
      expect(before.remembered).toEqual([[files, isSaved, savedFiles]]);
      const wanted = computeWantedPart(scene.share.header, ENTRIES, choice);
      const { desk, saves } = openDesk({ kind: 'receiver', isSaved, savedFiles, wanted });
      desk.recordComplete();
      await settleCrypto();
      expect(saves.map(({ paths }) => paths)).toEqual([
        choice === 'all' ? ['two', 'three'] : ['two'],
      ]);
    }
  });

  test('of everything that was saved a part needs no saving', async () => {
    const { desk, saves } = openDesk({ kind: 'receiver', isSaved: false });
    const saving = desk.save('all');
    await settleCrypto();
    await desk.want([2]);
    saves[0]?.end();
    await settle(saving);
    expect([saves[0]?.paths, desk.isSaved]).toEqual([['one', 'two', 'three'], true]);
  });
});

describe('what is complete is being verified', () => {
  test('from the moment that it is, until it is saved', async () => {
    const { desk, runner, saves } = openDesk({ kind: 'receiver', isSaved: false });
    const look = new EventTarget();
    runner.recheck = () => new Promise((resolve) => look.addEventListener('end', () => resolve()));
    desk.recordComplete();
    expect(desk.savingPercent).toBe(0);
    await settleCrypto();
    expect([saves.length, desk.savingPercent]).toEqual([0, 0]);
    look.dispatchEvent(new Event('end'));
    await settleCrypto();
    expect([saves.length, desk.savingPercent]).toEqual([1, 0]);
    saves[0]?.end();
    await settleCrypto();
    expect([desk.savingPercent, desk.isSaved]).toEqual([undefined, true]);
  });

  test('D12: no longer than it takes to find that something has gone', async () => {
    const { desk, runner, saves } = openDesk({ kind: 'receiver', isSaved: false });
    runner.recheck = async () => void (runner.isComplete = false);
    desk.recordComplete();
    await settleCrypto();
    expect([saves.length, desk.savingPercent]).toEqual([0, undefined]);
  });

  test('not where all of it was saved before', () => {
    const { desk } = openDesk({ kind: 'receiver', isSaved: true });
    desk.recordComplete();
    expect(desk.savingPercent).toBeUndefined();
  });
});

describe('what has gone from the store when it is to be saved', () => {
  test('D12: is told, fetched again, and saved then, where that was asked for', async () => {
    const { desk, saves, notices, place, lose, fetchAgain } = openDesk({
      kind: 'receiver',
      isSaved: true,
    });
    await settle(desk.find().then(() => undefined));
    lose();
    await settle(desk.save('all'));
    await settle(desk.saveInto(place, 'all'));
    await settle(desk.save([2]));
    expect([saves.length, notices]).toEqual([0, ['pieces-gone', 'pieces-gone', 'pieces-gone']]);
    await fetchAgain();
    for (const [number, isPicked] of [false, true, false].entries()) {
      const paths = number === 2 ? ['three'] : ['one', 'two', 'three'];
      expect(saves[number]).toMatchObject({ paths, isPicked });
      saves[number]?.end();
      await settleCrypto();
    }
    await fetchAgain();
    expect(saves).toHaveLength(3);
  });

  test('D12: is fetched again too where it was not chosen', async () => {
    const { desk, saves, lose, fetchAgain } = openDesk(wanting([0], true));
    await settle(desk.find().then(() => undefined));
    lose();
    await settle(desk.save([2]));
    expect(saves).toHaveLength(0);
    await fetchAgain();
    expect(saves[0]?.paths).toEqual(['three']);
  });

  test('D12: is not saved twice where it was to be saved by itself as well', async () => {
    const { desk, saves, lose, fetchAgain } = openDesk({ kind: 'receiver', isSaved: false });
    await settle(desk.find().then(() => undefined));
    lose();
    await settle(desk.save('all'));
    await fetchAgain();
    saves[0]?.end();
    await settleCrypto();
    expect(saves).toHaveLength(1);
  });
});

test('what is chosen while something else is being saved is saved as well', async () => {
  const { desk, saves } = openDesk(wanting([0]));
  desk.recordComplete();
  await settleCrypto();
  await settle(desk.want([0, 1]));
  await settle(desk.want([0, 1, 2]));
  for (const save of [0, 1]) {
    saves[save]?.end();
    await settleCrypto();
  }
  expect(saves.map(({ paths }) => paths)).toEqual([['one'], ['two', 'three']]);
});

test('a file that is to be saved by itself while something else is being saved is saved afterwards, once', async () => {
  const { desk, saves } = openDesk({ kind: 'receiver', isSaved: false });
  desk.recordComplete();
  await settleCrypto();
  const saving = Promise.all([desk.save([1]), desk.save([2]), desk.save([1]), desk.save('all')]);
  await settleCrypto();
  expect(saves).toHaveLength(1);
  for (const save of [0, 1, 2]) {
    saves[save]?.end();
    await settleCrypto();
  }
  await saving;
  expect(saves.map(({ paths }) => paths)).toEqual([['one', 'two', 'three'], ['two'], ['three']]);
  expect([desk.isSaved, desk.savingPercent]).toEqual([true, undefined]);
});

test('what waits to be saved is given up with what is being saved', async () => {
  const { desk, saves, notices } = openDesk({ kind: 'receiver', isSaved: true });
  const saving = Promise.all([desk.save([1]), desk.save([2])]);
  await settleCrypto();
  desk.abortSaving();
  saves[0]?.end();
  await settleCrypto();
  await saving;
  expect([saves.length, notices]).toEqual([1, []]);
});

test('D12: each file of one’s own is whole, where nothing can be chosen', async () => {
  const { signingKeys } = await createSampleShare({ streamLength: 100 });
  const { desk } = openDesk({
    kind: 'sharer',
    signingKey: signingKeys.privateKey,
    files: undefined,
    entries: ENTRIES,
    copyTarget: undefined,
  });
  expect(await desk.checkWhole([1])).toBe(true);
});
