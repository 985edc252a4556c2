import type { Geometry } from '../../shared/share/geometry.ts';
import { computeSealedLength } from '../../shared/share/geometry.ts';
import type { Bitfield } from '../../shared/wire/bitfield.ts';

/** Bytes of these sealed pieces together. All but the last are equally long. */
export function computeHeldBytes(geometry: Geometry, held: Bitfield): number {
  if (held.count === 0) return 0;
  const last = geometry.pieceCount - 1;
  const hasLast = held.has(last);
  const others = hasLast ? held.count - 1 : held.count;
  const lastBytes = hasLast ? computeSealedLength(geometry, last) : 0;
  return lastBytes + (others === 0 ? 0 : others * computeSealedLength(geometry, 0));
}
