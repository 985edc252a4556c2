import { expect, test } from 'vitest';
import type { ChosenFile } from './app-state.ts';
import { makeShare } from './make-share.ts';
import { matchFiles } from './match-files.ts';

function chooseFile(path: string, content = 'content', lastModified = 1): ChosenFile {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { path, file: new File([content], name, { lastModified }) };
}

/** As a file picker gives it that knows of no folder. */
function byNameAlone({ file }: ChosenFile): ChosenFile {
  return { path: file.name, file };
}

async function makeOrFail(chosen: readonly ChosenFile[]) {
  const made = await makeShare(chosen, 0);
  if (made.kind !== 'made') throw new Error(made.problem.code);
  return made;
}

test('D7: finds the same files in any order, by path or by name alone', async () => {
  const chosen = [chooseFile('d/a.txt', 'one'), chooseFile('d/b.txt', 'two2')];
  const { record } = await makeOrFail(chosen);
  const again = [chooseFile('b.txt', 'two2'), chooseFile('d/a.txt', 'one')];
  expect(matchFiles(record, again)?.files.map(({ file }) => file.name)).toEqual(['a.txt', 'b.txt']);
});

test('finds files that are called the same in several folders, or that were renamed for sharing', async () => {
  const chosen = [
    chooseFile('s/a/index.html', 'one'),
    chooseFile('s/b/index.html', 'two'),
    chooseFile('s/x\\y.txt', 'odd'),
    chooseFile('s/x_y.txt', 'even'),
  ];
  const { record } = await makeOrFail(chosen);
  const again = matchFiles(record, chosen);
  expect(await Promise.all(again?.files.map(({ file }) => file.text()) ?? [])).toEqual([
    'one',
    'two',
    'odd',
    'even',
  ]);
});

test('D7: finds files whose cleaned paths are the same in any order, where size or time tells them apart', async () => {
  const chosen = [
    chooseFile('s/x\\y.txt', 'odd'),
    chooseFile('s/x_y.txt', 'even'),
    chooseFile('s/X_Y.txt', 'even', 2),
    chooseFile('s/x_y (2).txt', 'third', 3),
  ];
  const { record } = await makeOrFail(chosen);
  for (const again of [chosen, chosen.toReversed(), chosen.map(byNameAlone).toReversed()]) {
    const found = matchFiles(record, again)?.files.map(({ file }) => file);
    expect(await Promise.all(found?.map((file) => file.text()) ?? [])).toEqual([
      'odd',
      'even',
      'even',
      'third',
    ]);
    expect(found?.map(({ lastModified }) => lastModified)).toEqual([1, 1, 2, 3]);
  }
});

test('D7: takes files that nothing tells apart in the order in which they come, and each once', async () => {
  const chosen = [chooseFile('a/x.txt', 'one'), chooseFile('b/x.txt', 'two')];
  const { record } = await makeOrFail(chosen);
  const again = matchFiles(record, chosen.map(byNameAlone));
  expect(await Promise.all(again?.files.map(({ file }) => file.text()) ?? [])).toEqual([
    'one',
    'two',
  ]);
  expect(matchFiles(record, chosen.slice(1).map(byNameAlone))).toBeUndefined();
});

test.each([
  ['of another size', [chooseFile('a', 'longer')]],
  ['changed since', [chooseFile('a', 'one', 2)]],
  ['of another name', [chooseFile('b', 'one')]],
  ['missing', []],
  ['a numbered copy', [chooseFile('a (2)', 'one')]],
])('D7: refuses files that are %s', async (_, again) => {
  const { record } = await makeOrFail([chooseFile('a', 'one')]);
  expect(matchFiles(record, again)).toBeUndefined();
});
