import type { Page } from 'puppeteer-core';
import { vi } from 'vitest';
import type { BrowserDownload } from '../stage/receive.ts';
import type { DownloadFolder } from './download-folder.ts';
import { readSentBytes } from './read-sent-bytes.ts';
import type { StatusWord } from './share-card.ts';

const LOOK_EVERY_MS = 50;

/** The newest card of a page in Firefox, found anew each time, so that it may be another after a reload. */
export class FirefoxCard {
  readonly #page: Page;
  readonly #downloads: DownloadFolder;

  constructor(page: Page, downloads: DownloadFolder) {
    this.#page = page;
    this.#downloads = downloads;
  }

  async waitForCard(): Promise<void> {
    await this.#until(async () => (await this.text()) !== '', 'no card', 30_000);
  }

  link(): Promise<string> {
    return this.#page.$eval('article .card-links input', (field) => field.value);
  }

  async text(): Promise<string> {
    const texts = await this.#page.$$eval('article', (cards) => cards.map((one) => one.innerText));
    return (texts[0] ?? '').replace(/\s+/g, ' ');
  }

  /** Resolves when the status begins with that word. */
  waitForStatus(word: StatusWord, timeoutMs = 120_000): Promise<void> {
    return this.#until(
      async () => {
        const [status = ''] = await this.#page.$$eval('article [role=status]', (found) =>
          found.map(({ textContent }) => textContent),
        );
        return status.startsWith(word);
      },
      `the status is not ${word}`,
      timeoutMs,
    );
  }

  async percent(): Promise<number> {
    const [value] = await this.#page.$$eval('article [role=progressbar]', (found) =>
      found.map((bar) => bar.getAttribute('aria-valuenow')),
    );
    return Number(value ?? -1);
  }

  /** Resolves with the value once the progress bar is seen to have reached `minimum` percent. */
  async waitForPercent(minimum: number): Promise<number> {
    let percent = -1;
    await this.#until(
      async () => {
        percent = await this.percent();
        return percent >= minimum;
      },
      `not at ${minimum} %`,
      120_000,
    );
    return percent;
  }

  async sentBytes(): Promise<number> {
    return readSentBytes(await this.text());
  }

  /** Presses the button of that name once it is there. */
  async press(name: string): Promise<void> {
    await this.#page.bringToFront();
    const button = await vi.waitFor(
      async () => {
        for (const found of await this.#page.$$('article button'))
          if ((await found.evaluate(readFirstLine)) === name) return found;
        throw new Error(`no button ${name}`);
      },
      { interval: LOOK_EVERY_MS, timeout: 30_000 },
    );
    await button.click();
  }

  /** Chooses the sharer's files again where they are wanted. */
  async chooseAgain(path: string): Promise<void> {
    const input = await this.#page.waitForSelector('article .choose-again input', {
      timeout: 30_000,
    });
    await input?.uploadFile(path);
  }

  /** Presses Download and resolves when the browser has saved what came of it. */
  async download(timeoutMs = 120_000): Promise<BrowserDownload> {
    await this.press('Download');
    return this.nextDownload(timeoutMs);
  }

  nextDownload(timeoutMs = 120_000): Promise<BrowserDownload> {
    return this.#downloads.nextDownload(timeoutMs);
  }

  async #until(isSo: () => Promise<boolean>, complaint: string, timeoutMs: number): Promise<void> {
    await vi.waitFor(
      async () => {
        if (!(await isSo())) throw new Error(`${complaint}: ${await this.text()}`);
      },
      { interval: LOOK_EVERY_MS, timeout: timeoutMs },
    );
  }
}

/** Runs in the page. A button may hold more, for what it says once it was pressed. */
function readFirstLine({ innerText }: HTMLElement): string | undefined {
  return innerText.split('\n')[0];
}
