import type { ShareId } from '../../shared/share/share-id.ts';
import type { Browser } from './ports/browser.ts';
import type { ShareRecord, ShareRecords } from './ports/share-records.ts';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';

/** How long the page before a reload may take to let go. */
const RELOAD_MS = 1_000;

/** What this browser remembers, and which of it this tab takes care of. */
export class Shelf {
  readonly #records: ShareRecords;
  readonly #tryLock: Browser['tryLock'];
  readonly #release = new Map<ShareId, () => void>();
  readonly #kept = new Map<ShareId, ShareRecord>();

  constructor(records: ShareRecords, tryLock: Browser['tryLock']) {
    this.#records = records;
    this.#tryLock = tryLock;
  }

  /** Everything this browser remembers, oldest first, whichever tab takes care of it. */
  async list(): Promise<readonly ShareRecord[]> {
    const records = (await quietly(this.#records.list())) ?? [];
    return records.toSorted((a, b) => a.addedAtMs - b.addedAtMs);
  }

  /** From now on this tab takes care of the share, unless another one does. Gives the page before a reload time to go. */
  take(record: ShareRecord): Promise<boolean> {
    return this.#take(record, RELOAD_MS);
  }

  /** Remembers a share from now on. False where another tab already does: this one leaves its record alone. */
  async add(record: ShareRecord): Promise<boolean> {
    if (!(await this.#take(record, 0))) return false;
    await quietly(this.#records.put(record));
    return true;
  }

  /** Changes the record, if it is this tab's to change. */
  async update(shareId: ShareId, change: (record: ShareRecord) => ShareRecord): Promise<void> {
    const record = this.#kept.get(shareId);
    if (record === undefined) return;
    const changed = change(record);
    this.#kept.set(shareId, changed);
    await quietly(this.#records.put(changed));
  }

  record(shareId: ShareId): ShareRecord | undefined {
    return this.#kept.get(shareId);
  }

  /** Returns whether it was this tab's to forget. */
  async remove(shareId: ShareId): Promise<boolean> {
    let isOurs = this.#kept.delete(shareId);
    // Where the key stays, the digests that guard it stay as well.
    if (isOurs) isOurs = (await quietly(this.#records.remove(shareId).then(() => true))) === true;
    this.#release.get(shareId)?.();
    this.#release.delete(shareId);
    return isOurs;
  }

  async #take(record: ShareRecord, waitMs: number): Promise<boolean> {
    if (!this.#release.has(record.shareId)) {
      const release = await this.#tryLock(`peerify/share/${record.shareId}`, waitMs);
      if (release === undefined) return false;
      this.#release.set(record.shareId, release);
    }
    this.#kept.set(record.shareId, record);
    return true;
  }
}

/** A browser that remembers nothing can still share and download until the tab is closed. */
async function quietly<Value>(work: Promise<Value>): Promise<Value | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
}
