import type { Bytes } from '../../../shared/share/bytes.ts';
import type { ShareId } from '../../../shared/share/share-id.ts';
import type { Membership } from '../../../shared/swarm/membership.ts';
import type { PieceStore } from '../../../shared/swarm/ports/piece-store.ts';
import type { VolunteerSettings } from '../app-state.ts';

/** A share of which this browser keeps pieces for others. */
export interface VolunteerRecord {
  readonly shareId: ShareId;
  readonly header: Bytes;
  /** The sharer's signed word on how many copies it asks for. */
  readonly target: Bytes;
}

/** What a volunteer remembers. Rejects with StoreError alone. */
export interface VolunteerRecords {
  /** Undefined where nobody ever turned it on. */
  readSettings: () => Promise<VolunteerSettings | undefined>;
  writeSettings: (settings: VolunteerSettings) => Promise<void>;
  list: () => Promise<readonly VolunteerRecord[]>;
  put: (record: VolunteerRecord) => Promise<void>;
  remove: (shareId: ShareId) => Promise<void>;
}

/** Where pieces of others rest in this browser, apart from its own. */
export interface VolunteerPieces {
  /** Verified whenever they are read. */
  open: (shareId: ShareId, verifyPiece: Membership['verifyPiece']) => PieceStore;
  /** Forgets everything, of shares that nobody remembers too. Rejects with StoreError. */
  clear: () => Promise<void>;
}

export interface BrowserSecret {
  /** 32 random bytes, the same for every tab of this browser. Rejects with StoreError. */
  read: () => Promise<Bytes>;
}
