// `npm run -s mcp:conformance`: the official suites against our endpoint with their fixtures; needs Node 22 or newer.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { notApplicable } from './conformance/not-applicable.ts';
import { type ScenarioResult, readResults } from './conformance/read-results.ts';
import { startConformanceHost } from './conformance-host.ts';

const root = join(import.meta.dirname, '..', '..', 'node_modules');
const current = join(root, '@modelcontextprotocol', 'conformance', 'dist', 'index.js');
const earlier = join(root, 'conformance-2025', 'dist', 'index.js');
const suites = [
  {
    title: '2025-11-25 (0.2.0-alpha.12)',
    suite: current,
    options: ['--requirements', '2025-11-25'],
  },
  {
    title: '2026-07-28 (0.2.0-alpha.12)',
    suite: current,
    options: ['--requirements', '2026-07-28'],
  },
  { title: 'all up to 2025-11-25 (0.1.16)', suite: earlier, options: ['--suite', 'all'] },
] as const;

const folder = await mkdtemp(join(tmpdir(), 'second-unit-conformance-'));
const { url, close } = await startConformanceHost();
let passed = 0;
let failed = 0;
let beside = 0;
try {
  for (const [index, { title, suite, options }] of suites.entries()) {
    const output = join(folder, String(index));
    await run([suite, 'server', '--url', url, ...options, '-o', output]);
    const results = await readResults(output);
    console.log(`\n${title}: ${String(results.length)} scenarios`);
    for (const result of results) report(result);
  }
} finally {
  await close();
  await rm(folder, { recursive: true, force: true });
}
console.log(
  `\n${String(passed)} passed, ${String(failed)} failed, ${String(beside)} not applicable`,
);
// A run that looked at nothing is no pass.
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function report({ scenario, passed: checks, failed: problems }: ScenarioResult): void {
  const reason = notApplicable[scenario];
  if (reason !== undefined) {
    beside += 1;
    console.log(`  n/a     ${scenario}: ${reason}`);
  } else if (problems.length === 0 && checks > 0) {
    passed += 1;
    console.log(`  passed  ${scenario} (${String(checks)} checks)`);
  } else {
    failed += 1;
    console.log(`  FAILED  ${scenario}`);
    for (const problem of problems) console.log(`          ${problem}`);
  }
}

async function run(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  await new Promise<void>((resolve) => child.once('close', () => resolve()));
}
