import type { BrowserContext } from 'playwright-core';
import type { ProfileOptions } from '../browser/launch-chromium.ts';
import { launchProfile } from '../browser/launch-chromium.ts';

/** A profile on disk and the browser process on it, which may be killed and started again. */
export class Profile {
  readonly #folder: string;
  readonly #onOpen: (context: BrowserContext) => Promise<void>;
  readonly #options: ProfileOptions;
  #context: BrowserContext | undefined;

  constructor(
    folder: string,
    onOpen: (context: BrowserContext) => Promise<void>,
    options: ProfileOptions = {},
  ) {
    this.#folder = folder;
    this.#onOpen = onOpen;
    this.#options = options;
  }

  async open(): Promise<BrowserContext> {
    const context = await launchProfile(this.#folder, this.#options);
    this.#context = context;
    await this.#onOpen(context);
    return context;
  }

  /** As a power switch does it: SIGKILL for the browser's main process, which takes all the others along. */
  async kill(): Promise<void> {
    const context = this.#openContext();
    const main = (await listProcesses(context)).find(({ type }) => type === 'browser');
    if (main === undefined) throw new Error('the browser does not name its main process');
    const closed = new Promise<void>((resolve) => context.once('close', () => resolve()));
    process.kill(main.id, 'SIGKILL');
    await closed;
    this.#context = undefined;
  }

  /** As a computer does that is put to sleep: all of the browser stands still. Returns what wakes it. */
  async suspend(): Promise<() => void> {
    const ids = (await listProcesses(this.#openContext())).map(({ id }) => id);
    for (const id of ids) process.kill(id, 'SIGSTOP');
    return () => {
      for (const id of ids) process.kill(id, 'SIGCONT');
    };
  }

  #openContext(): BrowserContext {
    if (this.#context === undefined) throw new Error('the profile is not open');
    return this.#context;
  }
}

export interface BrowserProcess {
  readonly type: string;
  readonly id: number;
  /** Seconds of processor time since it began. */
  readonly cpuTime: number;
}

/** Of the whole browser. */
export async function listProcesses(context: BrowserContext): Promise<readonly BrowserProcess[]> {
  const session = await context.browser()?.newBrowserCDPSession();
  if (session === undefined) throw new Error('the profile has no browser of its own');
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo;
}
