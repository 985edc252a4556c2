import type { ShareId } from '../../shared/share/share-id.ts';
import { decodeHeader } from '../../shared/share/header.ts';
import { decodeShareEnd, verifyShareEnd } from '../../shared/share/share-end.ts';
import { importPublicKey } from '../../shared/share/signing-keys.ts';
import type { EndMessage } from '../../shared/tracker/end.ts';
import type { Done, Refusal } from '../../shared/tracker/refusal.ts';
import type { BookedEnd } from '../ends/end-book.ts';
import { checkHeader } from './check-header.ts';
import type { HandlerServices, Sender } from './handlers.ts';
import { refuse } from './refuse.ts';

type EndServices = Pick<HandlerServices, 'ends' | 'unixMs' | 'registry' | 'release'>;

/** The answer to whoever asks for a share that has ended; undefined where it has not. */
export function refuseEnded(
  { ends, unixMs }: Pick<EndServices, 'ends' | 'unixMs'>,
  shareId: ShareId,
): Refusal | undefined {
  const end = ends.past(shareId, unixMs());
  return end && { ok: false, code: 'ended', end: end.statement };
}

/** Whoever brings it need not be in the swarm, and after a restart of the tracker nobody is. */
export async function tellEnd(
  services: HandlerServices,
  sender: Sender,
  message: EndMessage,
): Promise<Done> {
  const { ends, addressLimits, tally, isDenied } = services;
  const { shareId, end: statement } = message;
  if (isDenied(shareId)) return refuse('share-refused');
  const told = decodeShareEnd(statement);
  if (told === undefined) return refuse('invalid');
  const known = ends.get(shareId);
  if (known !== undefined && told.serial <= known.serial) return { ok: true };
  const delayMs = addressLimits.takeEnd(sender.address);
  if (delayMs > 0) {
    tally.recordLimit('ends');
    return refuse('rate-limited', delayMs);
  }
  if (!(await isSigned(message))) return refuse('invalid');
  // The check took time.
  if (!sender.isOpen) return refuse('unavailable');
  await record(services, sender, shareId, { ...told, statement });
  return { ok: true };
}

/** Swarms whose time has come are closed. Those that are connected need no tracker to finish. */
export async function closeEnded(services: EndServices): Promise<void> {
  const { ends, unixMs, registry, release } = services;
  for (const shareId of ends.takeEnded(unixMs())) {
    for (const peerId of await registry.close(shareId)) release(peerId, shareId);
  }
}

async function record(
  services: HandlerServices,
  sender: Sender,
  shareId: ShareId,
  end: BookedEnd,
): Promise<void> {
  if (!services.ends.book(shareId, end)) return;
  for (const peerId of await services.registry.peersOf(shareId)) {
    if (peerId !== sender.peerId) services.tellPeer(peerId, { shareId, end: end.statement });
  }
  await closeEnded(services);
}

async function isSigned({ shareId, header, end }: EndMessage): Promise<boolean> {
  if ((await checkHeader(header, shareId)) === undefined) return false;
  const decoded = decodeHeader(header);
  const publicKey = decoded.ok ? await importPublicKey(decoded.value.publicKey) : undefined;
  return publicKey !== undefined && (await verifyShareEnd(publicKey, shareId, end)) !== undefined;
}
