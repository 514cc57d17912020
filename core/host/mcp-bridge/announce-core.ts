import { rm } from 'node:fs/promises';
import { unwatchFile, watchFile } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { type Disposable, toDisposable } from '../../base/disposable.ts';
import { mcpTokenPath } from '../mcp-token.ts';
import {
  type CoreNotice,
  coreNoticePath,
  isRunning,
  readCoreNotice,
  removeCoreNotice,
  writeCoreNotice,
} from './core-notice.ts';

const LOOK_EVERY = 50;
/** How long a core without a window may take to finish what it writes, ms. */
const RETIRE_LIMIT = 3_000;
const WATCH_EVERY = 250;

/** Tells bridges where this core is until it ends. */
export async function announceCore(
  dataFolder: string,
  notice: Omit<CoreNotice, 'pid' | 'tokenFile'> & { readonly tokenFile?: string },
): Promise<{ withdraw(): Promise<void> }> {
  const { pid } = process;
  await writeCoreNotice(dataFolder, {
    ...notice,
    tokenFile: mcpTokenPath(dataFolder),
    pid,
  });
  return { withdraw: () => removeCoreNotice(dataFolder, pid) };
}

/**
 * Before an app opens a data folder: a core without a window that a bridge started there gives way, since
 * only one core may write a session's log. Its clients find the app by themselves.
 */
export async function retireHeadlessCore(dataFolder: string): Promise<void> {
  const notice = await readCoreNotice(dataFolder);
  if (notice?.kind !== 'headless' || notice.pid === process.pid) return;
  await rm(coreNoticePath(dataFolder), { force: true });
  for (let waited = 0; waited < RETIRE_LIMIT && isRunning(notice.pid); waited += LOOK_EVERY) {
    await wait(LOOK_EVERY);
  }
}

/** Calls back once when this core's notice is not its own any more: an app has come, and takes over. */
export function onReplaced(dataFolder: string, callback: () => void): Disposable {
  const path = coreNoticePath(dataFolder);
  const stop = (): void => unwatchFile(path, look);
  const look = (): void => {
    void readCoreNotice(dataFolder).then((notice) => {
      if (notice?.pid === process.pid) return;
      stop();
      callback();
    });
  };
  watchFile(path, { interval: WATCH_EVERY }, look);
  return toDisposable(stop);
}
