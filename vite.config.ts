import { join } from 'node:path';
import type { Plugin } from 'vite';
import { defineConfig } from 'vite';
import { builtFiles } from './vite.built-files.ts';
import { simplePeerAsModule } from './vite.simple-peer.ts';

const trackerOrigin = process.env['TRACKER'] ?? 'http://127.0.0.1:8080';

/** What the page loads later has no styles of its own, so it needs no helper that fetches them first. */
const plainDynamicImports: Plugin = {
  name: 'plain-dynamic-imports',
  apply: 'build',
  enforce: 'pre',
  load: {
    filter: { id: /vite\/preload-helper/ },
    handler: () => 'export const __vitePreload = (load) => load();',
  },
};

export default defineConfig({
  root: 'web',
  plugins: [plainDynamicImports, simplePeerAsModule, builtFiles],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: {
    alias: [
      {
        // The tracker speaks websocket alone: see web/tracker/unused-transport.ts.
        find: /^\.\/(?:transports\/)?(?:polling-(?:xhr|xhr\.node|fetch)|webtransport)\.js$/,
        replacement: join(import.meta.dirname, 'web/tracker/unused-transport.ts'),
      },
    ],
  },
  // Bundled beforehand it would keep what it asks Node for.
  optimizeDeps: { exclude: ['simple-peer'] },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      // Socket.IO's index makes a function that the page does not use.
      treeshake: {
        moduleSideEffects: [{ test: /[\\/]socket\.io-client[\\/]/, sideEffects: false }],
      },
      input: { page: 'web/index.html', 'service-worker': 'web/service-worker/service-worker.ts' },
      output: {
        // What the page begins with is one file: cut where later parts share some of it, it would compress worse. The
        // worker is a classic script, and has a file of its own.
        codeSplitting: {
          groups: [{ name: 'page', tags: ['$initial'], test: /^(?!.*service-worker[\\/])/ }],
        },
        // The service worker's address must stay the same from build to build, or it could never be replaced.
        entryFileNames: (chunk) =>
          chunk.name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js',
      },
    },
  },
  server: { proxy: { '/socket.io': { target: trackerOrigin, ws: true } } },
});
