import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'shared/**/*.test.ts',
      'server/**/*.test.ts',
      'web/**/*.test.{ts,tsx}',
      'e2e/**/*.test.ts',
      'docs/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
    environment: 'node',
    unstubGlobals: true,
    maxWorkers: 2,
    testTimeout: 20_000,
    reporters: ['default', 'json'],
    outputFile: { json: '.test-results/unit.json' },
  },
});
