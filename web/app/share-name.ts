import { cleanFileName, cleanPath } from '../../shared/share/file-name.ts';
import { isSharePath } from '../../shared/share/share-path.ts';
import type { ShareCard } from './app-state.ts';

/** What a share is called: its file, the folder that everything lies in, or its first file and how many more: "a.txt + 2". */
export function computeShareName(paths: readonly string[]): string {
  const [first = '', ...others] = paths;
  const folder = first.includes('/') ? first.slice(0, first.indexOf('/') + 1) : undefined;
  if (folder !== undefined && others.every((path) => path.startsWith(folder))) {
    return cleanFileName(folder.slice(0, -1));
  }
  const name = cleanFileName(first.slice(first.lastIndexOf('/') + 1));
  return others.length === 0 ? name : `${name} + ${others.length}`;
}

/** What all that is wanted is called when it is saved, as far as the card tells. */
export function computeSaveName({
  name,
  fileCount,
  files,
  choice,
}: Pick<ShareCard, 'name' | 'fileCount' | 'files' | 'choice'>): string {
  if ((choice?.wantedCount ?? fileCount) > 1) return cleanFileName(`${name}.zip`);
  const wanted = choice?.wanted ?? 'all';
  const path = files?.[wanted === 'all' ? 0 : (wanted[0] ?? 0)]?.path ?? name;
  return cleanFileName(path.slice(path.lastIndexOf('/') + 1));
}

/** A path as it may stand in a share. */
export function computeSharePath(path: string): string {
  return isSharePath(path) ? path : cleanPath(path);
}

/**
 * Paths as they may stand in a share, each once: a second `a.txt` becomes `a (2).txt`. Every number of a path is tried
 * once, since a stranger's share may have 100,000 files of one name.
 */
export function makePathsUnique(paths: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  const triedNumbers = new Map<string, number>();
  return paths.map((path) => {
    const name = path.toLowerCase();
    let number = triedNumbers.get(name) ?? 0;
    let candidate: string;
    do {
      number += 1;
      candidate = number === 1 ? path : numberPath(path, number);
    } while (taken.has(candidate.toLowerCase()));
    triedNumbers.set(name, number);
    taken.add(candidate.toLowerCase());
    return candidate;
  });
}

function numberPath(path: string, n: number): string {
  const dot = path.lastIndexOf('.');
  const isExtension = dot > path.lastIndexOf('/') + 1;
  return isExtension ? `${path.slice(0, dot)} (${n})${path.slice(dot)}` : `${path} (${n})`;
}

/** The path before `makePathsUnique` numbered it, if it did. */
export function dropNumber(path: string): string {
  return path.replace(/ \(\d+\)(?=(?:\.[^./]*)?$)/, '');
}
