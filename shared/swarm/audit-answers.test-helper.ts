import type { SwarmEffect } from './swarm-events.ts';
import { SwarmDriver } from './swarm-driver.test-helper.ts';

const KIB = 1024;

export function createSharer(copies = 2, pieceCount = 4, pieceSize = 64 * KIB): SwarmDriver {
  const held = [...Array(pieceCount).keys()];
  const driver = new SwarmDriver({ pieceCount, pieceSize, held, role: 'sharer' });
  if (copies > 0) driver.tell({ type: 'copy-target', copies });
  return driver;
}

export function auditsIn(effects: readonly SwarmEffect[]): readonly string[] {
  return effects.flatMap((effect) =>
    effect.type === 'audit' ? [`${effect.peerId} ${effect.piece}`] : [],
  );
}

export function distrustsIn({ effects }: SwarmDriver): readonly string[] {
  return effects.flatMap((effect) => (effect.type === 'distrust' ? [effect.peerId] : []));
}

/** Answers every audit that was asked for and not answered yet, and those that follow from that. */
export class Answers {
  readonly #driver: SwarmDriver;
  #seenCount = 0;

  constructor(driver: SwarmDriver) {
    this.#driver = driver;
  }

  /** What was asked since the last look; it has left for the peer. */
  ask(): readonly (readonly [peerId: string, piece: number])[] {
    const effects = this.#driver.effects.slice(this.#seenCount);
    this.#seenCount = this.#driver.effects.length;
    return effects.flatMap((effect) => {
      if (effect.type !== 'audit') return [];
      const { peerId, piece } = effect;
      this.#driver.tell({ type: 'audit-asked', peerId, piece });
      return [[peerId, piece] as const];
    });
  }

  answerAll(answer: (peerId: string, piece: number) => boolean | undefined = () => true): void {
    for (let asked = this.ask(); asked.length > 0; asked = this.ask()) {
      for (const [peerId, piece] of asked) {
        const isTrue = answer(peerId, piece);
        if (isTrue === undefined) continue;
        this.#driver.tell({ type: 'audit-answered', peerId, piece, isTrue });
      }
    }
  }
}
