// `npm start`: the desktop app where Electron is installed, else browser mode; says which and why.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildPageIfStale } from './build-page.ts';
import { findElectron } from './find-electron.ts';

const root = join(import.meta.dirname, '..');
const options = process.argv.slice(3);
const electron = findElectron(join(root, 'node_modules', 'electron'), process.env);
const page = await buildPageIfStale();
if (page === 'built') console.log('The page was built anew.');
if (electron.found) {
  console.log(`Second Unit as a desktop app: Electron is at ${electron.path}.`);
  if (!existsSync(join(root, 'out', 'main', 'main.js'))) {
    console.log('Building the app first…');
    await ended(run(join(root, 'node_modules', '.bin', 'electron-vite'), ['build']));
  }
  run(electron.path, [root, ...options]);
} else {
  console.log(`Second Unit in your browser, because Electron is not here: ${electron.reason}.`);
  run(process.execPath, [join(root, 'core/host/cli/second-unit.ts'), 'serve', ...options]);
}

function run(command: string, args: readonly string[]): ChildProcess {
  const child = spawn(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32' && !command.endsWith('.exe'),
  });
  // The terminal sends Ctrl+C to the child as well; what only reaches us is passed on.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => {
    if (signal !== null || code !== 0) process.exitCode = code ?? 1;
  });
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  await new Promise((resolve) => child.once('exit', resolve));
}
