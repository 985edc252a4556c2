import type { ElementHandle, Page } from 'puppeteer-core';
import type { DownloadFolder } from './download-folder.ts';
import { findNamed } from './find-named.ts';
import { FirefoxCard } from './firefox-card.ts';
import { FirefoxPart } from './firefox-part.ts';
import { waitForStoredPieces } from './wait-for-stored-pieces.ts';

const MAX_TABS = 40;
const REMEMBERING_MS = 2_000;
const FOCUSED = 'button, summary, input, select, textarea';

/** One tab of Firefox with the page open: what `Tab` is for Chromium, in the same words. */
export class FirefoxTab extends FirefoxPart {
  readonly downloads: DownloadFolder;
  readonly #url: string;

  constructor(page: Page, url: string, downloads: DownloadFolder) {
    super(page, 'body');
    this.#url = url;
    this.downloads = downloads;
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

  async share(...paths: readonly string[]): Promise<FirefoxCard> {
    const input = await this.#findInput();
    return this.#waitForNewCard(() => input.uploadFile(...paths));
  }

  /** Drops a file of that name on the page, with its name as its content. */
  async dropFile(name: string): Promise<FirefoxCard> {
    return this.#waitForNewCard(() => this.page.$eval('body', dropOn, name));
  }

  /** Pastes what lies in the clipboard onto the page, into no field of it. */
  async paste(): Promise<FirefoxCard> {
    await this.page.bringToFront();
    await this.page.mouse.click(1, 1);
    return this.#waitForNewCard(() => this.pressWithControl('v'));
  }

  async pressWithControl(key: 'c' | 'v'): Promise<void> {
    await this.page.bringToFront();
    await this.page.keyboard.down('Control');
    await this.page.keyboard.press(key);
    await this.page.keyboard.up('Control');
  }

  /**
   * Presses Tab until what has that name has the focus, or Shift and Tab: past the ends of a page this browser goes on
   * in its own buttons.
   */
  async tabTo(name: string, direction: 'on' | 'back' = 'on'): Promise<void> {
    const { keyboard } = this.page;
    await this.page.bringToFront();
    for (let presses = 0; presses < MAX_TABS; presses += 1) {
      if (direction === 'back') await keyboard.down('Shift');
      await keyboard.press('Tab');
      if (direction === 'back') await keyboard.up('Shift');
      const found = await this.page.evaluateHandle(findNamed, 'body', FOCUSED, name);
      if (await this.page.evaluate(hasFocus, found)) return;
    }
    throw new Error(`${MAX_TABS} presses of Tab did not lead to ${name}`);
  }

  /** Puts another tab of the same browser before this one. */
  async hide(): Promise<void> {
    await (await this.page.browserContext().newPage()).bringToFront();
    await this.page.waitForFunction(() => document.visibilityState === 'hidden', { polling: 50 });
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

  /** Cards of shares, once the page has had time to show what it remembers. */
  async countCards(): Promise<number> {
    await new Promise((resolve) => setTimeout(resolve, REMEMBERING_MS));
    return (await this.page.$$('article')).length;
  }

  /** The newest card. */
  card(): FirefoxCard {
    return new FirefoxCard(this.page, this.downloads);
  }

  /** The card that `work` makes: there may be others, and it comes before them. */
  async #waitForNewCard(work: () => Promise<void>): Promise<FirefoxCard> {
    const findKey = (): Promise<string> =>
      this.page.evaluate(() => document.querySelector('article')?.dataset['key'] ?? '');
    const before = await findKey();
    await work();
    await this.until(async () => !['', before].includes(await findKey()), 'no new card');
    return this.card();
  }

  async #findInput(): Promise<ElementHandle<HTMLInputElement>> {
    const input = await this.page.waitForSelector('input[type=file]:not([webkitdirectory])');
    if (input === null) throw new Error('no way to choose files');
    return input.toElement('input');
  }
}

/** Runs in the page. Also while the browser's own panel has the keyboard. */
function hasFocus(element: Element | undefined): boolean {
  return document.activeElement === element;
}

/** In the page. */
function dropOn(body: Element, name: string): void {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([name], name));
  body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
}
