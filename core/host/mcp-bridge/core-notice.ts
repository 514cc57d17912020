import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a running core can be found; written by the core, read by bridges of the same person. */
export interface CoreNotice {
  /** Port on 127.0.0.1. */
  readonly port: number;
  readonly pid: number;
  /** `app`: somebody has a window on it. `headless`: a bridge started it, and an app may take its place. */
  readonly kind: 'app' | 'headless';
  /** File with the MCP token, absolute. */
  readonly tokenFile: string;
  readonly version: string;
}

/** The notice's file in a data folder. */
export function coreNoticePath(dataFolder: string): string {
  return join(dataFolder, 'core.json');
}

/** Tells bridges where this core is. */
export async function writeCoreNotice(dataFolder: string, notice: CoreNotice): Promise<void> {
  const path = coreNoticePath(dataFolder);
  const temporary = `${path}.${String(process.pid)}`;
  await writeFile(temporary, JSON.stringify(notice), { mode: 0o600 });
  await rename(temporary, path);
}

/** The running core's notice; undefined when there is none, or its process is gone. */
export async function readCoreNotice(dataFolder: string): Promise<CoreNotice | undefined> {
  const text = await readFile(coreNoticePath(dataFolder), 'utf8').catch(() => undefined);
  const notice = text === undefined ? undefined : parseNotice(text);
  return notice !== undefined && isRunning(notice.pid) ? notice : undefined;
}

/** Takes the notice back, unless another core has put up its own meanwhile. */
export async function removeCoreNotice(dataFolder: string, pid: number): Promise<void> {
  const notice = await readCoreNotice(dataFolder);
  if (notice?.pid === pid) await rm(coreNoticePath(dataFolder), { force: true });
}

/** True while a process of that number lives; it may belong to somebody else by now. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function parseNotice(text: string): CoreNotice | undefined {
  try {
    const value = JSON.parse(text) as Partial<Record<keyof CoreNotice, unknown>> | null;
    if (value === null || typeof value !== 'object') return undefined;
    const { port, pid, kind, tokenFile, version } = value;
    if (!isPositive(port) || !isPositive(pid) || typeof tokenFile !== 'string') return undefined;
    return {
      port,
      pid,
      kind: kind === 'headless' ? 'headless' : 'app',
      tokenFile,
      version: typeof version === 'string' ? version : '',
    };
  } catch {
    // Half a file, or another product's: as if there were none.
    return undefined;
  }
}

function isPositive(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}
