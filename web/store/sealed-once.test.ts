import type { UseStore } from 'idb-keyval';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';
import type { Bytes } from '../../shared/share/bytes.ts';
import type { SampleShare } from '../../shared/share/sample-share.test-helper.ts';
import type { Random } from '../../shared/swarm/random.ts';
import type { SharerFiles, SharerStore } from '../app/ports/share-stores.ts';
import { equalBytes } from '../../shared/share/bytes.ts';
import { openPiece, sealPiece, verifyPiece } from '../../shared/share/piece-sealing.ts';
import { createSampleShare, patternBytes } from '../../shared/share/sample-share.test-helper.ts';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';
import { createRandom } from '../../shared/swarm/random.ts';
import { createDyingDatabase } from './dying-database.test-helper.ts';
import { createHastyClock } from './hasty-clock.test-helper.ts';
import { createIdbShareStores } from './idb-share-stores.ts';
import { openResilientDatabase } from './resilient-database.ts';

const HISTORIES = 300;
const STEPS = 40;
const MAX_TABS = 2;
/** Transactions that a tab lives for at most. */
const MAX_LIFE = 12;
/** Of a hundred transactions these fail. */
const FAILING = 8;
const INDEX = patternBytes(10, 1);
const CONTENT = patternBytes(200_000, 2);
const STREAM_LENGTH = INDEX.byteLength + CONTENT.byteLength;
const MODIFIED_MS = 1_700_000_000_000;
const MOMENTS = ['before it begins', 'before its commit', 'after its commit'] as const;

/** What a sharer has on its disk. */
interface Disk {
  content: Bytes;
  modifiedMs: number;
}

/** As browsers do it: size and time are those of the choice, and what is read is what the disk has now. */
class FileOnDisk extends File {
  readonly #disk: Disk;

  constructor(disk: Disk) {
    super([disk.content], 'notes.txt', { lastModified: disk.modifiedMs });
    this.#disk = disk;
  }

