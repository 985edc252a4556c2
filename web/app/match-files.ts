import type { ChosenFile } from './app-state.ts';
import type { SharerFiles } from './ports/share-stores.ts';
import type { SharedFileFacts, ShareRecord } from './ports/share-records.ts';
import { computeSharePath, dropNumber, makePathsUnique } from './share-name.ts';

interface Candidate {
  readonly file: File;
  readonly path: string;
  /** As it would stand in a share of what was chosen, in this order. */
  readonly uniquePath: string;
}

/** What the path in the share and the one chosen must have in common, strictest first. */
const LIKENESSES: readonly {
  readonly ofShared: (path: string) => string;
  readonly ofChosen: (candidate: Candidate) => string;
}[] = [
  { ofShared: (path) => path, ofChosen: ({ uniquePath }) => uniquePath },
  { ofShared: dropNumber, ofChosen: ({ path }) => path },
  { ofShared: computeName, ofChosen: ({ path }) => computeName(path) },
  {
    ofShared: (path) => computeName(dropNumber(path)),
    ofChosen: ({ path }) => computeName(path),
  },
];

/**
 * The chosen files in the order of the share, each once, or undefined where they are not the same ones. Size and time
 * must be the same, and then the path tells files apart, or the name alone. Where nothing does, the order counts.
 */
export function matchFiles(
  record: ShareRecord,
  chosen: readonly ChosenFile[],
): SharerFiles | undefined {
  if (record.part.role !== 'sharer') return undefined;
  const { files: facts, index } = record.part;
  const matches = new Map<SharedFileFacts, File>();
  const unused = new Set(createCandidates(chosen));
  for (const { ofShared, ofChosen } of LIKENESSES) {
    const waiting = groupBy(unused, (one) =>
      computeKey(one.file.size, one.file.lastModified, ofChosen(one)),
    );
    for (const fact of facts) {
      if (matches.has(fact)) continue;
      const key = computeKey(fact.size, fact.modifiedMs, ofShared(fact.path));
      const match = waiting.get(key)?.shift();
      if (match === undefined) continue;
      matches.set(fact, match.file);
      unused.delete(match);
    }
  }
  const files = [];
  for (const fact of facts) {
    const file = matches.get(fact);
    if (file === undefined) return undefined;
    files.push({ file, size: fact.size, modifiedMs: fact.modifiedMs });
  }
  return { index, files };
}

function createCandidates(chosen: readonly ChosenFile[]): readonly Candidate[] {
  const paths = chosen.map(({ path }) => computeSharePath(path));
  const uniquePaths = makePathsUnique(paths);
  return chosen.map(({ file }, i) => ({
    file,
    path: paths[i] ?? '',
    uniquePath: uniquePaths[i] ?? '',
  }));
}

function computeKey(size: number, modifiedMs: number, path: string): string {
  return `${size} ${modifiedMs} ${path}`;
}

function computeName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function groupBy<Value>(
  values: Iterable<Value>,
  computeKey: (value: Value) => string,
): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = computeKey(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
