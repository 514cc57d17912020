// `npm test`: every check and every test, one summary line at the end. Exit 0 only when nothing failed.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type TestCounts, readPlaywrightReport, readVitestReport } from './test-reports.ts';

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

const root = join(import.meta.dirname, '..');
const results = join(root, 'test-results');
const vitestReport = join(results, 'vitest.json');
const playwrightReport = join(results, 'playwright.json');
const tsc = 'typescript/bin/tsc';
/** Tests start the program some two hundred times: what was compiled once need not be compiled each time. */
const NODE_COMPILE_CACHE = join(root, 'node_modules', '.cache', 'node-compile');

const checks: readonly Step[] = [
  { name: 'format', command: ['prettier/bin/prettier.cjs', '--check', '.'] },
  { name: 'lint', command: ['eslint/bin/eslint.js', '.', '--max-warnings', '0'] },
  { name: 'types', command: [tsc, '-p', 'tsconfig.json'] },
  { name: 'types of the pure folders', command: [tsc, '-p', 'tsconfig.pure.json'] },
  { name: 'architecture', command: ['../build/gates/check-architecture.ts'] },
  { name: 'tree', command: ['../build/gates/check-tree.ts'] },
  { name: 'generated docs', command: ['../build/gates/generate-docs.ts', '--check'] },
  { name: 'build', command: ['electron-vite/bin/electron-vite.js', 'build'] },
  { name: 'build of the MCP bridge', command: ['../build/build-bridge.ts'] },
];
const vitest: Step = {
  name: 'vitest',
  command: [
    'vitest/vitest.mjs',
    'run',
    '--coverage',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${vitestReport}`,
  ],
  environment: { NODE_COMPILE_CACHE },
};
const playwright: Step = {
  name: 'playwright',
  command: ['@playwright/test/cli.js', 'test', '--reporter=list,json'],
  environment: { NODE_COMPILE_CACHE, PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport },
};

rmSync(vitestReport, { force: true });
rmSync(playwrightReport, { force: true });
mkdirSync(results, { recursive: true });
const failed: string[] = [];
await runChecks();
await runTests(vitest);
const unit = readVitestReport(vitestReport);
await runTests(playwright);
const endToEnd = readPlaywrightReport(playwrightReport);
summarise([unit, endToEnd]);

/** The checks, two at a time; each one's output is shown whole when it ends. */
async function runChecks(): Promise<void> {
  const waiting = [...checks];
  const worker = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const startedAt = performance.now();
      const { code, output } = await run(step, 'pipe');
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${step.name} (${seconds} s)`);
      if (code !== 0) {
        failed.push(step.name);
        console.log(output);
      }
    }
  };
  await Promise.all([worker(), worker()]);
}

async function runTests(step: Step): Promise<void> {
  console.log(`\n── ${step.name}`);
  const { code } = await run(step, 'inherit');
  if (code !== 0) failed.push(step.name);
}

async function run(
  step: Step,
  output: 'pipe' | 'inherit',
): Promise<{ readonly code: number | null; readonly output: string }> {
  const [script = '', ...options] = step.command;
  const child = spawn(process.execPath, [join(root, 'node_modules', script), ...options], {
    cwd: root,
    env: { ...process.env, ...step.environment },
    stdio: ['ignore', output, output],
  });
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  return { code, output: Buffer.concat(chunks).toString('utf8') };
}

function summarise(reports: readonly TestCounts[]): void {
  const skipped = reports.flatMap((report) => report.skipped);
  if (skipped.length > 0) console.log('\nSkipped:');
  for (const name of skipped) console.log(`  ${name}`);
  if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`);
  const passed = reports.reduce((sum, report) => sum + report.passed, 0);
  const failedTests = reports.reduce((sum, report) => sum + report.failed, 0);
  // A check that fails without a failing test counts too: the line is never green over it.
  const failures = Math.max(failedTests + failed.filter(isCheck).length, failed.length);
  process.exitCode = failures === 0 ? 0 : 1;
  console.log(
    `\n${String(passed)} passed, ${String(failures)} failed, ${String(skipped.length)} skipped`,
  );
}

function isCheck(name: string): boolean {
  return name !== vitest.name && name !== playwright.name;
}