  override slice(start = 0, end = this.size): Blob {
    return new Blob([this.#disk.content.slice(start, end)]);
  }
}

interface Tab {
  readonly store: SharerStore;
  readonly died: Promise<void>;
  readonly isDead: () => boolean;
}

/** What a share's sharer, its browser and its disk went through, drawn from a seed. */
class History {
  /** The plaintext that left under each piece's nonce. */
  readonly #left = new Map<number, Bytes>();
  readonly #share: SampleShare;
  readonly #random: Random;
  readonly #factory = new IDBFactory();
  readonly #disk: Disk = { content: CONTENT.slice(), modifiedMs: MODIFIED_MS };
  readonly #underWay: Promise<void>[] = [];
  readonly faults: string[] = [];
  leftCount = 0;
  #tabs: Tab[] = [];

  constructor(share: SampleShare, seed: number) {
    this.#share = share;
    this.#random = createRandom(seed);
  }

  async run(): Promise<void> {
    for (let step = 0; step < STEPS; step += 1) await this.#step();
    await Promise.all(this.#underWay);
    await this.#lookAtKept();
  }

  async #step(): Promise<void> {
    this.#tabs = this.#tabs.filter((tab) => !tab.isDead());
    if (this.#tabs.length === 0) this.#tabs.push(this.#openTab());
    const tab = this.#tabs[this.#random.below(this.#tabs.length)];
    if (tab === undefined) return;
    switch (this.#random.below(12)) {
      case 0:
        this.#edit();
        break;
      case 1:
        this.#disk.content = CONTENT.slice();
        break;
      case 2:
        this.#disk.modifiedMs = MODIFIED_MS + this.#random.below(2);
        break;
      case 3:
        if (this.#tabs.length < MAX_TABS) this.#tabs.push(this.#openTab());
        break;
      case 4:
        tab.store.setFiles(this.#chooseFiles());
        break;
      case 5:
        tab.store.wantAllKept();
        break;
      case 6:
        this.#follow(tab, tab.store.keepMore());
        break;
      case 7:
        await Promise.race([Promise.all(this.#underWay), tab.died]);
        break;
      default:
        this.#get(tab);
    }
  }

  #edit(): void {
    const { content } = this.#disk;
    const length = 1 + this.#random.below(1_000);
    const start = this.#random.below(content.byteLength - length);
    // Half of the time nothing but the bytes is another.
    if (this.#random.below(2) === 0) this.#disk.modifiedMs += 1;
    content.fill(this.#random.below(256), start, start + length);
    if (this.#random.below(8) === 0) this.#disk.content = content.slice(0, -length);
  }

  #chooseFiles(): SharerFiles {
    const file = new FileOnDisk(this.#disk);
    return { index: INDEX, files: [{ file, size: CONTENT.byteLength, modifiedMs: MODIFIED_MS }] };
  }

  #openTab(): Tab {
    const { context, keys, signingKeys, publicKey, shareId } = this.#share;
    const open = (name: string): UseStore =>
      this.#fail(openResilientDatabase({ name, factory: this.#factory }));
    const moment = MOMENTS[this.#random.below(MOMENTS.length)] ?? 'before it begins';
    const life = 1 + this.#random.below(MAX_LIFE);
    const digests = createDyingDatabase(open('digests'), life, moment);
    const stores = createIdbShareStores(open('pieces'), digests.use, createHastyClock());
    const store = stores.sharer({
      shareId,
      geometry: context.geometry,
      files: this.#chooseFiles(),
      verifyPiece: (piece, sealed) => verifyPiece(context, publicKey, piece, sealed),
      seal: (piece, plaintext) =>
        sealPiece(context, keys.piece, signingKeys.privateKey, piece, plaintext),
      onFilesLost: () => undefined,
    });
    return { store, died: digests.died, isDead: digests.isDead };
  }

  /** Now and then nothing is written, or what was written is not said to be. */
  #fail(database: UseStore): UseStore {
    return async (mode, callback) => {
      const isFailing = this.#random.below(100) < FAILING;
      if (isFailing && this.#random.below(2) === 0) throw new StoreError('quota-exceeded');
      const result = await database(mode, callback);
      if (isFailing) throw new StoreError('unavailable');
      return result;
    };
  }

  #get(tab: Tab): void {
    const piece = this.#random.below(this.#share.context.geometry.pieceCount);
    const getting = tab.store.get(piece);
    this.#follow(
      tab,
      getting.then((sealed) => this.#leave(piece, sealed)),
    );
  }

  /** Until it is done, has failed, or nobody is there any more to whom it could happen. */
  #follow(tab: Tab, work: Promise<unknown>): void {
    const done = work.then(
      () => undefined,
      (error: unknown) => {
        if (!(error instanceof StoreError)) this.faults.push(String(error));
      },
    );
    this.#underWay.push(Promise.race([done, tab.died]));
  }

  async #leave(piece: number, sealed: Bytes | undefined): Promise<void> {
    if (sealed === undefined) return;
    this.leftCount += 1;
    const { context, keys } = this.#share;
    const opened = await openPiece(context, keys.piece, piece, sealed);
    if (!opened.ok) {
      this.faults.push(`piece ${piece} does not open`);
      return;
    }
    const before = this.#left.get(piece);
    this.#left.set(piece, opened.value);
    if (before === undefined || equalBytes(before, opened.value)) return;
    this.faults.push(`piece ${piece} left with two plaintexts`);
  }

  /** What a later visit finds without the files. */
  async #lookAtKept(): Promise<void> {
    const { context, publicKey, shareId } = this.#share;
    const [pieces, digests] = ['pieces', 'digests'].map((name) =>
      openResilientDatabase({ name, factory: this.#factory }),
    );
    if (pieces === undefined || digests === undefined) return;
    const store = createIdbShareStores(pieces, digests, createHastyClock()).pieces(
      shareId,
      (piece, sealed) => verifyPiece(context, publicKey, piece, sealed),
    );
    for (const piece of await store.held()) await this.#leave(piece, await store.get(piece));
  }
}

describe('one plaintext for one nonce', () => {
  test('case P26; P6, D5: through edits, crashes, second tabs and failing writes no piece leaves with two plaintexts', async () => {
    const share = await createSampleShare({
      streamLength: STREAM_LENGTH,
      indexLength: INDEX.byteLength,
    });
    const found: string[] = [];
    let leftCount = 0;
    for (let seed = 1; seed <= HISTORIES; seed += 1) {
      const history = new History(share, seed);
      await history.run();
      leftCount += history.leftCount;
      found.push(...history.faults.map((fault) => `seed ${seed}: ${fault}`));
    }
    expect(found).toEqual([]);
    expect(leftCount).toBeGreaterThan(5 * HISTORIES);
  }, 60_000);
});
