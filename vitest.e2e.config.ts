import { defineConfig } from 'vitest/config';

/** Real browsers against the built page. Two files at a time: most tests wait for limits that they set themselves. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.e2e.ts'],
    environment: 'node',
    globalSetup: 'e2e/global-setup.ts',
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 60_000,
    reporters: ['verbose', 'json'],
    outputFile: { json: '.test-results/e2e.json' },
  },
});
