import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { build } from 'vite';

const ROOT = join(import.meta.dirname, '../..');

export interface BuiltServers {
  readonly tracker: string;
  readonly bare: string;
  /** Runs before either of them. */
  readonly probe: string;
}

/**
 * Builds the servers as the tracker is shipped, and removes them after `work`. Run from their sources each function
 * would carry a name of its own, which takes memory and time that nobody has to spend.
 */
export async function withBuiltServers<Result>(
  work: (servers: BuiltServers) => Promise<Result>,
): Promise<Result> {
  const dist = join(ROOT, 'dist');
  await mkdir(dist, { recursive: true });
  // Below the root, where their dependencies are found.
  const folder = await mkdtemp(join(dist, 'bench-'));
  try {
    await build({
      root: ROOT,
      configFile: join(ROOT, 'vite.server.config.ts'),
      logLevel: 'error',
      build: {
        ssr: true,
        outDir: folder,
        rollupOptions: {
          input: {
            tracker: join(ROOT, 'server/main.ts'),
            bare: join(import.meta.dirname, 'bare-server.ts'),
            probe: join(import.meta.dirname, 'server-probe.ts'),
          },
        },
      },
    });
    const at = (name: string): string => join(folder, `${name}.js`);
    return await work({ tracker: at('tracker'), bare: at('bare'), probe: at('probe') });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
