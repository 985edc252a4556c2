import { join } from 'node:path';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '../..');

/** What a file under `e2e` does, as one classic script to be evaluated in a page. */
export async function buildPageScript(path: string): Promise<string> {
  const built = await build({
    configFile: join(ROOT, 'vite.script.config.ts'),
    logLevel: 'warn',
    build: {
      write: false,
      minify: false,
      rolldownOptions: {
        input: join(ROOT, 'e2e', path),
        output: { format: 'iife' },
      },
    },
  });
  const outputs = 'output' in built ? built.output : [];
  const chunk = outputs.find((output) => output.type === 'chunk');
  if (chunk?.type !== 'chunk') throw new Error('nothing was built');
  return chunk.code;
}
