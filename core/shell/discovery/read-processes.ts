import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import type { Candidate } from './candidate.ts';
import { addressOfLaunch, splitCommandLine } from './parse-launch.ts';

const PATIENCE_MS = 900;

/** Addresses of running `main.py` processes, by their command lines; none where they cannot be listed. */
export async function readRunningAddresses(
  platform: NodeJS.Platform = process.platform,
): Promise<readonly Candidate[]> {
  const commands = platform === 'linux' ? await fromProc() : await fromCommand(platform);
  const urls = commands.flatMap((args) => addressOfLaunch(args) ?? []);
  return [...new Set(urls)].map((url) => ({ url, source: 'process' }));
}

async function fromProc(): Promise<readonly (readonly string[])[]> {
  const names = await readdir('/proc').catch(() => []);
  const ids = names.filter((name) => /^\d+$/.test(name));
  const texts = await Promise.all(
    // Processes end while they are listed.
    ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')),
  );
  return texts.map((text) => text.split('\0').filter((part) => part !== ''));
}

async function fromCommand(platform: NodeJS.Platform): Promise<readonly (readonly string[])[]> {
  const text =
    platform === 'win32'
      ? await output('powershell.exe', [
          '-NoProfile',
          '-NonInteractive',
          '-Command',
          'Get-CimInstance Win32_Process -Filter "Name like \'python%\'" | ForEach-Object CommandLine',
        ])
      : await output('/bin/ps', ['-axww', '-o', 'command=']);
  return text.split(/\r?\n/).map(splitCommandLine);
}

function output(file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const options = { timeout: PATIENCE_MS, maxBuffer: 8 * 1024 * 1024, windowsHide: true };
    // What was printed before it failed or took too long still counts.
    execFile(file, args, options, (_error, stdout) => resolve(stdout));
  });
}
