import { describe, expect, test } from 'vitest';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { settleCrypto } from '../../shared/swarm/pending-crypto.test-helper.ts';
import { ENTRIES, openDesk, settle, wanting } from './file-desk-scene.test-helper.ts';

describe('what has gone from the store when it is to be saved', () => {
  test('D12: is told, fetched again, and saved then, where that was asked for', async () => {
    const { desk, saves, notices, place, lose, fetchAgain } = openDesk({
      kind: 'receiver',
      isSaved: true,
    });
    await settle(desk.find().then(() => undefined));
    lose();
    await settle(desk.save('all'));
    await settle(desk.save('all', place));
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

describe('what waits until all that is wanted is here', () => {
  test('is saved once, however often it was asked for', async () => {
    const { desk, saves, place, lose, fetchAgain } = openDesk({ kind: 'receiver', isSaved: true });
    await settle(desk.find().then(() => undefined));
    lose();
    for (let times = 0; times < 2; times += 1) {
      await settle(desk.save('all', place));
      await settle(desk.save([1, 2]));
    }
    await fetchAgain();
    for (const save of [0, 1, 2, 3]) {
      saves[save]?.end();
      await settleCrypto();
    }
    expect(saves.map(({ paths }) => paths)).toEqual([
      ['one', 'two', 'three'],
      ['two', 'three'],
    ]);
  });

  test('is saved whole in place of what is new of it and was to be saved by itself', async () => {
    const { desk, saves, lose, fetchAgain } = openDesk(wanting([0, 1], false, [0]));
    await settle(desk.find().then(() => undefined));
    lose();
    await settle(desk.save('all'));
    await settle(desk.save([1]));
    await fetchAgain();
    for (const save of [0, 1, 2]) {
      saves[save]?.end();
      await settleCrypto();
    }
    expect(saves.map(({ paths }) => paths)).toEqual([['one', 'two'], ['two']]);
  });

  test('goes on with the share where that came to rest meanwhile', async () => {
    const { desk, saves, place } = openDesk({ kind: 'receiver', isSaved: true });
    const saving = desk.save([1], place);
    await settleCrypto();
    desk.abortSaving();
    saves[0]?.end();
    await settle(saving);
    expect(saves).toHaveLength(1);
    desk.recordBegun();
    await settleCrypto();
    expect(saves[1]).toMatchObject({ paths: ['two'], isPicked: true });
    saves[1]?.end();
    await settleCrypto();
    desk.recordBegun();
    await settleCrypto();
    expect(saves).toHaveLength(2);
  });

  test('is wanted no longer than that, where it was not chosen', async () => {
    const { desk, pieces, saves, lose, fetchAgain } = openDesk(wanting([0], true));
    const before = desk.wantedRanges;
    await settle(desk.find().then(() => undefined));
    lose();
    await settle(desk.save([2]));
    expect(pieces.wanted).not.toEqual(before);
    await fetchAgain();
    saves[0]?.end();
    await settleCrypto();
    expect(saves[0]?.paths).toEqual(['three']);
    expect([desk.wantedRanges, pieces.wanted]).toEqual([before, before]);
  });
});

describe('what was asked for before this tab took care of the share', () => {
  test('D11: is saved as soon as it runs, where it is here', async () => {
    const { desk, runner, saves, notices, place } = openDesk(wanting([0], true));
    desk.takeOver([{ files: 'all', place }, { files: [2] }, { files: [2] }]);
    await settleCrypto();
    expect(saves).toHaveLength(0);
    // Something else is still to come.
    runner.isComplete = false;
    desk.recordBegun();
    await settleCrypto();
    expect(saves.map(({ paths }) => paths)).toEqual([['three']]);
    saves[0]?.end();
    await settleCrypto();
    runner.isComplete = true;
    desk.recordComplete();
    await settleCrypto();
    expect(saves[1]).toMatchObject({ paths: ['one'], isPicked: true });
    saves[1]?.end();
    await settleCrypto();
    expect([saves.length, notices]).toEqual([2, []]);
  });

  test('D11: is not saved twice where it is saved by itself, and nobody is told that anything is gone', async () => {
    const { desk, saves, notices, lose, fetchAgain } = openDesk({
      kind: 'receiver',
      isSaved: false,
    });
    lose();
    desk.takeOver([{ files: 'all' }]);
    desk.recordBegun();
    await settleCrypto();
    await fetchAgain();
    saves[0]?.end();
    await settleCrypto();
    expect([saves.length, notices]).toEqual([1, []]);
  });
});

async function openOwnDesk() {
  const { signingKeys } = await createSampleShare({ streamLength: 100 });
  return openDesk({
    kind: 'sharer',
    signingKey: signingKeys.privateKey,
    files: undefined,
    entries: ENTRIES,
    copyTarget: undefined,
  });
}

describe('a share of one’s own', () => {
  test('D12: has each file whole, where nothing can be chosen', async () => {
    const { desk } = await openOwnDesk();
    expect(await desk.checkWhole([1])).toBe(true);
  });

  test('D7, D12: is saved once its files were chosen again, and until then they are asked for', async () => {
    const { desk, saves, notices, lose, fetchAgain } = await openOwnDesk();
    lose();
    await settle(desk.save('all'));
    expect([saves.length, notices]).toEqual([0, ['files-away']]);
    await fetchAgain();
    expect(saves[0]?.paths).toEqual(['one', 'two', 'three']);
  });
});
