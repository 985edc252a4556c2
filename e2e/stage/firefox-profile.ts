import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import type { Browser } from 'puppeteer-core';
import type { FirefoxProfileOptions } from '../browser/launch-firefox.ts';
import { launchFirefoxProfile } from '../browser/launch-firefox.ts';
import type { PageProblems } from '../browser/page-problems.ts';
import { DownloadFolder } from '../page/download-folder.ts';
import { FirefoxTab } from '../page/firefox-tab.ts';

/** A profile on disk and the Firefox on it, which may be killed and started again. */
export class FirefoxProfile {
  readonly #folder: string;
  readonly #downloads: DownloadFolder;
  readonly #url: string;
  readonly #problems: PageProblems;
  readonly #options: FirefoxProfileOptions | undefined;
  #browser: Browser | undefined;

  constructor(
    folder: string,
    url: string,
    problems: PageProblems,
    options?: FirefoxProfileOptions,
  ) {
    this.#folder = join(folder, 'profile');
    this.#downloads = new DownloadFolder(join(folder, 'downloads'));
    for (const path of [this.#folder, this.#downloads.path]) mkdirSync(path, { recursive: true });
    this.#url = url;
    this.#problems = problems;
    this.#options = options;
  }

  /** Starts the browser and opens the page in it. */
  async open(): Promise<FirefoxTab> {
    this.#browser = await launchFirefoxProfile(this.#folder, this.#downloads.path, this.#options);
    const page = await this.#browser.newPage();
    await this.#problems.watchFirefox(page);
    const tab = new FirefoxTab(page, this.#url, this.#downloads);
    await tab.openStart();
    return tab;
  }

  /** As a power switch does it: SIGKILL for the browser's main process, which takes all the others along. */
  async kill(): Promise<void> {
    const main = this.#browser?.process();
    if (!main) throw new Error('the profile is not open');
    const exited = once(main, 'exit');
    main.kill('SIGKILL');
    await exited;
    this.#browser = undefined;
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    this.#browser = undefined;
  }
}
