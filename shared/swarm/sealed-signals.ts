import type { Bytes } from '../share/bytes.ts';
import type { SwarmKeys } from '../share/swarm-keys.ts';
import type { Membership } from './membership.ts';
import type { PeerId } from './ports/tracker-client.ts';
import type { SignalEnvelope } from './signal-envelope.ts';
import { openSignal, sealSignal } from '../share/signal-sealing.ts';
import { decodeEnvelope, encodeEnvelope } from './signal-envelope.ts';

/** The link's keys between members; the public ones wherever one end is a volunteer. */
export type KeyKind = 'link' | 'public';

export interface OpenedSignal {
  readonly kind: KeyKind;
  /** Undefined where what was sealed makes no sense. */
  readonly envelope: SignalEnvelope | undefined;
}

export function keysOf({ linkKeys, publicKeys }: Membership, kind: KeyKind): SwarmKeys {
  return kind === 'link' && linkKeys !== undefined ? linkKeys : publicKeys;
}

/** Undefined where it was sealed under neither of our keys for this pair in this direction. Never rejects. */
export async function openUnderEither(
  { shareId, linkKeys, publicKeys }: Membership,
  from: PeerId,
  to: PeerId,
  sealed: Bytes,
): Promise<OpenedSignal | undefined> {
  const tries: readonly (readonly [KeyKind, SwarmKeys | undefined])[] = [
    ['link', linkKeys],
    ['public', publicKeys],
  ];
  for (const [kind, keys] of tries) {
    if (keys === undefined) continue;
    const opened = await openSignal(keys.signalKey, shareId, from, to, sealed);
    if (opened !== undefined) return { kind, envelope: decodeEnvelope(opened) };
  }
  return undefined;
}

/** Undefined where it is too long to be relayed: without it the dial comes to nothing, and times out. */
export function sealEnvelope(
  membership: Membership,
  kind: KeyKind,
  from: PeerId,
  to: PeerId,
  envelope: SignalEnvelope,
): Promise<Bytes | undefined> {
  const { signalKey } = keysOf(membership, kind);
  const plaintext = encodeEnvelope(envelope);
  return sealSignal(signalKey, membership.shareId, from, to, plaintext).catch(() => undefined);
}
