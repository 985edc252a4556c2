import { join } from 'node:path';
import type { Plugin } from 'vite';
import { defineConfig } from 'vite';

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

/** What simple-peer would tell a log that nobody reads: calls with a text and names, and the colours of its lines. */
const SIMPLE_PEER_LOG_CALL = /this\._debug\("[^"\\]*"(?:,[\w.$]+)*\)/g;
const SIMPLE_PEER_LOG_COLOURS = /\.colors=\[[^\]]+\]/;

/**
 * simple-peer's minified build as a module: without the helpers for modules that may ask for others at any time, and
 * without most of its log.
 */
const simplePeerAsModule: Plugin = {
  name: 'simple-peer-as-module',
  apply: 'build',
  transform: {
    filter: { id: /simplepeer\.min\.js$/ },
    handler: (code) => {
      if (!SIMPLE_PEER_LOG_COLOURS.test(code)) throw new Error('simple-peer has another shape');
      const quiet = code
        .replaceAll(SIMPLE_PEER_LOG_CALL, '0')
        .replace(SIMPLE_PEER_LOG_COLOURS, '.colors=[""]');
      return `const module = { exports: {} }, require = undefined;((exports) => {${quiet}\n})(module.exports);export default module.exports;`;
    },
  },
};

export default defineConfig({
  root: 'web',
  plugins: [plainDynamicImports, simplePeerAsModule],
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
        // The service worker's address must stay the same from build to build, or it could never be replaced.
        entryFileNames: (chunk) =>
          chunk.name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js',
      },
    },
  },
  server: { proxy: { '/socket.io': { target: trackerOrigin, ws: true } } },
});
