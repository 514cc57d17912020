import { err, ok } from '../../base/result.ts';
import type { Agent } from '../../agent/create-agent.ts';
import { appError } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/wire/server.ts';
import { CONTRACT_VERSION } from '../../contract/version.ts';
import { redactText } from '../../domain/failure/redact-text.ts';
import type { Assets } from '../../ports/assets.ts';
import type { ComfyCli } from '../../ports/comfy-cli.ts';
import type { AnyTool } from '../../tools/define-tool.ts';
import { toToolListing } from '../../tools/to-model-tool.ts';
import type { ListedServers } from '../servers/name-servers.ts';
import type { HostConnection } from './connection.ts';
import { createComfyCliHandlers } from './comfy-cli-handlers.ts';
import { type McpHandlerParts, createMcpHandlers } from './mcp-handlers.ts';
import { createServerHandlers } from './server-handlers.ts';
import { createMachineHandlers } from './machine-handlers.ts';
import { createBatchHandlers } from './batch-handlers.ts';
import { createSessionHandlers } from './session-handlers.ts';
import { createShownSessions } from './shown-sessions.ts';
import { createTurnHandlers } from './turn-handlers.ts';
import { createWorkflowHandlers } from './workflow-handlers.ts';

const MAX_LOG_LINES = 400;

interface HandlerParts {
  readonly agent: Agent;
  readonly assets: Assets;
  readonly tools: readonly AnyTool[];
  readonly appVersion: string;
  readonly assetBase: () => string;
  readonly discover: () => Promise<ListedServers>;
  readonly comfyCli: ComfyCli;
  readonly mcp: McpHandlerParts;
}

/** One handler per method of the contract. */
export function createHandlers(parts: HandlerParts): Handlers<HostConnection> {
  const { agent, assets, tools, appVersion, assetBase } = parts;
  const shown = createShownSessions();
  return {
    'core/hello': async ({ version, client }, connection) => {
      if (version !== CONTRACT_VERSION) {
        return err(
          appError('contract/version-mismatch', { core: CONTRACT_VERSION, client: version }),
        );
      }
      connection.name = client;
      const { role } = connection;
      const platform = process.platform;
      return ok({ version, role, appVersion, assetBase: assetBase(), platform });
    },
    ...createMachineHandlers(agent),
    ...createSessionHandlers(agent, shown),
    ...createWorkflowHandlers(agent, assets),
    ...createBatchHandlers(agent),
    ...createTurnHandlers(agent, shown),
    'tool/list': async () => ok({ tools: tools.map(toToolListing) }),
    ...createComfyCliHandlers(parts.comfyCli),
    ...createServerHandlers(agent, parts.discover),
    ...createMcpHandlers(parts.mcp),
    'comfy/log': async () => {
      const comfy = agent.link.ready();
      if (!comfy.ok) return comfy;
      const lines = await comfy.value.logLines();
      return lines.ok ? ok({ lines: lines.value.slice(-MAX_LOG_LINES).map(redactText) }) : lines;
    },
    'settings/set': async (change) => {
      // An absent key keeps its value; zod leaves it out, the type does not say so.
      const given = Object.fromEntries(
        Object.entries(change).filter(([, value]) => value !== undefined),
      );
      const { comfyUrl } = change;
      const kept = typeof comfyUrl === 'string' ? await agent.servers.keepAddress(comfyUrl) : null;
      if (kept !== null && !kept.ok) return kept;
      const address = kept === null ? {} : { comfyUrl: kept.value };
      const settings = await agent.changeSettings({ ...given, ...address });
      return settings.ok ? ok({ settings: settings.value }) : settings;
    },
  };
}
