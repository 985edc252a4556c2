import type { Peer } from './peer.ts';
import type { PiecePicker } from './piece-picker.ts';

/** The peer is no longer thought to hold the piece. False where it never was. */
export function withdrawClaim(peer: Peer, piece: number, picker: PiecePicker): boolean {
  if (!peer.bitfield.has(piece)) return false;
  if (peer.isCountedAsSeeder) {
    peer.isCountedAsSeeder = false;
    picker.removeSeeder();
    for (const held of peer.bitfield.pieces()) picker.addHolder(held);
  }
  peer.bitfield.remove(piece);
  picker.recordLost(peer, piece);
  picker.removeHolder(piece);
  return true;
}
