import type { PreviewServer } from 'vite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';

const ROOT = join(import.meta.dirname, '../../web');
const PAGE = 'ui/gallery/index.html';

/**
 * The views with made-up states, as `npm run dev` shows them, but built into one script: what a page loads later is
 * there at once.
 */
export class Gallery {
  readonly #folder: string;
  readonly #server: PreviewServer;

  private constructor(folder: string, server: PreviewServer) {
    this.#folder = folder;
    this.#server = server;
  }

  static async open(): Promise<Gallery> {
    const outDir = mkdtempSync(join(tmpdir(), 'peerify-gallery-'));
    await build({
      configFile: false,
      root: ROOT,
      logLevel: 'warn',
      oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
      build: {
        outDir,
        emptyOutDir: true,
        target: 'es2022',
        minify: false,
        modulePreload: false,
        rolldownOptions: { input: join(ROOT, PAGE), output: { codeSplitting: false } },
      },
    });
    const options = { configFile: false, root: ROOT, logLevel: 'error' } as const;
    const server = await preview({ ...options, build: { outDir }, preview: { port: 0 } });
    return new Gallery(outDir, server);
  }

  link(state: string, language = 'en'): string {
    const [base = ''] = this.#server.resolvedUrls?.local ?? [];
    return `${base}${PAGE}?${new URLSearchParams({ state, language }).toString()}`;
  }

  async close(): Promise<void> {
    await this.#server.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
