import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Bitfield } from '../wire/bitfield.ts';
import { PiecePicker } from './piece-picker.ts';
import { createRandom } from './random.ts';

const PIECE_COUNT = 12;
const pieces = fc.integer({ min: 0, max: PIECE_COUNT - 1 });

type Step =
  | { readonly does: 'join'; readonly claims: readonly number[] }
  | { readonly does: 'leave'; readonly peer: number }
  | { readonly does: 'have'; readonly peer: number; readonly piece: number }
  | { readonly does: 'take' | 'release'; readonly piece: number };

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ does: fc.constant('join' as const), claims: fc.subarray([...Array(12).keys()]) }),
  fc.record({ does: fc.constant('leave' as const), peer: fc.nat(5) }),
  fc.record({ does: fc.constant('have' as const), peer: fc.nat(5), piece: pieces }),
  fc.record({ does: fc.constantFrom('take' as const, 'release' as const), piece: pieces }),
);

/** Somebody of whom no count is kept, so that what is held is looked through. */
function holderOf(bitfield: Bitfield) {
  return { bitfield, wantedCount: PIECE_COUNT };
}

interface ModelPeer {
  readonly held: Set<number>;
  readonly isSeeder: boolean;
}

/** The obvious way: count over all peers whenever asked. */
class NaiveModel {
  readonly peers: ModelPeer[] = [];
  readonly candidates = new Set(Array.from({ length: PIECE_COUNT }, (_, piece) => piece));

  availabilityOf(piece: number): number {
    return this.peers.filter(({ held }) => held.has(piece)).length;
  }

  get isEverythingAvailable(): boolean {
    return [...Array(PIECE_COUNT).keys()].every((piece) => this.availabilityOf(piece) > 0);
  }

  /** The rarest candidates among what is held: the picker may choose any of them. */
  rarest(held: Bitfield): readonly number[] {
    const open = [...this.candidates].filter((piece) => held.has(piece));
    const least = Math.min(...open.map((piece) => this.availabilityOf(piece)));
    return open.filter((piece) => this.availabilityOf(piece) === least);
  }
}

function apply(step: Step, picker: PiecePicker, model: NaiveModel): void {
  switch (step.does) {
    case 'join': {
      const isSeeder = step.claims.length === PIECE_COUNT;
      if (isSeeder) picker.addSeeder();
      else for (const piece of step.claims) picker.addHolder(piece);
      model.peers.push({ held: new Set(step.claims), isSeeder });
      return;
    }
    case 'leave': {
      const [gone] = model.peers.splice(step.peer, 1);
      if (gone?.isSeeder === true) picker.removeSeeder();
      else for (const piece of gone?.held ?? []) picker.removeHolder(piece);
      return;
    }
    case 'have': {
      const peer = model.peers[step.peer];
      if (peer === undefined || peer.isSeeder || peer.held.has(step.piece)) return;
      peer.held.add(step.piece);
      picker.addHolder(step.piece);
      return;
    }
    case 'take':
      picker.take(step.piece);
      model.candidates.delete(step.piece);
      return;
    case 'release':
      picker.release(step.piece);
      model.candidates.add(step.piece);
      return;
  }
}

describe('piece picker', () => {
  test('E12: agrees with counting over all peers, and picks a rarest piece that the peer holds', () => {
    fc.assert(
      fc.property(
        fc.array(steps, { maxLength: 60 }),
        fc.uniqueArray(pieces),
        fc.nat(),
        (history, asked, seed) => {
          const everything = Array.from({ length: PIECE_COUNT }, (_, piece) => piece);
          const picker = new PiecePicker(PIECE_COUNT, everything, createRandom(seed));
          const model = new NaiveModel();
          const held = Bitfield.of(PIECE_COUNT, asked);
          for (const step of history) {
            apply(step, picker, model);
            for (const piece of everything) {
              expect(picker.availabilityOf(piece)).toBe(model.availabilityOf(piece));
            }
            expect(picker.isEverythingAvailable).toBe(model.isEverythingAvailable);
            expect(picker.candidateCount).toBe(model.candidates.size);
            const rarest = model.rarest(held);
            const picked = picker.pickRarest(holderOf(held));
            if (rarest.length === 0) expect(picked).toBeUndefined();
            else expect(rarest).toContain(picked);
          }
        },
      ),
    );
  });

  test('E12: a random pick is any candidate that the peer holds, and none where there is none', () => {
    fc.assert(
      fc.property(
        fc.array(steps, { maxLength: 40 }),
        fc.uniqueArray(pieces),
        fc.nat(),
        (history, asked, seed) => {
          const picker = new PiecePicker(PIECE_COUNT, Array(12).keys(), createRandom(seed));
          const model = new NaiveModel();
          for (const step of history) apply(step, picker, model);
          const open = asked.filter((piece) => model.candidates.has(piece));
          const picked = picker.pickRandom(holderOf(Bitfield.of(PIECE_COUNT, asked)));
          if (open.length === 0) expect(picked).toBeUndefined();
          else expect(open).toContain(picked);
        },
      ),
    );
  });

  test('E12: ties are broken at random: a hundred pickers choose every one of eight equal pieces', () => {
    const chosen = new Set<number | undefined>();
    for (let seed = 0; seed < 100; seed += 1) {
      const picker = new PiecePicker(8, Array(8).keys(), createRandom(seed));
      chosen.add(picker.pickRarest(holderOf(Bitfield.full(8))));
    }
    expect(chosen).toEqual(new Set(Array(8).keys()));
  });

  test('a taken piece is no candidate until it is released, however availability changes', () => {
    const picker = new PiecePicker(1, [0], createRandom(1));
    picker.take(0);
    picker.addHolder(0);
    picker.removeHolder(0);
    expect(picker.pickRarest(holderOf(Bitfield.full(1)))).toBeUndefined();
    picker.release(0);
    picker.release(0);
    expect(picker.pickRarest(holderOf(Bitfield.full(1)))).toBe(0);
    picker.take(0);
    expect(picker.pickRarest(holderOf(Bitfield.full(1)))).toBeUndefined();
  });
});

test('with a connected peer something is found whenever it holds a candidate, and only then', () => {
  type Move = readonly ['have' | 'take' | 'release', number];
  const moves = fc.array(
    fc.tuple(fc.constantFrom('have' as const, 'take' as const, 'release' as const), pieces),
  );
  fc.assert(
    fc.property(moves, (moves: readonly Move[]) => {
      const candidates = new Set(Array(PIECE_COUNT).keys());
      const picker = new PiecePicker(PIECE_COUNT, candidates, createRandom(1));
      const held = new Bitfield(PIECE_COUNT);
      const source = { bitfield: held, wantedCount: 0 };
      picker.addSource(source);
      for (const [does, piece] of moves) {
        if (does === 'have' && held.add(piece)) picker.recordHave(source, piece);
        if (does === 'take') picker.take(piece);
        if (does === 'take') candidates.delete(piece);
        if (does === 'release') picker.release(piece);
        if (does === 'release') candidates.add(piece);
        const isThere = [...candidates].some((candidate) => held.has(candidate));
        expect(picker.pickRarest(source) !== undefined).toBe(isThere);
        expect(picker.pickRandom(source) !== undefined).toBe(isThere);
      }
    }),
  );
});
