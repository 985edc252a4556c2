import { join } from 'node:path';

import { build } from 'vite';

export type PageScript =
  | 'channel-probe'
  | 'connect-probe'
  | 'link-probe'
  | 'raw-channel'
  | 'receiver-probe'
  | 'webtorrent-race'
  | 'webtorrent-swarm';

/** Bundles one script of `pages/` into a text that any page can run as it is. */
export async function bundlePageScript(name: PageScript): Promise<string> {
  const output = await build({
    configFile: join(import.meta.dirname, '../../vite.script.config.ts'),
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      lib: {
        entry: join(import.meta.dirname, 'pages', `${name}.ts`),
        formats: ['iife'],
        name: 'peerifyBench',
      },
    },
  });
  const [bundle] = Array.isArray(output) ? output : [output];
  const chunk = bundle !== undefined && 'output' in bundle ? bundle.output[0] : undefined;
  if (chunk === undefined) throw new Error(`${name} was not bundled`);
  return chunk.code;
}
