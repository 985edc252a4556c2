import type { Page } from 'puppeteer-core';
import type { BrowserDownload } from '../stage/receive.ts';
import type { DownloadFolder } from './download-folder.ts';
import { FirefoxPart } from './firefox-part.ts';
import { readSentBytes } from './read-sent-bytes.ts';
import type { StatusWord } from './share-card.ts';

/** The newest card of a page in Firefox, found anew each time, so that it may be another after a reload. */
export class FirefoxCard extends FirefoxPart {
  readonly #downloads: DownloadFolder;

  constructor(page: Page, downloads: DownloadFolder) {
    super(page, 'article');
    this.#downloads = downloads;
  }

  async waitForCard(): Promise<void> {
    await this.until(async () => (await this.text()) !== '', 'no card');
  }

  async waitUntilGone(): Promise<void> {
    await this.until(async () => (await this.text()) === '', 'still a card');
  }

  link(): Promise<string> {
    return this.page.$eval('article .card-links input', (field) => field.value);
  }

  /** Resolves when the status begins with that word. */
  waitForStatus(word: StatusWord, timeoutMs = 120_000): Promise<void> {
    return this.until(
      async () => {
        const status = await this.page.evaluate(
          () => document.querySelector('article [role=status]')?.textContent ?? '',
        );
        return status.startsWith(word);
      },
      `the status is not ${word}`,
      timeoutMs,
    );
  }

  async percent(): Promise<number> {
    const value = await this.page.evaluate(() =>
      document.querySelector('article [role=progressbar]')?.getAttribute('aria-valuenow'),
    );
    return Number(value ?? -1);
  }

  /** Resolves with the value once the progress bar is seen to have reached `minimum` percent. */
  async waitForPercent(minimum: number): Promise<number> {
    let percent = -1;
    await this.until(
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

  /** Chooses the sharer's files again where they are wanted. */
  async chooseAgain(path: string): Promise<void> {
    const input = await this.page.waitForSelector('article .choose-again input', {
      timeout: 30_000,
    });
    await input?.uploadFile(path);
  }

  /** Presses Download and resolves when the browser has saved what came of it. */
  download(timeoutMs = 120_000): Promise<BrowserDownload> {
    return this.save('Download', timeoutMs);
  }

  /** The same for another button. */
  async save(button: string, timeoutMs = 120_000): Promise<BrowserDownload> {
    await this.press(button);
    return this.nextDownload(timeoutMs);
  }

  nextDownload(timeoutMs = 120_000): Promise<BrowserDownload> {
    return this.#downloads.nextDownload(timeoutMs);
  }
}
