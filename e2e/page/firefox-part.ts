import type { Page } from 'puppeteer-core';
import { ElementHandle } from 'puppeteer-core';
import { vi } from 'vitest';
import { findNamed } from './find-named.ts';

const LOOK_EVERY_MS = 50;
const SHOWN_SOON_MS = 30_000;
const PRESSED = 'button, summary, input[type=checkbox]';
const FILLED = 'input, textarea, select';

/** A part of a page in Firefox, found anew each time, and what a person does there with what has a name. */
export class FirefoxPart {
  readonly page: Page;
  readonly #selector: string;

  constructor(page: Page, selector: string) {
    this.page = page;
    this.#selector = selector;
  }

  /** All that is written there; nothing where there is no such part. */
  async text(): Promise<string> {
    const text = await this.page.evaluate((selector) => {
      const part = document.querySelector(selector);
      return part instanceof HTMLElement ? part.innerText : '';
    }, this.#selector);
    return text.replace(/\s+/g, ' ');
  }

  /** Resolves when that is written there. */
  waitForText(words: string | RegExp): Promise<void> {
    const isSaid = (text: string): boolean =>
      typeof words === 'string' ? text.includes(words) : words.test(text);
    return this.until(async () => isSaid(await this.text()), `no ${words}`);
  }

  /** Presses the button of that name once it is there, ticks the box, or unfolds what has that title. */
  async press(name: string): Promise<void> {
    await this.page.bringToFront();
    await vi.waitFor(
      async () => {
        const button = await this.#find(PRESSED, name);
        const seen = await button.evaluateHandle(watchPress);
        await button.click();
        // What moves while the pointer is on its way is missed, and pressed again where it is then.
        if (!(await seen.evaluate(({ isPressed }) => isPressed)))
          throw new Error(`${name} was missed`);
      },
      { interval: LOOK_EVERY_MS, timeout: SHOWN_SOON_MS },
    );
  }

  /** Writes into the field of that name, in place of what stands there. */
  async fill(name: string, text: string): Promise<void> {
    await this.page.bringToFront();
    const field = await this.#find(FILLED, name);
    await field.evaluate((one) => {
      if (one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement) one.select();
    });
    await field.type(text);
  }

  /** Chooses by what is written on the choice. */
  async choose(name: string, choice: string): Promise<void> {
    const field = await this.#find(FILLED, name);
    const values = await field.$$eval(
      'option',
      (options, choice) => options.filter(({ label }) => label === choice).map((one) => one.value),
      choice,
    );
    await field.select(...values);
  }

  protected async until(
    isSo: () => Promise<boolean>,
    complaint: string,
    timeoutMs = SHOWN_SOON_MS,
  ): Promise<void> {
    await vi.waitFor(
      async () => {
        if (!(await isSo())) throw new Error(`${complaint}: ${await this.#describe()}`);
      },
      { interval: LOOK_EVERY_MS, timeout: timeoutMs },
    );
  }

  /** What is written there, or all that the page says where there is nothing. */
  async #describe(): Promise<string> {
    const text = await this.text();
    if (text !== '') return text;
    const page = await this.page.$eval('body', ({ innerText }) => innerText.replace(/\s+/g, ' '));
    return `the page says ${page === '' ? 'nothing' : page}`;
  }

  #find(kinds: string, name: string): Promise<ElementHandle> {
    return vi.waitFor(
      async () => {
        const found = await this.page.evaluateHandle(findNamed, this.#selector, kinds, name);
        if (found instanceof ElementHandle) return found;
        throw new Error(`nothing is called ${name}: ${await this.text()}`);
      },
      { interval: LOOK_EVERY_MS, timeout: SHOWN_SOON_MS },
    );
  }
}

/** In the page: what says whether that was pressed since. */
function watchPress(button: Element): { readonly isPressed: boolean } {
  const seen = { isPressed: false };
  button.addEventListener('click', () => (seen.isPressed = true), { capture: true, once: true });
  return seen;
}
