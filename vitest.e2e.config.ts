import { defineConfig } from 'vitest/config';

/** Real browsers against the built page. One file at a time: the machine's cores belong to the tabs. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.e2e.ts'],
    environment: 'node',
    globalSetup: 'e2e/global-setup.ts',
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 60_000,
    reporters: ['verbose', 'json'],
    outputFile: { json: '.test-results/e2e.json' },
  },
});
