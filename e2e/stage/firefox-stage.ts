import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import type { FirefoxProfileOptions } from '../browser/launch-firefox.ts';
import { PageProblems } from '../browser/page-problems.ts';
import { DownloadFolder } from '../page/download-folder.ts';
import { FirefoxTab } from '../page/firefox-tab.ts';
import { FirefoxProfile } from './firefox-profile.ts';
import type { Stage } from './stage.ts';

/** Tabs of Firefox on a stage. */
export class FirefoxStage {
  readonly #browser: Browser;
  readonly #stage: Stage;
  readonly #problems = new PageProblems();
  readonly #contexts: BrowserContext[] = [];
  readonly #profiles: FirefoxProfile[] = [];

  constructor(browser: Browser, stage: Stage) {
    this.#browser = browser;
    this.#stage = stage;
  }

  /**
   * A tab of a browser of its own: it shares nothing with the other tabs, and saves to a folder of its own. `prepare` sees
   * its page before anything is opened in it.
   */
  async openTab(prepare?: (page: Page) => Promise<unknown>): Promise<FirefoxTab> {
    const downloadPath = mkdtempSync(join(this.#stage.folder, 'saved-by-firefox-'));
    const context = await this.#browser.createBrowserContext({
      downloadBehavior: { policy: 'allow', downloadPath },
    });
    this.#contexts.push(context);
    return this.#openIn(context, new DownloadFolder(downloadPath), prepare);
  }

  /** A second tab of the browser that this one is of. It saves to the same folder. */
  openTabBeside(tab: FirefoxTab): Promise<FirefoxTab> {
    return this.#openIn(tab.page.browserContext(), tab.downloads);
  }

  /** A Firefox of its own, with a profile on disk. */
  createProfile(options?: FirefoxProfileOptions): FirefoxProfile {
    const folder = mkdtempSync(join(this.#stage.folder, 'firefox-'));
    const profile = new FirefoxProfile(folder, this.#stage.url, this.#problems, options);
    this.#profiles.push(profile);
    return profile;
  }

  /** Closes every tab. Returns what went wrong on any of them meanwhile. */
  async close(): Promise<readonly string[]> {
    for (const context of this.#contexts) await context.close();
    for (const profile of this.#profiles) await profile.close();
    return this.#problems.found;
  }

  async #openIn(
    context: BrowserContext,
    downloads: DownloadFolder,
    prepare?: (page: Page) => Promise<unknown>,
  ): Promise<FirefoxTab> {
    const page = await context.newPage();
    await this.#problems.watchFirefox(page);
    await prepare?.(page);
    const tab = new FirefoxTab(page, this.#stage.url, downloads);
    await tab.openStart();
    return tab;
  }
}
