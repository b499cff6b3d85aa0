import { defineConfig } from 'vitest/config';

const report = process.env.FLAWMAP_TEST_REPORT;

const UNIT = ['src/**/*.test.ts', 'test/**/*.test.ts', 'web/**/*.test.ts'];
const MOCKED = ['src/**/*.mocked.test.ts'];
const SYSTEM = ['test/**/*.system.test.ts'];
const DOCS = ['test/docs/*.docs.test.ts'];

// Unit tests stand beside the code they test; tests that cross folders live in test/. They share
// their modules, because loading them anew for every file takes longer than the tests. Those that
// replace a module end in .mocked.test.ts and have their modules to themselves. System tests (real
// processes, servers, the packed tarball) end in .system.test.ts and run with `npm run test:system`;
// what runs the documentation ends in .docs.test.ts, as a part of `npm run examples`.
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
          isolate: false,
          include: UNIT,
          exclude: [...MOCKED, ...SYSTEM, ...DOCS, 'node_modules/**'],
        },
      },
      { extends: true, test: { name: 'mocked', include: MOCKED } },
      {
        extends: true,
        test: {
          name: 'system',
          include: SYSTEM,
          testTimeout: 600_000,
        },
      },
      { extends: true, test: { name: 'docs', include: DOCS, testTimeout: 600_000 } },
    ],
  },
});
