import { describe, expect, test } from 'vitest';
import { settleCrypto } from '../../shared/swarm/pending-crypto.test-helper.ts';
import { ENTRIES, openDesk, scene, settle, wanting } from './file-desk-scene.test-helper.ts';
import { computeWantedPart } from './wanted-part.ts';

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

test('what waits to be saved rests with what is being saved', async () => {
  const { desk, saves, notices } = openDesk({ kind: 'receiver', isSaved: true });
  const saving = Promise.all([desk.save([1]), desk.save([2])]);
  await settleCrypto();
  desk.abortSaving();
  saves[0]?.end();
  await settleCrypto();
  await saving;
  expect([saves.length, notices]).toEqual([1, []]);
});
