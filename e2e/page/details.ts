import type { Locator, Page } from 'playwright-core';
import { countHeldPixels } from './held-pixels.ts';
import { readBytes } from './read-sent-bytes.ts';
import type { ShareCardOnPage } from './share-card.ts';

/** What is out of sight is not looked at. */
export const HIGH_WINDOW = { width: 1280, height: 1800 };

/** The details of one card: its pieces, speed and peers. */
export class DetailsOnPage {
  readonly map: Locator;
  readonly #root: Locator;

  private constructor(root: Locator) {
    this.#root = root;
    this.map = root.getByRole('img', { name: /^Map of the pieces/ });
  }

  /** Unfolds them, and waits for what they show: in a window so high that nothing which comes later hides them. */
  static async open(card: ShareCardOnPage): Promise<DetailsOnPage> {
    await card.root.page().setViewportSize(HIGH_WINDOW);
    await card.root.getByText('Details', { exact: true }).click();
    const details = new DetailsOnPage(card.root.locator('.details'));
    await details.map.waitFor();
    return details;
  }

  get page(): Page {
    return this.#root.page();
  }

  async text(): Promise<string> {
    return (await this.#root.innerText()).replace(/\s+/g, ' ');
  }

  async waitForPeer(name: string): Promise<void> {
    await this.#row(name).waitFor();
  }

  async rowOf(name: string): Promise<string> {
    await this.#row(name).scrollIntoViewIfNeeded();
    return (await this.#row(name).innerText()).replace(/\s+/g, ' ');
  }

  /** Of the share, as it is written. */
  async bytesOf(name: string): Promise<number> {
    const cell = this.#row(name).getByRole('cell').first();
    await cell.scrollIntoViewIfNeeded();
    return readBytes(await cell.innerText());
  }

  /** How much of the map is painted as held pieces are. */
  countHeldPixels(): Promise<number> {
    return this.map.evaluate(countHeldPixels);
  }

  /** How much of the map is painted at all. */
  countInkedPixels(): Promise<number> {
    return this.map.evaluate((map) => {
      if (!(map instanceof HTMLCanvasElement)) return Number.NaN;
      const { data } = map.getContext('2d')?.getImageData(0, 0, map.width, map.height) ?? {
        data: new Uint8ClampedArray(),
      };
      let count = 0;
      for (let at = 3; at < data.length; at += 4) if ((data[at] ?? 0) > 0) count += 1;
      return count / (data.length / 4);
    });
  }

  #row(name: string): Locator {
    return this.#root.getByRole('row', { name: new RegExp(`^${name} `) });
  }
}
