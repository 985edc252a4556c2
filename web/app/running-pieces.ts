import type { Bytes } from '../../shared/share/bytes.ts';
import type { PieceRange } from '../../shared/share/piece-ranges.ts';
import type { SealedPieceSource } from '../../shared/share/share-stream.ts';
import type { SwarmRunner } from '../../shared/swarm/runner.ts';

type Runner = Pick<SwarmRunner, 'has' | 'read' | 'recheck' | 'setFocus'>;

/** The pieces of a share for reading here, of whichever swarm it runs in now. */
export class RunningPieces implements SealedPieceSource {
  readonly #find: () => Runner | undefined;
  #focus: readonly PieceRange[] = [];
  /** Who was told of the focus: a share that was paused goes on in another swarm. */
  #focused: Runner | undefined;

  constructor(find: () => Runner | undefined) {
    this.#find = find;
  }

  has(piece: number): boolean {
    const runner = this.#find();
    if (runner !== this.#focused) this.focus(this.#focus);
    return runner?.has(piece) === true;
  }

  /** Where one is gone or altered others may be, and all of them are fetched again together. */
  async get(piece: number): Promise<Bytes | undefined> {
    const sealed = await this.#find()?.read(piece);
    if (sealed === undefined) await this.#find()?.recheck('bytes');
    return sealed ?? this.#find()?.read(piece);
  }

  async getUnverified(piece: number): Promise<Bytes | undefined> {
    return this.#find()?.read(piece, 'stored');
  }

  /** To be fetched before all others, in this order, until something else is said. */
  focus(ranges: readonly PieceRange[]): void {
    this.#focus = ranges;
    this.#focused = this.#find();
    this.#focused?.setFocus(ranges);
  }
}
