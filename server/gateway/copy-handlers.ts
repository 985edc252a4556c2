import type { Bytes } from '../../shared/share/bytes.ts';
import type { CopyTarget } from '../../shared/share/copy-target.ts';
import { decodeCopyTarget, verifyCopyTarget } from '../../shared/share/copy-target.ts';
import { verifyDistrust } from '../../shared/share/distrust.ts';
import { decodeHeader } from '../../shared/share/header.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import { importPublicKey } from '../../shared/share/signing-keys.ts';
import type { AnnounceWhole } from '../../shared/tracker/announce.ts';
import type { DeclineMessage } from '../../shared/tracker/decline.ts';
import type { DistrustMessage } from '../../shared/tracker/distrust.ts';
import type { Done } from '../../shared/tracker/refusal.ts';
import type { UnloadAnswer, UnloadMessage } from '../../shared/tracker/unload.ts';
import type { VolunteerMessage } from '../../shared/tracker/volunteer.ts';
import { computeRanges } from '../../shared/share/piece-ranges.ts';
import type { CopyBooks } from '../copies/copy-books.ts';
import type { Awaitable } from '../registry/registry.ts';
import type { HandlerServices, Sender } from './handlers.ts';
import { refuse } from './refuse.ts';

/** What an announce says of copies: nothing new, a higher target that the sharer has signed, or a lie. */
export type AnnouncedTarget =
  | { readonly kind: 'none' }
  | { readonly kind: 'new'; readonly target: CopyTarget; readonly statement: Bytes }
  | { readonly kind: 'invalid' };

const NO_TARGET: AnnouncedTarget = { kind: 'none' };

/** Looks at the signature only where the serial is higher than any that was booked. */
export function checkTarget(
  copies: CopyBooks,
  { shareId, role, header, target: statement }: AnnounceWhole,
): Awaitable<AnnouncedTarget> {
  if (statement === undefined || role === 'member') return NO_TARGET;
  const told = decodeCopyTarget(statement);
  if (told === undefined) return { kind: 'invalid' };
  const known = copies.serialOf(shareId);
  if (known !== undefined && told.serial <= known) return NO_TARGET;
  return verifyTarget(shareId, header, statement);
}

async function verifyTarget(
  shareId: ShareId,
  header: Bytes,
  statement: Bytes,
): Promise<AnnouncedTarget> {
  const publicKey = await readPublicKey(header);
  const target = publicKey && (await verifyCopyTarget(publicKey, shareId, statement));
  return target === undefined ? { kind: 'invalid' } : { kind: 'new', target, statement };
}

/** To be called once the announce is booked. */
export function recordTarget(
  { copies, release }: Pick<HandlerServices, 'copies' | 'release'>,
  { peerId }: Pick<Sender, 'peerId'>,
  { shareId, role }: Pick<AnnounceWhole, 'shareId' | 'role'>,
  announced: AnnouncedTarget,
): void {
  if (announced.kind === 'new') {
    const released = copies.setTarget(shareId, announced.target, announced.statement);
    for (const volunteer of released) release(volunteer, shareId);
    // It may be among them.
    if (released.includes(peerId)) return;
  }
  if (role === 'volunteer' && copies.isReleased(shareId)) release(peerId, shareId);
}

export async function volunteer(
  { registry, copies }: HandlerServices,
  { peerId }: Sender,
  message: VolunteerMessage,
): Promise<Done> {
  if ('withdraw' in message) await registry.withdraw(peerId);
  else copies.offer(peerId, message.freeBytes, message.heldBytes ?? 0);
  return { ok: true };
}

export function unload(
  { copies }: HandlerServices,
  { peerId }: Sender,
  { bytes }: UnloadMessage,
): UnloadAnswer {
  if (!copies.isVolunteer(peerId)) return refuse('not-a-volunteer');
  const drops = copies.unload(peerId, bytes).map(({ holding, pieces }) => ({
    shareId: holding.swarm.shareId,
    pieces: computeRanges(pieces),
  }));
  return { ok: true, drops };
}

export function decline(
  { copies }: HandlerServices,
  { peerId }: Sender,
  { shareId }: DeclineMessage,
): Done {
  if (!copies.isVolunteer(peerId)) return refuse('not-a-volunteer');
  copies.decline(peerId, shareId);
  return { ok: true };
}

export async function distrust(
  { registry, copies }: HandlerServices,
  sender: Sender,
  { shareId, peerId, signature }: DistrustMessage,
): Promise<Done> {
  const header = await registry.headerOf(shareId);
  const isMember = await registry.isInSwarm(sender.peerId, shareId);
  if (header === undefined || !isMember) return refuse('not-announced');
  const isSharer =
    signature !== undefined && (await isSigned(header, { shareId, peerId, signature }));
  if (signature !== undefined && !isSharer) return refuse('invalid');
  // The check took time.
  if (!sender.isOpen) return refuse('unavailable');
  const { address } = sender;
  copies.distrust(shareId, { peerId: sender.peerId, address, isSharer }, peerId);
  return { ok: true };
}

async function isSigned(
  header: Bytes,
  { shareId, peerId, signature }: Required<DistrustMessage>,
): Promise<boolean> {
  const publicKey = await readPublicKey(header);
  return publicKey !== undefined && verifyDistrust(publicKey, shareId, peerId, signature);
}

async function readPublicKey(header: Bytes): ReturnType<typeof importPublicKey> {
  const decoded = decodeHeader(header);
  return decoded.ok ? importPublicKey(decoded.value.publicKey) : undefined;
}
