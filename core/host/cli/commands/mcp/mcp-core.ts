import { EXIT, type ExitCode } from '../../../../domain/errors/exit-codes.ts';
import { createBrowserServer } from '../../../browser/create-browser-server.ts';
import { readPicture } from '../../../browser/read-picture.ts';
import type { Host } from '../../../create-host.ts';
import { announceCore, onReplaced } from '../../../mcp-bridge/announce-core.ts';
import { createHostMcp } from '../../../mcp/create-host-mcp.ts';
import { readOrMakeToken } from '../../../read-or-make-token.ts';
import { parseComfyTarget } from '../../parse-comfy-target.ts';
import type { Terminal } from '../../terminal.ts';

/** What `mcp core` was called with. */
export interface McpCoreOptions {
  readonly comfy: string;
  /** Ms without a bridge after which it ends. */
  readonly idleExit: string;
}

interface McpCoreParts {
  readonly host: Host;
  readonly dataFolder: string;
  readonly appVersion: string;
  readonly terminal: Terminal;
  /** Resolves when the process was asked to stop. */
  readonly stopped: Promise<void>;
}

/** A core without a window, for bridges: until the last one has gone, or an app takes its place. */
export async function runMcpCore(options: McpCoreOptions, parts: McpCoreParts): Promise<ExitCode> {
  const { host, dataFolder, appVersion, terminal, stopped } = parts;
  const target = parseComfyTarget(options.comfy);
  if (!target.ok) return terminal.fail(target.error, false);
  const over = Promise.withResolvers<void>();
  const limit = Number(options.idleExit);
  const end = (): void => over.resolve();
  let idle = setTimeout(end, limit);
  const mcp = await createHostMcp(host, {
    dataFolder,
    appVersion,
    // The app brings a core of its own when it is opened.
    hasWindow: false,
    onWires: (count) => {
      clearTimeout(idle);
      if (count === 0) idle = setTimeout(end, limit);
    },
  });
  const server = await createBrowserServer({
    port: 0,
    token: await readOrMakeToken(dataFolder),
    pageFolder: null,
    readAsset: (assetId, width) => readPicture(host.assets, assetId, width),
    accept: null,
    mcp,
  });
  if (!server.ok) return terminal.fail(server.error, false);
  host.setAssetBase(server.value.assetBase);
  const { port } = server.value;
  const notice = await announceCore(dataFolder, {
    port,
    kind: 'headless',
    version: appVersion,
  });
  const replaced = onReplaced(dataFolder, end);
  void host.connect(target.value);
  await Promise.race([over.promise, stopped]);
  clearTimeout(idle);
  replaced.dispose();
  await notice.withdraw();
  await mcp.close();
  await server.value.close();
  return EXIT.ok;
}
