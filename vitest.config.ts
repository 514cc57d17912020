import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const timeouts = { testTimeout: 30_000, hookTimeout: 30_000 };
/** Folders without state or side effects: their tests can share a process, which saves starting one for each file. */
const pure = ['core/{base,contract,domain,ports,tools}/**/*.test.ts'];

export default defineConfig({
  test: {
    // Tests of a whole core wait for renders more than they work: one process less than cores, the default, leaves half idle.
    maxWorkers: availableParallelism() + 1,
    projects: [
      { test: { ...timeouts, name: 'pure', include: pure, isolate: false } },
      {
        test: {
          ...timeouts,
          name: 'rest',
          include: [
            'core/**/*.test.ts',
            'electron/**/*.test.ts',
            'renderer/**/*.test.{ts,tsx}',
            'tests/**/*.test.ts',
            'build/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', ...pure],
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['core/**/*.ts', 'electron/main/core-process.ts'],
      // These run in processes of their own, where coverage does not reach: the rest of electron/ and the
      // utility process as built bundles (tests/electron), the terminal commands (tests/integration).
      exclude: [
        '**/*.test.ts',
        '**/*.test-d.ts',
        'core/ports/**',
        'core/host/cli/**',
        'core/host/utility-process.ts',
      ],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { lines: 80, statements: 80, functions: 80, branches: 70 },
    },
  },
});
