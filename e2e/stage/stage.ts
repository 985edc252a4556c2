import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import type { RunningTracker, TrackerOptions } from '../../server/start-tracker.ts';
import { startTracker } from '../../server/start-tracker.ts';
import type { ProfileOptions } from '../browser/launch-chromium.ts';
import { PageProblems } from '../browser/page-problems.ts';
import { Tab } from '../page/tab.ts';
import { Profile } from './profile.ts';

const PAGE_ROOT = join(import.meta.dirname, '../../dist/web');

/** What one test plays on: a tracker that serves the built page, tabs, and a folder for files. */
export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), 'peerify-e2e-'));
  readonly url: string;
  readonly #browser: Browser;
  readonly #problems = new PageProblems();
  readonly #contexts: BrowserContext[] = [];
  #tracker: RunningTracker | undefined;
  #profileCount = 0;

  private constructor(browser: Browser, tracker: RunningTracker) {
    this.#browser = browser;
    this.#tracker = tracker;
    this.url = `http://localhost:${tracker.port}/`;
  }

  static async open(browser: Browser): Promise<Stage> {
    return new Stage(browser, await startTracker({ pageRoot: PAGE_ROOT }));
  }

  /** A tab of a browser of its own: it shares nothing with the other tabs. */
  async openTab(): Promise<Tab> {
    return this.openTabIn(await this.openContext());
  }

  /** The same on a profile on disk, in a browser process of its own. */
  async openTabOnDisk(): Promise<Tab> {
    return this.openTabIn(await this.createProfile().open());
  }

  createProfile(options?: ProfileOptions): Profile {
    this.#profileCount += 1;
    const folder = join(this.folder, `profile-${this.#profileCount}`);
    return new Profile(folder, async (context) => void (await this.#adopt(context)), options);
  }

  async openTabIn(context: BrowserContext, url = this.url): Promise<Tab> {
    const tab = new Tab(await context.newPage(), url);
    await tab.openStart();
    return tab;
  }

  async openContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    return this.#adopt(await this.#browser.newContext({ acceptDownloads: true, ...options }));
  }

  /** How many peers the tracker has in its books, one for each share that it is in. */
  async countHoldings(): Promise<number> {
    const health: unknown = await (await fetch(`${this.url}healthz`)).json();
    const holdings: unknown = Reflect.get(Object(health), 'holdings');
    if (typeof holdings !== 'number') throw new Error('the tracker does not count');
    return holdings;
  }

  async stopTracker(): Promise<void> {
    await this.#tracker?.close();
    this.#tracker = undefined;
  }

  /** Starts a new tracker, which knows nothing, at the old one's address. */
  async restartTracker(options: TrackerOptions = {}): Promise<void> {
    await this.stopTracker();
    this.#tracker = await startTracker({
      ...options,
      pageRoot: PAGE_ROOT,
      port: Number(new URL(this.url).port),
    });
  }

  /** Closes everything. Returns what went wrong on any page meanwhile. */
  async close(): Promise<readonly string[]> {
    for (const context of this.#contexts) await context.close();
    await this.stopTracker();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
    return this.#problems.found;
  }

  async #adopt(context: BrowserContext): Promise<BrowserContext> {
    this.#contexts.push(context);
    await this.#problems.watch(context);
    return context;
  }
}
