import type { FileEntry } from '../../shared/share/file-index.ts';
import type { Header } from '../../shared/share/header.ts';
import type { PieceRange } from '../../shared/share/piece-ranges.ts';
import type { CardChoice } from './app-state.ts';
import type { WantedPart } from './ports/share-records.ts';
import { FILE_HERE, FILE_UNWANTED, FILE_WANTED } from './file-choice.ts';
import { findFileRanges } from './wanted-part.ts';

interface HeldPieces {
  /** Another number after each change of what is held. */
  readonly heldChanges: number;
  readonly has: (piece: number) => boolean;
}

/** Which files of a share are wanted and which are here, looked at anew when a piece has come or a person has chosen. */
export class CardChoices {
  readonly #header: Header;
  #entries: readonly FileEntry[] = [];
  #ranges: readonly (PieceRange | undefined)[] = [];
  #part: WantedPart | undefined;
  #held: HeldPieces | undefined;
  #heldChanges = -1;
  #card: CardChoice | undefined;

  constructor(header: Header) {
    this.#header = header;
  }

  /** Undefined where there is nothing to choose from, or its list is not here. The same object until it changes. */
  card(
    entries: readonly FileEntry[] | undefined,
    part: WantedPart | undefined,
    held: HeldPieces,
  ): CardChoice | undefined {
    if (entries === undefined || entries.length < 2) return undefined;
    const isNew = entries !== this.#entries;
    const isHeldNew = held !== this.#held || held.heldChanges !== this.#heldChanges;
    if (!isNew && !isHeldNew && part === this.#part) return this.#card;
    if (isNew) this.#ranges = findFileRanges(this.#header, entries);
    this.#entries = entries;
    this.#part = part;
    this.#held = held;
    this.#heldChanges = held.heldChanges;
    this.#card = this.#compute(held);
    return this.#card;
  }

  #compute(held: HeldPieces): CardChoice {
    const part = this.#part;
    const states = new Uint8Array(this.#entries.length);
    states.fill(part === undefined ? FILE_WANTED : FILE_UNWANTED);
    for (const file of part?.files ?? []) states[file] = FILE_WANTED;
    for (const [file, range] of this.#ranges.entries()) {
      if (isHeld(range, held)) states[file] = FILE_HERE;
    }
    const wantedCount = part?.files.length ?? this.#entries.length;
    return { states, isPart: part !== undefined, wanted: part?.files ?? 'all', wantedCount };
  }
}

function isHeld(range: PieceRange | undefined, held: HeldPieces): boolean {
  if (range === undefined) return true;
  for (let piece = range[0]; piece <= range[1]; piece += 1) if (!held.has(piece)) return false;
  return true;
}
