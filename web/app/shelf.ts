import type { ShareId } from '../../shared/share/share-id.ts';
import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type { FileChoice } from './app-state.ts';
import type { Browser } from './ports/browser.ts';
import type { ShareRecord, ShareRecords, WantedPart } from './ports/share-records.ts';
import { passTime } from './pass-time.ts';
import { quietly } from './quietly.ts';

/** How long a reload may take, from the old page's letting go to the new one's asking. */
const RELOAD_MS = 2_000;

type Locks = Pick<Browser, 'tryLock' | 'waitForLock'>;
type Release = () => void;

/** This tab's wish to take care of a share, until it is removed here. */
interface Claim {
  /** What this tab wants remembered, and later what is remembered. */
  record: ShareRecord | undefined;
  isGranted: boolean;
  readonly abort: AbortController;
  /** Whether no other tab had the share when this one asked. */
  readonly isOurs: Promise<boolean>;
  /** Undefined where it was given up while another tab took care of the share. */
  readonly lock: Promise<Release | undefined>;
  /** The record that this tab now takes care of; undefined where it is gone or was given up. */
  readonly granted: Promise<ShareRecord | undefined>;
}

/** What this browser remembers, and which of it this tab takes care of. */
export class Shelf {
  readonly #records: ShareRecords;
  readonly #locks: Locks;
  readonly #clock: Clock;
  readonly #claims = new Map<ShareId, Claim>();

  constructor(records: ShareRecords, locks: Locks, clock: Clock) {
    this.#records = records;
    this.#locks = locks;
    this.#clock = clock;
  }

  /** Everything this browser remembers, oldest first, whichever tab takes care of it. */
  async list(): Promise<readonly ShareRecord[]> {
    const records = (await quietly(this.#records.list())) ?? [];
    return records.toSorted((a, b) => a.addedAtMs - b.addedAtMs);
  }

  /**
   * Waits until this tab takes care of a remembered share: until no other tab does, which may be long. Gives the
   * record as it is by then; undefined where it is gone, or was removed or given up here meanwhile.
   */
  take(shareId: ShareId): Promise<ShareRecord | undefined> {
    return this.#claim(shareId);
  }

  /** Remembers a share as soon as this tab takes care of it. While another tab does, its record is left alone. */
  async add(record: ShareRecord): Promise<void> {
    await this.#claim(record.shareId, record);
  }

  /** Changes the record, if it is this tab's to change. */
  async update(shareId: ShareId, change: (record: ShareRecord) => ShareRecord): Promise<void> {
    const claim = this.#claims.get(shareId);
    if (claim?.record === undefined) return;
    claim.record = change(claim.record);
    if (claim.isGranted) await quietly(this.#records.put(claim.record));
  }

  /** The browser's download was handed over: all that is wanted, or what has been saved by now. */
  recordSaved(shareId: ShareId, saved = true, savedFiles?: FileChoice): Promise<void> {
    return this.update(shareId, (record) =>
      record.part.role === 'receiver'
        ? {
            ...record,
            part: { ...record.part, saved, savedFiles: savedFiles ?? record.part.savedFiles },
          }
        : record,
    );
  }

  /** A person chose other files of a download; undefined for all. */
  recordWanted(
    shareId: ShareId,
    wanted: WantedPart | undefined,
    saved: boolean,
    savedFiles: FileChoice,
  ): Promise<void> {
    return this.update(shareId, (record) =>
      record.part.role === 'receiver'
        ? { ...record, part: { role: 'receiver', saved, savedFiles, wanted } }
        : record,
    );
  }

  /** Whether this tab takes care of the share already, and does not wait for another one to be closed. */
  async isOurs(shareId: ShareId): Promise<boolean> {
    const claim = this.#claims.get(shareId);
    return claim !== undefined && (claim.isGranted || (await claim.isOurs));
  }

  /** Whether another tab takes care of the share, and this one does after it. */
  isWaiting(shareId: ShareId): boolean {
    return this.#claims.get(shareId)?.isGranted === false;
  }

  record(shareId: ShareId): ShareRecord | undefined {
    return this.#claims.get(shareId)?.record;
  }

  /** Forgets the share and then erases the rest of it, unless another tab takes care of it. */
  async remove(shareId: ShareId, erase: () => Promise<void>): Promise<void> {
    const claim = this.#drop(shareId);
    const release = await claim?.lock;
    if (claim === undefined || release === undefined) return;
    try {
      // What was just being written comes first, and so is deleted.
      await claim.granted;
      // Where the key stays, the digests that guard it stay as well.
      const isGone = await quietly(this.#records.remove(shareId).then(() => true));
      if (isGone === true) await erase();
    } finally {
      release();
    }
  }

  /** No longer waits for the share. What is remembered stays. */
  async giveUp(shareId: ShareId): Promise<void> {
    const release = await this.#drop(shareId)?.lock;
    release?.();
  }

  #drop(shareId: ShareId): Claim | undefined {
    const claim = this.#claims.get(shareId);
    this.#claims.delete(shareId);
    claim?.abort.abort();
    return claim;
  }

  #claim(shareId: ShareId, wanted?: ShareRecord): Promise<ShareRecord | undefined> {
    const known = this.#claims.get(shareId);
    if (known !== undefined) {
      if (!known.isGranted) known.record = wanted ?? known.record;
      return known.granted;
    }
    const abort = new AbortController();
    const name = `peerify/share/${shareId}`;
    const first = this.#locks.tryLock(name);
    const lock = this.#lock(name, first, abort.signal);
    const claim: Claim = {
      record: wanted,
      isGranted: false,
      abort,
      isOurs: first.then((release) => release !== undefined),
      lock,
      granted: lock.then((release) => release && this.#grant(shareId, claim, release)),
    };
    this.#claims.set(shareId, claim);
    return claim.granted;
  }

  /** Asks at once and then waits: whoever gives up at once still learns whether the share was this tab's. */
  async #lock(
    name: string,
    first: Promise<Release | undefined>,
    signal: AbortSignal,
  ): Promise<Release | undefined> {
    const sinceMs = this.#clock.nowMs();
    let release = await first;
    while (release === undefined && !signal.aborted) {
      const freed = await this.#locks.waitForLock(name, signal);
      if (freed === undefined || this.#clock.nowMs() - sinceMs < RELOAD_MS) return freed;
      // The page that let go after so long may be reloading, and then the share is still its own.
      freed();
      await passTime(this.#clock, RELOAD_MS);
      release = await this.#locks.tryLock(name);
    }
    return release;
  }

  async #grant(shareId: ShareId, claim: Claim, release: Release): Promise<ShareRecord | undefined> {
    const stored = (await this.list()).find((record) => record.shareId === shareId);
    // Removed meanwhile: that wins, and releases.
    if (this.#claims.get(shareId) !== claim) return undefined;
    // What another tab left is newer than what this one wanted; and the sharer's key is nowhere else.
    const isLeft = !(await claim.isOurs) || stored?.part.role === 'sharer';
    const record = isLeft ? (stored ?? claim.record) : (claim.record ?? stored);
    claim.record = record;
    if (record === undefined) {
      this.#claims.delete(shareId);
      release();
      return undefined;
    }
    claim.isGranted = true;
    if (record !== stored) await quietly(this.#records.put(record));
    return record;
  }
}
