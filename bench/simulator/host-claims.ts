import type { SwarmMessage } from '../../shared/wire/messages.ts';
import type { HostRole } from './scenario.ts';
import { Bitfield } from '../../shared/wire/bitfield.ts';

/** What a host of this role says it has: a free rider nothing that anybody could hold it to. */
export function computeClaim(role: HostRole, held: Bitfield): Bitfield {
  return role === 'free-rider' ? new Bitfield(held.length) : held;
}

/** What a host of this role says where its engine would say this; undefined where it keeps silent. */
export function pickWords(role: HostRole, message: SwarmMessage): SwarmMessage | undefined {
  if (role !== 'free-rider') return message;
  if (message.type === 'have') return undefined;
  if (message.type !== 'bitfield') return message;
  return { type: 'bitfield', bitfield: new Uint8Array(message.bitfield.byteLength) };
}
