import type { JsonObject } from '../../base/json.ts';
import { JsonObjectSchema } from '../../contract/json.schema.ts';
import { type Settings, SettingsSchema } from '../../contract/machine/machine.schema.ts';
import { emptyWorkspace } from '../../domain/session/workspace-reducer.ts';
import type { SettingsRepository } from '../../ports/repositories.ts';
import { createJsonFile } from './json-file.ts';

/** Raised together with a migration. */
const SETTINGS_SCHEMA_VERSION = 1;

/** What holds until the artist chooses. */
const defaultSettings: Settings = emptyWorkspace.settings;

/** Settings in one JSON file; a missing or wrong value falls back to its default. */
export function createSettingsRepository(path: string): SettingsRepository {
  const file = createJsonFile(path);
  return {
    load: async () => (await file.read(readSettings)) ?? defaultSettings,
    save: (settings) =>
      file.write({ schemaVersion: SETTINGS_SCHEMA_VERSION, ...JsonObjectSchema.parse(settings) }),
  };
}

/** Value by value, so that one unknown value of a newer version does not lose the others. */
function readSettings(stored: JsonObject): Settings {
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
