import type { Bytes } from '../../../shared/share/bytes.ts';

/** SHA-256 of every ciphertext the sharer has ever sealed, so that one nonce never seals two plaintexts. */
export interface DigestJournal {
  /** 32 bytes, or undefined where the piece was never sealed. */
  get: (piece: number) => Promise<Bytes | undefined>;
  /** Resolves when committed: only then may the piece leave. Rejects with StoreError. */
  record: (piece: number, digest: Bytes) => Promise<void>;
  clear: () => Promise<void>;
}
