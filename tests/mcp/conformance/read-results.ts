import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What one scenario came to. */
export interface ScenarioResult {
  readonly scenario: string;
  /** Checks by their outcome. */
  readonly passed: number;
  readonly failed: readonly string[];
}

interface Check {
  readonly id: string;
  readonly status: string;
  readonly errorMessage?: string;
}

/** Reads what a suite wrote: one folder per scenario, `server-<scenario>-<time>`. */
export async function readResults(folder: string): Promise<readonly ScenarioResult[]> {
  const names = await readdir(folder);
  return Promise.all(
    names.sort().map(async (name): Promise<ScenarioResult> => {
      const text = await readFile(join(folder, name, 'checks.json'), 'utf8');
      const checks = JSON.parse(text) as readonly Check[];
      const failed = checks.filter(({ status }) => status === 'FAILURE');
      return {
        scenario: name.replace(/^server-/, '').replace(/-\d{4}-\d\d-\d\dT[\dA-Z-]+$/, ''),
        passed: checks.filter(({ status }) => status === 'SUCCESS').length,
        failed: failed.map(({ id, errorMessage }) => `${id}: ${errorMessage ?? 'failed'}`),
      };
    }),
  );
}
