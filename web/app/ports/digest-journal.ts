import type { Bytes } from '../../../shared/share/bytes.ts';

/** SHA-256 of every ciphertext the sharer has ever sealed, so that one nonce never seals two plaintexts. */
export interface DigestJournal {
  /**
   * Resolves when these 32 bytes are what is committed for the piece: only then may it leave. Rejects with StoreError,
   * `source-changed` where another digest was committed before.
   */
  record: (piece: number, digest: Bytes) => Promise<void>;
  clear: () => Promise<void>;
}
