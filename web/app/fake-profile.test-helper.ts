import type { ShareId } from '../../shared/share/share-id.ts';
import type { Browser } from './ports/browser.ts';
import type { ShareRecord, ShareRecords } from './ports/share-records.ts';
import type { TabChannel } from './ports/tab-channel.ts';
import { VirtualClock } from '../../shared/swarm/virtual-clock.test-helper.ts';
import { Shelf } from './shelf.ts';

type Release = () => void;
type Hear = (message: unknown) => void;
type Locks = Pick<Browser, 'tryLock' | 'waitForLock'>;

export interface FakeTab {
  readonly shelf: Shelf;
  readonly locks: Locks;
  readonly close: () => void;
}

/** One browser: what it stores, and which of its tabs have taken which names. */
export class FakeProfile {
  readonly stored = new Map<ShareId, ShareRecord>();
  readonly clock = new VirtualClock();
  /** Awaited before any name is given. */
  beforeLock: Promise<void> = Promise.resolve();
  readonly records: ShareRecords = {
    list: async () => [...this.stored.values()],
    put: async (record) => void this.stored.set(record.shareId, record),
    remove: async (shareId) => void this.stored.delete(shareId),
  };
  #seed = 0;
  readonly #taken = new Set<string>();
  readonly #listeners = new Map<object, { readonly name: string; readonly hear: Hear }>();
  readonly #waiting: { readonly name: string; readonly grant: () => void }[] = [];

  openTab(records = this.records): FakeTab {
    const releases: Release[] = [];
    const keep = (release: Release | undefined): Release | undefined => {
      if (release !== undefined) releases.push(release);
      return release;
    };
    const locks: Locks = {
      tryLock: async (name) => {
        await this.beforeLock;
        return keep(this.#taken.has(name) ? undefined : this.#take(name));
      },
      waitForLock: async (name, signal) => keep(await this.#wait(name, signal)),
    };
    return {
      shelf: new Shelf(records, locks, this.clock),
      locks,
      close: () => {
        for (const release of releases) release();
      },
    };
  }

  nextSeed(): number {
    this.#seed += 1;
    return this.#seed;
  }

  /** As browsers do it: a copy to everybody else, later. */
  openChannel<Message>(name: string, hear: (message: Message) => void): TabChannel<Message> {
    const channel = {
      post: (message: Message): void => {
        for (const [other, listener] of this.#listeners) {
          if (other === channel || listener.name !== name) continue;
          void Promise.resolve(copy(message)).then(listener.hear);
        }
      },
      close: () => void this.#listeners.delete(channel),
    };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a name stands for one kind of message
    this.#listeners.set(channel, { name, hear: hear as Hear });
    return channel;
  }

  /** Lets time pass, and everything that waits for nothing else happen. */
  async pass(durationMs: number): Promise<void> {
    await settle();
    this.clock.advance(durationMs);
    await settle();
  }

  #take(name: string): Release {
    this.#taken.add(name);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#taken.delete(name);
      this.#waiting.find((one) => one.name === name)?.grant();
    };
  }

  #wait(name: string, signal: AbortSignal): Promise<Release | undefined> {
    if (!this.#taken.has(name)) return Promise.resolve(this.#take(name));
    return new Promise((resolve) => {
      const end = (release: Release | undefined): void => {
        const at = this.#waiting.indexOf(one);
        if (at >= 0) this.#waiting.splice(at, 1);
        resolve(release);
      };
      const one = { name, grant: () => end(this.#take(name)) };
      this.#waiting.push(one);
      signal.addEventListener('abort', () => end(undefined));
    });
  }
}

async function settle(): Promise<void> {
  for (let i = 0; i < 50; i += 1) await Promise.resolve();
}

/** Like structured cloning in browsers, where a File stays one, and so does a handle. */
function copy(value: unknown): unknown {
  if (value instanceof File || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copy);
  if (Object.getPrototypeOf(value) !== Object.prototype) return structuredClone(value);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)]));
}
