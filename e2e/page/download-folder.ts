import { readdirSync, renameSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { vi } from 'vitest';
import type { BrowserDownload } from '../stage/receive.ts';

/** While Firefox writes, there is a file of this kind beside the empty one that has the name. */
const UNFINISHED = '.part';
const LOOK_EVERY_MS = 50;

/** The folder that a Firefox saves to, where a download is all that can be seen of it from outside. */
export class DownloadFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Resolves when one file lies there, as long as it was a moment before, and nothing is being written. */
  async nextDownload(timeoutMs: number): Promise<BrowserDownload> {
    let before = '';
    const path = await vi.waitFor(
      () => {
        const now = this.#describe();
        const wasSame = now === before;
        before = now;
        const [name, ...others] = readdirSync(this.path);
        if (name === undefined || others.length > 0 || name.endsWith(UNFINISHED) || !wasSame)
          throw new Error(`not one finished download: ${now}`);
        return join(this.path, name);
      },
      { interval: LOOK_EVERY_MS, timeout: timeoutMs },
    );
    return {
      suggestedFilename: () => basename(path),
      saveAs: (target) => Promise.resolve(renameSync(path, target)),
    };
  }

  #describe(): string {
    const names = readdirSync(this.path);
    const sizes = names.map((name) => statSync(join(this.path, name), { throwIfNoEntry: false }));
    return names.map((name, i) => `${name} (${sizes[i]?.size})`).join(', ');
  }
}
