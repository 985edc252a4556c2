import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'puppeteer-core';
import { PageProblems } from '../browser/page-problems.ts';
import { DownloadFolder } from '../page/download-folder.ts';
import { FirefoxTab } from '../page/firefox-tab.ts';
import type { Stage } from './stage.ts';

/** Tabs of Firefox on a stage. */
export class FirefoxStage {
  readonly #browser: Browser;
  readonly #stage: Stage;
  readonly #problems = new PageProblems();
  readonly #contexts: BrowserContext[] = [];

  constructor(browser: Browser, stage: Stage) {
    this.#browser = browser;
    this.#stage = stage;
  }

  /** A tab of a browser of its own: it shares nothing with the other tabs, and saves to a folder of its own. */
  async openTab(): Promise<FirefoxTab> {
    const downloadPath = mkdtempSync(join(this.#stage.folder, 'saved-by-firefox-'));
    const context = await this.#browser.createBrowserContext({
      downloadBehavior: { policy: 'allow', downloadPath },
    });
    this.#contexts.push(context);
    const page = await context.newPage();
    await this.#problems.watchFirefox(page);
    const tab = new FirefoxTab(page, this.#stage.url, new DownloadFolder(downloadPath));
    await tab.openStart();
    return tab;
  }

  /** Closes every tab. Returns what went wrong on any of them meanwhile. */
  async close(): Promise<readonly string[]> {
    for (const context of this.#contexts) await context.close();
    return this.#problems.found;
  }
}
