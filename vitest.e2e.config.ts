import { defineConfig } from 'vitest/config';

/** Held to seconds that people notice: nothing else may use the machine meanwhile. */
const ALONE = ['e2e/kills.e2e.ts', 'e2e/link-at-once.e2e.ts'];

/**
 * Real browsers against the built page. Two files at a time: most tests wait for limits that they set themselves. The
 * files of a worker share modules and browsers, which to load and start takes as long as many a test.
 */
export default defineConfig({
  test: {
    globalSetup: 'e2e/global-setup.ts',
    reporters: ['verbose', 'json'],
    outputFile: { json: '.test-results/e2e.json' },
    environment: 'node',
    isolate: false,
    testTimeout: 180_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'two at a time',
          include: ['e2e/**/*.e2e.ts'],
          exclude: ALONE,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: ALONE, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
