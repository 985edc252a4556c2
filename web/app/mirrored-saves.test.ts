import { describe, expect, test } from 'vitest';
import type { CardChoice } from './file-choice.ts';
import { FILE_HERE } from './file-choice.ts';
import { openMirror } from './mirror-scene.test-helper.ts';
import { PROBLEMS } from './problems.ts';
import { ReadableScene } from './readable-scene.test-helper.ts';

const NAMES = ['one', 'two', 'three'];
const scene = await ReadableScene.open(NAMES.map((name) => [name, new Uint8Array(10)] as const));

/** As `openMirror`, of a share of three small files. */
function openMirrorOfThree(isWanted: boolean) {
  const [sealed = new Uint8Array()] = scene.pieces;
  return openMirror(isWanted, { share: scene.share, sealed });
}

/** All is here, whether it is wanted or not. */
function choose(wanted: readonly number[]): CardChoice {
  const states = new Uint8Array(NAMES.length).fill(FILE_HERE);
  if (wanted.length === NAMES.length) {
    return { states, isPart: false, wanted: 'all', wantedCount: wanted.length };
  }
  return { states, isPart: true, wanted, wantedCount: wanted.length };
}

describe('a tab that was to save what another one takes care of', () => {
  test('D11: saves what is chosen later and is here already, and nothing twice', async () => {
    const { leader, mirrored, look, saved, statuses } = openMirrorOfThree(true);
    leader.choice = choose([0]);
    await look();
    expect([saved, mirrored.isSavedHere]).toEqual([[['one']], true]);
    leader.choice = choose([0, 2]);
    await look();
    await look();
    expect(saved).toEqual([['one'], ['three']]);
    // What is chosen no more, and then again, is saved.
    leader.choice = choose([0]);
    await look();
    leader.choice = choose([0, 1, 2]);
    await look();
    await look();
    expect([saved, mirrored.isSavedHere]).toEqual([[['one'], ['three'], ['two']], true]);
    expect(statuses).not.toContain('downloading');
  });

  test('saves no more than what is new of what has to be fetched first', async () => {
    const { leader, look, saved } = openMirrorOfThree(true);
    leader.choice = choose([0]);
    await look();
    leader.status = { kind: 'downloading' };
    leader.choice = choose([0, 1]);
    await look();
    expect(saved).toHaveLength(1);
    leader.status = { kind: 'complete', saved: true };
    await look();
    await look();
    expect(saved).toEqual([['one'], ['two']]);
  });

  test('tries what failed once more when more is chosen, and not by itself', async () => {
    const { leader, look, saved, disk, notices } = openMirrorOfThree(true);
    leader.choice = choose([0]);
    disk.isFull = true;
    for (let times = 0; times < 5; times += 1) await look();
    expect([saved, notices]).toEqual([[['one']], [PROBLEMS.saveWriteFailed]]);
    disk.isFull = false;
    leader.choice = choose([0, 1]);
    for (let times = 0; times < 5; times += 1) await look();
    expect(saved).toEqual([['one'], ['one', 'two']]);
  });

  test('saves nothing by itself where Download was not pressed in it', async () => {
    const { leader, look, saved } = openMirrorOfThree(false);
    leader.choice = choose([0]);
    await look();
    leader.choice = choose([0, 1]);
    await look();
    expect(saved).toEqual([]);
  });
});

describe('what a person has asked for in a tab, and has not got', () => {
  test('D11: is known from the first moment until it has ended', async () => {
    const { leader, mirrored, look, place, picked, saved } = openMirrorOfThree(false);
    leader.isWhole = false;
    await look();
    void mirrored.save('all', place);
    void mirrored.save([1]);
    const wishes = [{ files: 'all', place }, { files: [1] }];
    expect(mirrored.undone).toEqual(wishes);
    await look();
    // Asked for once more.
    void mirrored.save([1]);
    await look();
    expect(mirrored.undone).toEqual(wishes);
    leader.isWhole = true;
    await look();
    await look();
    expect([mirrored.undone, picked, saved]).toEqual([[], [NAMES], [['two']]]);
  });

  test('is none of what the tab saves by itself', async () => {
    const { leader, mirrored, look } = openMirrorOfThree(true);
    leader.isWhole = false;
    await look();
    expect(mirrored.undone).toEqual([]);
  });

  test('D7: is told to wait for the files of who shares it in the same browser', async () => {
    const { leader, mirrored, look, notices, saved } = openMirrorOfThree(true);
    leader.role = 'sharer';
    leader.status = { kind: 'sharing' };
    await look();
    leader.isWhole = false;
    void mirrored.save('all');
    await look();
    expect([saved.length, notices]).toEqual([1, [PROBLEMS.filesAway]]);
  });
});
