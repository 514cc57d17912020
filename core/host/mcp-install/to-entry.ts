import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { productFolder } from '../folders.ts';
import type { McpClient } from './clients.ts';
import type { ServerEntry } from './install-client.ts';

/** How a client starts the bridge: the built one where there is one, since that starts in a fraction of the time. */
export function toEntry(client: Pick<McpClient, 'namesType'>, dataFolder?: string): ServerEntry {
  const built = productFolder('out/mcp/bridge.js');
  const script = existsSync(built)
    ? [built]
    : [productFolder('core/host/cli/second-unit.ts'), 'mcp'];
  const data = dataFolder === undefined ? [] : ['--data', resolve(dataFolder)];
  return {
    ...(client.namesType ? { type: 'stdio' } : {}),
    command: process.execPath,
    args: [...script, ...data],
    // The desktop app's own program is Electron, which is a plain Node only when it is told so.
    ...('electron' in process.versions ? { env: { ELECTRON_RUN_AS_NODE: '1' } } : {}),
  };
}
