import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { parseExactJson } from '../../base/exact-json.ts';
import { isJsonObject } from '../../base/json.ts';
import { err, ok } from '../../base/result.ts';
import { type Settings, SettingsSchema } from '../../contract/machine.schema.ts';
import { emptyWorkspace } from '../../domain/session/workspace-reducer.ts';
import type { SettingsRepository } from '../../ports/repositories.ts';
import { toWriteError } from '../system/file-error.ts';

/** Raised together with a migration. */
const SETTINGS_SCHEMA_VERSION = 1;

/** What holds until the artist chooses. */
const defaultSettings: Settings = emptyWorkspace.settings;

/**
 * Settings in one JSON file, written beside it and renamed. A missing or wrong value falls back to
 * its default; a file that cannot be read at all is kept aside as `*.damaged`, and the defaults hold.
 */
export function createSettingsRepository(path: string): SettingsRepository {
  return {
    load: async () => {
      let text: string;
      try {
        text = await readFile(path, 'utf8');
      } catch {
        // Not there yet, or not readable: either way nothing was chosen.
        return defaultSettings;
      }
      const parsed = parseExactJson(text);
      if (parsed.ok && isJsonObject(parsed.value)) return readSettings(parsed.value);
      await rename(path, `${path}.damaged`).catch(() => undefined);
      return defaultSettings;
    },
    save: async (settings) => {
      try {
        await mkdir(dirname(path), { recursive: true });
        const stored = { schemaVersion: SETTINGS_SCHEMA_VERSION, ...settings };
        await writeFileAtomic(path, `${JSON.stringify(stored, null, 2)}\n`);
        return ok(undefined);
      } catch (cause) {
        return err(toWriteError(cause, path));
      }
    },
  };
}

/** Value by value, so that one unknown value of a newer version does not lose the others. */
function readSettings(stored: Readonly<Record<string, unknown>>): Settings {
  const { shape } = SettingsSchema;
  const comfyUrl = shape.comfyUrl.safeParse(stored['comfyUrl']);
  const releaseRuns = shape.releaseRuns.safeParse(stored['releaseRuns']);
  const clientEdits = shape.clientEdits.safeParse(stored['clientEdits']);
  const servers = shape.servers.safeParse(stored['servers']);
  const toolSeconds = shape.toolSeconds.safeParse(stored['toolSeconds']);
  const theme = shape.theme.safeParse(stored['theme']);
  return {
    ...(clientEdits.success && clientEdits.data !== undefined
      ? { clientEdits: clientEdits.data }
      : {}),
    ...(toolSeconds.success && toolSeconds.data !== undefined
      ? { toolSeconds: toolSeconds.data }
      : {}),
    ...(servers.success && servers.data !== undefined ? { servers: servers.data } : {}),
    comfyUrl: comfyUrl.success ? comfyUrl.data : defaultSettings.comfyUrl,
    releaseRuns: releaseRuns.success ? releaseRuns.data : defaultSettings.releaseRuns,
    theme: theme.success ? theme.data : defaultSettings.theme,
  };
}
