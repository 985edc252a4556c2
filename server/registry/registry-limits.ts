import {
  ANNOUNCE_EXPIRY_MS,
  MAX_FOUND_BITFIELD_BYTES,
  MAX_FOUND_PEERS,
  MAX_PEERS_PER_SWARM,
  MAX_SWARMS_PER_PEER,
} from '../../shared/tracker/limits.ts';

export interface RegistryLimits {
  readonly peersPerSwarm: number;
  readonly swarmsPerPeer: number;
  readonly swarms: number;
  /** Bitfields, availability counts and headers together; what bounds the memory of the books. */
  readonly bytes: number;
  readonly foundPeers: number;
  /** Of the bitfields in one answer, together. */
  readonly foundBytes: number;
  readonly expiryMs: number;
}

export const REGISTRY_LIMITS: RegistryLimits = {
  peersPerSwarm: MAX_PEERS_PER_SWARM,
  swarmsPerPeer: MAX_SWARMS_PER_PEER,
  swarms: 100_000,
  bytes: 512 * 1024 * 1024,
  foundPeers: MAX_FOUND_PEERS,
  foundBytes: MAX_FOUND_BITFIELD_BYTES,
  expiryMs: ANNOUNCE_EXPIRY_MS,
};
