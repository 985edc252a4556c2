import type { AnnounceWhole } from '../../shared/tracker/announce.ts';

/** As whom a peer is in a swarm. */
export interface Part {
  readonly role: AnnounceWhole['role'];
  /** Its browser's name in this share. */
  readonly holderId?: string | undefined;
}
