import { err, ok } from '../../base/result.ts';
import type { SeenClient } from '../../contract/mcp.schema.ts';
import type { Handlers } from '../../contract/wire/server.ts';
import { toWriteError } from '../../shell/system/file-error.ts';
import { defaultDataFolder } from '../folders.ts';
import { clientNames, findClient } from '../mcp-install/clients.ts';
import { installEntry, uninstallEntry } from '../mcp-install/install-client.ts';
import { lookAtClient } from '../mcp-install/look-at-client.ts';
import { toEntry } from '../mcp-install/to-entry.ts';
import { mcpTokenPath, rotateMcpToken } from '../mcp-token.ts';
import type { HostConnection } from './connection.ts';

type McpMethods = 'mcp/status' | 'mcp/install' | 'mcp/rotate-token';

/** Where this core's MCP endpoint is, once there is one. */
export interface McpPlace {
  /** Address of Streamable HTTP. */
  readonly url: string | null;
  /** Who asked lately, newest first. */
  readonly seen: () => readonly SeenClient[];
}

/** What the handlers need. */
export interface McpHandlerParts {
  readonly dataFolder: string;
  readonly place: () => McpPlace;
}

/** Other programs that work with us: the artist's to connect, and to lock out. */
export function createMcpHandlers({
  dataFolder,
  place,
}: McpHandlerParts): Pick<Handlers<HostConnection>, McpMethods> {
  return {
    'mcp/status': async () =>
      ok({
        url: place().url,
        tokenFile: mcpTokenPath(dataFolder),
        clients: await Promise.all(clientNames.map(lookAtClient)),
        seen: [...place().seen()],
      }),
    'mcp/install': async ({ client: name, undo }) => {
      const client = findClient(name);
      const edit = undo === true ? uninstallEntry : installEntry;
      // Only a data folder of its own has to be named.
      const entry = toEntry(client, dataFolder === defaultDataFolder() ? undefined : dataFolder);
      const outcome = await edit(client.configPath, client.entryPath, entry);
      if (!outcome.ok) return outcome;
      return ok({ outcome: outcome.value, client: await lookAtClient(name) });
    },
    'mcp/rotate-token': async () => {
      try {
        await rotateMcpToken(dataFolder);
        return ok({});
      } catch (cause) {
        return err(toWriteError(cause, mcpTokenPath(dataFolder)));
      }
    },
  };
}
