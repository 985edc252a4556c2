import type { FileEntry } from '../../shared/share/file-index.ts';
import type { Geometry } from '../../shared/share/geometry.ts';
import type { Header } from '../../shared/share/header.ts';
import type { PieceRange } from '../../shared/share/piece-ranges.ts';
import type { FileChoice } from './app-state.ts';
import type { WantedPart } from './ports/share-records.ts';
import { locateFiles } from '../../shared/share/file-index.ts';

/** The file list alone, for somebody who is still to choose. */
export function computeIndexPart(header: Header): WantedPart {
  const { geometry, indexLength } = header;
  return { files: [], ranges: listRanges(geometry, { offset: 0, length: indexLength }), bytes: 0 };
}

/** The file list and these files; undefined where that is everything. */
export function computeWantedPart(
  header: Header,
  entries: readonly FileEntry[],
  choice: FileChoice,
): WantedPart | undefined {
  const files = choice === 'all' ? [...entries.keys()] : choice;
  if (files.length >= entries.length) return undefined;
  const places = locateFiles(header.indexLength, entries);
  const ranges = [...computeIndexPart(header).ranges];
  let bytes = 0;
  for (const file of files.toSorted((a, b) => a - b)) {
    const place = places[file];
    if (place === undefined) continue;
    bytes += place.length;
    for (const range of listRanges(header.geometry, place)) append(ranges, range);
  }
  return { files, ranges, bytes };
}

/** The pieces of each file, in the order of the list; undefined for one without bytes. */
export function findFileRanges(
  { geometry, indexLength }: Header,
  entries: readonly FileEntry[],
): readonly (PieceRange | undefined)[] {
  return locateFiles(indexLength, entries).map((place) => listRanges(geometry, place)[0]);
}

function listRanges(
  { pieceSize }: Geometry,
  { offset, length }: { readonly offset: number; readonly length: number },
): readonly PieceRange[] {
  if (length === 0) return [];
  return [[Math.floor(offset / pieceSize), Math.floor((offset + length - 1) / pieceSize)]];
}

/** Neighbouring files share the piece between them. */
function append(ranges: PieceRange[], [first, last]: PieceRange): void {
  const before = ranges.at(-1);
  if (before === undefined || first > before[1] + 1) ranges.push([first, last]);
  else ranges[ranges.length - 1] = [before[0], Math.max(before[1], last)];
}
