import { defineConfig } from 'vite';

/** Bundles the tracker's own sources; its dependencies stay in node_modules. */
export default defineConfig({
  build: {
    ssr: 'server/main.ts',
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
  },
});
