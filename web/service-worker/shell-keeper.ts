import type { Build } from './shell-protocol.ts';

const PREFIX = 'peerify-shell/';
const DOCUMENT = '/';
const ASSETS = '/assets/';
const NAMED_ASSETS = /\/assets\/[\w.-]+/g;
/** A network that takes longer to begin its answer is treated as none, where there is a page to show instead. */
const PATIENCE_MS = 3_000;
const MATCH = { ignoreVary: true } as const;

export interface ShellKeeperParts {
  readonly build: Build;
  readonly caches: Pick<CacheStorage, 'match' | 'open' | 'keys' | 'delete'>;
  readonly fetch: (request: Request | string, init?: RequestInit) => Promise<Response>;
  /** Resolves after that time. */
  readonly pass: (durationMs: number) => Promise<void>;
  /** The scripts that the pages which are open now began with. */
  readonly listOpenPages: () => Promise<ReadonlySet<string>>;
}

/** How a page asks for something of its own. */
interface PageRequest {
  readonly path: string;
  readonly isDocument: boolean;
}

/**
 * Keeps the page's own files, so that it opens offline. One cache a build: a page never gets parts of another one, and
 * a build is kept for as long as pages of it are open. The document always comes from the network where that answers,
 * so that nobody stays with a page that was replaced.
 */
export class ShellKeeper {
  readonly #parts: ShellKeeperParts;
  readonly #name: string;
  readonly #paths: ReadonlySet<string>;
  #keeping: Promise<void> | undefined;

  constructor(parts: ShellKeeperParts) {
    this.#parts = parts;
    this.#name = PREFIX + parts.build.version;
    this.#paths = new Set(parts.build.files);
  }

  /** Undefined for what is no part of the page. */
  answer(request: Request): Promise<Response> | undefined {
    const { path, isDocument } = readRequest(request);
    if (isDocument) return path === DOCUMENT ? this.#answerDocument(request) : undefined;
    if (path.startsWith(ASSETS)) return this.#answerAsset(path, request);
    return this.#paths.has(path) ? this.#answerOther(path, request) : undefined;
  }

  /** Resolves when every file of this build is kept, or cannot be now. */
  keep(): Promise<void> {
    this.#keeping ??= this.#keepAll()
      // Offline, without room, or in the middle of an update: the next page that is opened asks again.
      .catch(() => undefined)
      .finally(() => (this.#keeping = undefined));
    return this.#keeping;
  }

  async #answerDocument(request: Request): Promise<Response> {
    const { fetch, pass } = this.#parts;
    const fetching = fetch(request);
    const answered = await Promise.race([
      fetching.catch(() => undefined),
      pass(PATIENCE_MS).then(() => undefined),
    ]);
    // A proxy says 502 or the like where the tracker behind it is down.
    if (answered !== undefined && answered.status < 500) return answered;
    // Where there is nothing to show instead, a network that failed once is asked once more.
    return (await this.#findDocument()) ?? fetching.catch(() => fetch(request));
  }

  /** Their names change with what is in them, so whichever build has it, it is the right one. */
  async #answerAsset(path: string, request: Request): Promise<Response> {
    return (await this.#find(path)) ?? this.#parts.fetch(request);
  }

  async #answerOther(path: string, request: Request): Promise<Response> {
    try {
      return await this.#parts.fetch(request);
    } catch (error) {
      const kept = await this.#find(path, this.#name);
      if (kept === undefined) throw error;
      return kept;
    }
  }

  async #findDocument(): Promise<Response | undefined> {
    const names = await this.#listBuilds().catch(() => []);
    for (const name of [this.#name, ...names.toReversed()]) {
      const kept = await this.#find(DOCUMENT, name);
      if (kept !== undefined) return kept;
    }
    return undefined;
  }

  /** Where caches cannot be read there is nothing kept. */
  async #find(path: string, cacheName?: string): Promise<Response | undefined> {
    const options = cacheName === undefined ? MATCH : { ...MATCH, cacheName };
    return this.#parts.caches.match(path, options).catch(() => undefined);
  }

  /** Oldest first. */
  async #listBuilds(): Promise<readonly string[]> {
    return (await this.#parts.caches.keys()).filter((name) => name.startsWith(PREFIX));
  }

  async #keepAll(): Promise<void> {
    const { build, caches } = this.#parts;
    // The document is kept last, so where it is everything is.
    if ((await caches.match(DOCUMENT, { ...MATCH, cacheName: this.#name })) === undefined) {
      const cache = await caches.open(this.#name);
      for (const path of build.files) await this.#keepFile(cache, path);
      await this.#keepDocument(cache);
    }
    await this.#dropOldBuilds();
  }

  async #keepFile(cache: Cache, path: string): Promise<void> {
    if ((await cache.match(path, MATCH)) !== undefined) return;
    const isHashed = path.startsWith(ASSETS);
    const kept = isHashed ? await this.#find(path) : undefined;
    await cache.put(path, kept ?? (await this.#fetchFile(path, isHashed ? 'default' : 'no-cache')));
  }

  async #keepDocument(cache: Cache): Promise<void> {
    const response = await this.#fetchFile(DOCUMENT, 'no-cache');
    const text = await response.clone().text();
    // Builds that differ in their styles alone begin with the same script.
    const named = text.match(NAMED_ASSETS) ?? [];
    if (!text.includes(this.#parts.build.entry) || !named.every((path) => this.#paths.has(path))) {
      throw new Error('another build is served by now');
    }
    await cache.put(DOCUMENT, response);
  }

  async #fetchFile(path: string, cache: RequestCache): Promise<Response> {
    const response = await this.#parts.fetch(path, { cache });
    if (!response.ok || response.redirected) throw new Error(`${path}: ${response.status}`);
    return response;
  }

  async #dropOldBuilds(): Promise<void> {
    const { caches, listOpenPages } = this.#parts;
    const open = await listOpenPages();
    for (const name of await this.#listBuilds()) {
      if (name === this.#name) continue;
      const kept = await (await caches.open(name)).keys();
      const isOpen = kept.some(({ url }) => open.has(new URL(url).pathname));
      if (!isOpen) await caches.delete(name);
    }
  }
}

function readRequest(request: Request): PageRequest {
  return { path: new URL(request.url).pathname, isDocument: request.mode === 'navigate' };
}
