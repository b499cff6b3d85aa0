import { defineConfig } from 'vitest/config';

const report = process.env.FLAWMAP_TEST_REPORT;

// Unit tests stand beside the code they test; tests that cross folders live in test/.
// System tests (real processes, servers, the packed tarball) end in .system.test.ts and run
// with `npm run test:system`.
export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // CI adds up the reports to be sure that nothing was skipped.
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'web/**/*.test.ts'],
          exclude: ['**/*.system.test.ts', 'node_modules/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['test/**/*.system.test.ts'],
          testTimeout: 600_000,
        },
      },
    ],
  },
});
