import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPlaywrightReport, readVitestReport } from './test-reports.ts';

describe('counting tests', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'second-unit-reports-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const write = (value: unknown): string => {
    const path = join(folder, 'report.json');
    writeFileSync(path, JSON.stringify(value));
    return path;
  };

  it('takes a report that was never written for a failure', () => {
    expect(readVitestReport(join(folder, 'none.json')).failed).toBe(1);
    expect(readPlaywrightReport(join(folder, 'none.json')).failed).toBe(1);
  });

  it('counts a test file that could not be loaded as a failure', () => {
    const test = (status: string) => ({ status, fullName: `a ${status} test` });
    const path = write({
      testResults: [
        { status: 'failed', assertionResults: [] },
        { status: 'failed', assertionResults: [test('failed'), test('passed')] },
        { status: 'passed', assertionResults: [test('passed'), test('skipped')] },
      ],
    });
    expect(readVitestReport(path)).toEqual({ passed: 2, failed: 2, skipped: ['a skipped test'] });
  });

  it('says why a browser test was skipped, and does not take a lucky retry for a pass', () => {
    const test = (status: string, description?: string) => ({
      title: `a ${status} spec`,
      tests: [
        {
          status,
          projectName: 'browser',
          annotations: description === undefined ? [] : [{ type: 'skip', description }],
        },
      ],
    });
    const path = write({
      errors: [],
      suites: [
        {
          title: 'main-path.spec.ts',
          specs: [test('expected'), test('flaky')],
          suites: [{ title: 'inner', specs: [test('skipped', 'no Electron'), test('unexpected')] }],
        },
      ],
    });
    expect(readPlaywrightReport(path)).toEqual({
      passed: 1,
      failed: 2,
      skipped: ['[browser] inner: a skipped spec (no Electron)'],
    });
  });
});
