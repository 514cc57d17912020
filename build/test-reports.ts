import { existsSync, readFileSync } from 'node:fs';

/** What a test runner's report comes to; `skipped` holds names, which say why. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
}

/** A runner that wrote no report has not run: one failure. */
const NOT_RUN: TestCounts = { passed: 0, failed: 1, skipped: [] };

interface VitestReport {
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Counts vitest's JSON report; a file that could not be loaded is one failure. */
export function readVitestReport(path: string): TestCounts {
  const report = readJson(path) as VitestReport | undefined;
  if (report === undefined) return NOT_RUN;
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const failedTests = tests.filter((test) => test.status === 'failed').length;
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: failedTests + brokenFiles,
    skipped: tests
      .filter((test) => test.status !== 'passed' && test.status !== 'failed')
      .map((test) => test.fullName),
  };
}

interface PlaywrightSuite {
  readonly title: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly tests: readonly {
      readonly status: string;
      readonly projectName: string;
      readonly annotations: readonly { readonly type: string; readonly description?: string }[];
    }[];
  }[];
}

interface PlaywrightReport {
  readonly suites: readonly PlaywrightSuite[];
  readonly errors: readonly unknown[];
}

/** Counts Playwright's JSON report; a test that passed only on a retry is a failure. */
export function readPlaywrightReport(path: string): TestCounts {
  const report = readJson(path) as PlaywrightReport | undefined;
  if (report === undefined) return NOT_RUN;
  const tests = report.suites.flatMap(testsOf);
  return {
    passed: tests.filter((test) => test.status === 'expected').length,
    failed:
      tests.filter((test) => test.status === 'unexpected' || test.status === 'flaky').length +
      report.errors.length,
    skipped: tests.filter((test) => test.status === 'skipped').map((test) => test.name),
  };
}

function testsOf(suite: PlaywrightSuite): readonly { readonly status: string; name: string }[] {
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests.map(({ status, projectName, annotations }) => {
      const why = annotations.find(({ type }) => type === 'skip')?.description;
      const reason = why === undefined ? '' : ` (${why})`;
      return { status, name: `[${projectName}] ${suite.title}: ${spec.title}${reason}` };
    }),
  );
  return [...own, ...(suite.suites ?? []).flatMap(testsOf)];
}

function readJson(path: string): unknown {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}
