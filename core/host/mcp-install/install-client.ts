import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import { toReadError, toWriteError } from '../../shell/system/file-error.ts';
import { type EntryPath, putEntry, removeEntry } from './edit-entry.ts';
import type { JsonTextError } from './json-text.ts';

/** How a client is to start the bridge. */
export type ServerEntry = Readonly<Record<string, unknown>>;

/** What was done to a client's settings. */
export type InstallOutcome = 'added' | 'replaced' | 'unchanged' | 'removed' | 'restored';

/** Where the settings are kept as they were before. */
export function backupPath(configPath: string): string {
  return `${configPath}.before-second-unit`;
}

/** Adds the entry to a client's settings; what was there before is kept beside them first. */
export async function installEntry(
  configPath: string,
  path: EntryPath,
  entry: ServerEntry,
): Promise<Result<InstallOutcome, AppError>> {
  const before = await readText(configPath);
  if (!before.ok) return before;
  const text = before.value ?? '';
  const after = putEntry(text, path, entry);
  if (!after.ok) return err(notReadable(configPath, after.error));
  if (after.value === text) return ok('unchanged');
  const without = removeEntry(text, path);
  const hadEntry = without.ok && without.value !== text;
  // A second install must not overwrite what was there before the first.
  const backup = hadEntry ? await readText(backupPath(configPath)) : ok(undefined);
  if (before.value !== undefined && backup.ok && backup.value === undefined) {
    const kept = await writeText(backupPath(configPath), text);
    if (!kept.ok) return kept;
  }
  const written = await writeText(configPath, after.value);
  return written.ok ? ok(hadEntry ? 'replaced' : 'added') : written;
}

/**
 * Takes the entry out again. Settings that nobody else has touched since become what they were, byte for
 * byte; otherwise only the entry goes.
 */
export async function uninstallEntry(
  configPath: string,
  path: EntryPath,
  entry: ServerEntry,
): Promise<Result<InstallOutcome, AppError>> {
  const now = await readText(configPath);
  if (!now.ok) return now;
  const backup = await readText(backupPath(configPath));
  if (!backup.ok) return backup;
  if (now.value === undefined) return ok('unchanged');
  const asInstalled = putEntry(backup.value ?? '', path, entry);
  if (asInstalled.ok && asInstalled.value === now.value) {
    const restored =
      backup.value === undefined
        ? await remove(configPath)
        : await writeText(configPath, backup.value);
    return restored.ok ? finish(configPath, 'restored') : restored;
  }
  const after = removeEntry(now.value, path);
  if (!after.ok) return err(notReadable(configPath, after.error));
  if (after.value === now.value) return ok('unchanged');
  const written = await writeText(configPath, after.value);
  return written.ok ? finish(configPath, 'removed') : written;
}

async function finish(
  configPath: string,
  outcome: InstallOutcome,
): Promise<Result<InstallOutcome, AppError>> {
  const removed = await remove(backupPath(configPath));
  return removed.ok ? ok(outcome) : removed;
}

async function readText(path: string): Promise<Result<string | undefined, AppError>> {
  try {
    return ok(await readFile(path, 'utf8'));
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    return isMissing ? ok(undefined) : err(toReadError(cause, path));
  }
}

async function writeText(path: string, text: string): Promise<Result<void, AppError>> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomic(path, text);
    return ok(undefined);
  } catch (cause) {
    return err(toWriteError(cause, path));
  }
}

async function remove(path: string): Promise<Result<void, AppError>> {
  try {
    await rm(path, { force: true });
    return ok(undefined);
  } catch (cause) {
    return err(toWriteError(cause, path));
  }
}

function notReadable(path: string, { line, what }: JsonTextError): AppError {
  const reason = `line ${String(line)} is not valid JSON: ${what}. Nothing was changed`;
  return appError('file/unreadable', { path, reason });
}
