import { expect, test } from 'vitest';
import { openMirror } from './mirror-scene.test-helper.ts';
import { PROBLEMS } from './problems.ts';
import { NOTES } from './sealed-notes.test-helper.ts';

test('D12: what the browser has thrown away is fetched again before another tab saves it, unasked', async () => {
  const { leader, look, countSaved } = openMirror(true);
  leader.isWhole = false;
  await look();
  expect(leader.questions).toContain('whole');
  expect(countSaved()).toBe(0);
  leader.status = { kind: 'downloading' };
  await look();
  leader.isWhole = true;
  leader.status = { kind: 'complete', saved: true };
  await look();
  expect(countSaved()).toBe(1);
  await look();
  expect(countSaved()).toBe(1);
});

test('what is complete is being verified from the moment that it is, until it is saved', async () => {
  const { leader, look, statuses } = openMirror(true);
  leader.status = { kind: 'downloading' };
  await look();
  leader.status = { kind: 'complete', saved: true };
  await look();
  expect(statuses).toEqual(['downloading', 'verifying', 'complete']);
});

test('D12: what was to be saved once more is saved once it is there again, even if that took no time', async () => {
  const { leader, mirrored, notices, look, countSaved } = openMirror(false);
  await look();
  let savedCount = 0;
  for (const files of ['all', [0]] as const) {
    leader.isWhole = false;
    void mirrored.save(files);
    await look();
    await look();
    expect(countSaved()).toBe(savedCount);
    expect(notices.splice(0)).toEqual([PROBLEMS.piecesGone]);
    leader.isWhole = true;
    await look();
    savedCount += 1;
    expect(countSaved()).toBe(savedCount);
    await look();
    expect(countSaved()).toBe(savedCount);
  }
});

test('a file that is to be saved by itself while another is being prepared is saved as well, and none twice', async () => {
  const { mirrored, look, countSaved } = openMirror(false);
  await look();
  const saving = Promise.all([mirrored.save('all'), mirrored.save([0]), mirrored.save([0])]);
  await look();
  await look();
  await saving;
  expect(countSaved()).toBe(2);
});

test('V9, D11: a tab that another one fetches for saves into a picked place as well', async () => {
  const { leader, mirrored, notices, look, place, picked, countSaved } = openMirror(true);
  await look();
  expect(countSaved()).toBe(1);
  expect(mirrored.card().places).toEqual(['file', 'folder']);
  leader.isWhole = false;
  void mirrored.save('all', place);
  await look();
  expect([picked, notices]).toEqual([[], [PROBLEMS.piecesGone]]);
  leader.isWhole = true;
  await look();
  await look();
  expect(picked).toEqual([['notes.txt']]);
  expect(countSaved()).toBe(1);
});

test('D11: what a tab has saved of a part is not all that is chosen later', async () => {
  const { leader, mirrored, look } = openMirror(false);
  const part = { states: new Uint8Array(2), isPart: true, wanted: [0], wantedCount: 1 };
  leader.choice = part;
  await look();
  void mirrored.save('all');
  await look();
  expect(mirrored.isSavedHere).toBe(true);
  leader.choice = { ...part, wanted: 'all', wantedCount: 2 };
  await look();
  expect(mirrored.isSavedHere).toBeUndefined();
});

test('D7, D11: of files that are not the ones the tab is told that they were chosen in', async () => {
  const { leader, mirrored, notices } = openMirror(false);
  leader.isTaken = false;
  await mirrored.chooseAgain(NOTES);
  expect(notices.map((notice) => notice?.code)).toEqual(['other-files']);
  leader.isTaken = true;
  await mirrored.chooseAgain(NOTES);
  expect(notices).toHaveLength(2);
  expect(notices[1]).toBeUndefined();
});

test('D11: the file list is asked for once, when it is known', async () => {
  const { leader, mirrored, look } = openMirror(false);
  leader.hasFiles = false;
  await look();
  expect(mirrored.card().files).toBeUndefined();
  leader.hasFiles = true;
  for (let times = 0; times < 5; times += 1) await look();
  expect(mirrored.card().files).toEqual([{ path: 'notes.txt', size: 5 }]);
  expect(leader.questions).toEqual(['files']);
});

test('F4: a tab that another one fetches for looks at files once every one of them is there', async () => {
  const { leader, mirrored, look, sealed } = openMirror(false);
  leader.status = { kind: 'downloading' };
  await look();
  expect([mirrored.card().canPreview, mirrored.readable]).toEqual([false, undefined]);
  leader.status = { kind: 'complete', saved: true };
  leader.choice = { states: new Uint8Array(2), isPart: true, wanted: [0], wantedCount: 1 };
  await look();
  expect([mirrored.card().canPreview, mirrored.readable]).toEqual([false, undefined]);
  leader.choice = undefined;
  await look();
  expect(mirrored.card().canPreview).toBe(true);
  expect(await mirrored.readable?.source.get(0)).toEqual(sealed);
});

test('case S6; D14: a tab whose leading one stands still says so, and goes on as soon as that does', async () => {
  const { leader, mirrored, look } = openMirror(false);
  leader.status = { kind: 'downloading' };
  await look();
  expect(mirrored.card().status.kind).toBe('downloading');
  leader.isFrozen = true;
  for (let times = 0; times < 8; times += 1) await look();
  expect(mirrored.card().status.kind).toBe('waiting-for-tab');
  leader.isFrozen = false;
  await look();
  expect(mirrored.card().status.kind).toBe('downloading');
});
