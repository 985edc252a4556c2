import { defineConfig } from 'vitest/config';

/** Pure, or with the browser's parts stood in for: files share modules, which to load takes longer than most tests. */
const SHARING = ['shared/**/*.test.ts', 'web/**/*.test.{ts,tsx}', 'docs/**/*.test.ts'];
/** These change what a page has one of: the catalogue that all views speak from, the policy for scripts. */
const OF_ONE_PAGE = ['web/ui/words/**/*.test.ts', 'web/platform/trusted-script-url.test.ts'];
/** With sockets, processes and memory that is measured: each file has a process of its own. */
const APART = ['server/**/*.test.ts', 'bench/**/*.test.ts', 'e2e/**/*.test.ts', ...OF_ONE_PAGE];

export default defineConfig({
  test: {
    environment: 'node',
    unstubGlobals: true,
    maxWorkers: 2,
    testTimeout: 20_000,
    reporters: ['default', 'json'],
    outputFile: { json: '.test-results/unit.json' },
    projects: [
      {
        extends: true,
        test: { name: 'sharing', include: SHARING, exclude: OF_ONE_PAGE, isolate: false },
      },
      { extends: true, test: { name: 'apart', include: APART } },
    ],
  },
});
