import type { SimulatedHost } from './simulated-host.ts';
import type { SimulatedNetwork } from './simulated-network.ts';
import { Bitfield } from '../../shared/wire/bitfield.ts';

/** The store loses a piece while its page is open. */
export function losePiece(
  host: SimulatedHost,
  network: SimulatedNetwork,
  piece: number,
  isSilent: boolean,
): void {
  host.shelf.lose(piece);
  if (!isSilent) host.reportLost(piece);
  network.onHoldings(host);
}

/** Of what the store of a closed page had committed some never reached the disk, or is not what it was. */
export function tearStore(host: SimulatedHost, pieces: Iterable<number>, isAltered: boolean): void {
  host.shelf.tear(pieces, isAltered);
  host.pieces.recordLosses();
}

/** The sharer chooses the files again. */
export function regainAll(host: SimulatedHost): void {
  const { held, shelf } = host;
  const pieces = [...Bitfield.full(held.length).piecesMissingFrom(shelf.stored)];
  for (const piece of pieces) shelf.stored.add(piece);
  host.tell({ type: 'pieces-gained', pieces });
}
