import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Only the tests that are meant to catch a mistake in the patch engine and the payload: quick ones, run again for each mutant. */
export default defineConfig({
  root: join(import.meta.dirname, '..', '..'),
  test: {
    include: [
      'core/domain/workflow/**/*.test.ts',
      'tests/properties/{ops,lossless,rebase,diff,account}.test.ts',
      // What ComfyUI’s own page answered: the truest judge of a payload.
      'tests/integration/oracle-pairs.test.ts',
    ],
    setupFiles: ['tests/mutation/same-cases.ts'],
    env: { PROPERTY_RUNS: '25' },
    testTimeout: 20_000,
    isolate: false,
  },
});
