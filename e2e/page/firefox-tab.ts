import type { ElementHandle, Page } from 'puppeteer-core';
import type { DownloadFolder } from './download-folder.ts';
import { FirefoxCard } from './firefox-card.ts';
import { waitForStoredPieces } from './wait-for-stored-pieces.ts';

/** One tab of Firefox with the page open: what `Tab` is for Chromium, in the same words. */
export class FirefoxTab {
  readonly page: Page;
  readonly #url: string;
  readonly #downloads: DownloadFolder;

  constructor(page: Page, url: string, downloads: DownloadFolder) {
    this.page = page;
    this.#url = url;
    this.#downloads = downloads;
  }

  async openStart(): Promise<void> {
    await this.page.goto(this.#url);
    await this.#findInput();
  }

  /** Follows a link as a person does who has nothing else open. */
  async openLink(link: string): Promise<FirefoxCard> {
    // From the page itself a link to it would be no more than another fragment.
    await this.page.goto('about:blank');
    await this.page.goto(link);
    await this.card().waitForCard();
    return this.card();
  }

  async share(path: string): Promise<FirefoxCard> {
    await (await this.#findInput()).uploadFile(path);
    await this.card().waitForCard();
    return this.card();
  }

  /** Drops a file of that name on the page, with its name as its content. */
  async dropFile(name: string): Promise<FirefoxCard> {
    await this.page.$eval(
      'body',
      (body, name) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([name], name));
        body.dispatchEvent(
          new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }),
        );
      },
      name,
    );
    await this.card().waitForCard();
    return this.card();
  }

  /** Pastes what lies in the clipboard onto the page, into no field of it. */
  async paste(): Promise<FirefoxCard> {
    await this.page.bringToFront();
    await this.page.mouse.click(1, 1);
    await this.page.keyboard.down('Control');
    await this.page.keyboard.press('v');
    await this.page.keyboard.up('Control');
    await this.card().waitForCard();
    return this.card();
  }

  /** Resolves when every piece of a file of that size, the only share of its browser, is stored there. */
  waitForStoredPieces(size: number): Promise<void> {
    return waitForStoredPieces(size, (count) => this.page.evaluate(count));
  }

  /** Counts the addresses that the pages opened from now on make for a Blob. */
  async watchBlobAddresses(): Promise<void> {
    await this.page.evaluateOnNewDocument(() => {
      const make = URL.createObjectURL.bind(URL);
      let count = 0;
      URL.createObjectURL = (blob) => {
        count += 1;
        document.documentElement.dataset['blobAddresses'] = String(count);
        return make(blob);
      };
    });
  }

  countBlobAddresses(): Promise<number> {
    return this.page.$eval('html', ({ dataset }) => Number(dataset['blobAddresses'] ?? 0));
  }

  /** The newest card. */
  card(): FirefoxCard {
    return new FirefoxCard(this.page, this.#downloads);
  }

  async #findInput(): Promise<ElementHandle<HTMLInputElement>> {
    const input = await this.page.waitForSelector('input[type=file]:not([webkitdirectory])');
    if (input === null) throw new Error('no way to choose files');
    return input.toElement('input');
  }
}
