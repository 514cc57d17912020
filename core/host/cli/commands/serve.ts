import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '../../../contract/machine/machine.schema.ts';
import { EXIT, type ExitCode } from '../../../domain/errors/exit-codes.ts';
import { oneLine } from '../../../domain/errors/plain-error.ts';
import { createBrowserServer } from '../../browser/create-browser-server.ts';
import { readPicture } from '../../browser/read-picture.ts';
import type { Host } from '../../create-host.ts';
import { announceCore } from '../../mcp-bridge/announce-core.ts';
import { mcpTokenPath } from '../../mcp-token.ts';
import { createHostMcp } from '../../mcp/create-host-mcp.ts';
import { readOrMakeToken } from '../../read-or-make-token.ts';
import { parseComfyTarget } from '../parse-comfy-target.ts';
import type { Terminal } from '../terminal.ts';

/** What `serve` was called with. */
export interface ServeOptions {
  readonly port: number;
  readonly comfy: string;
  readonly page: string;
  readonly json?: boolean;
}

interface ServeParts {
  readonly host: Host;
  readonly appVersion: string;
  readonly dataFolder: string;
  readonly terminal: Terminal;
  /** Resolves when the process was asked to stop. */
  readonly stopped: Promise<void>;
}

/** Browser mode: the core and its page on loopback, until stopped. */
export async function serveBrowser(options: ServeOptions, parts: ServeParts): Promise<ExitCode> {
  const { host, appVersion, dataFolder, terminal, stopped } = parts;
  const json = options.json === true;
  const target = parseComfyTarget(options.comfy);
  if (!target.ok) return terminal.fail(target.error, json);
  if (!existsSync(join(options.page, 'index.html'))) {
    terminal.note(`The page is not built yet (${options.page}). Build it with: npm run build`);
    return EXIT.badInput;
  }
  const mcp = await createHostMcp(host, { dataFolder, appVersion });
  const server = await createBrowserServer({
    port: options.port,
    token: await readOrMakeToken(dataFolder),
    pageFolder: options.page,
    readAsset: (assetId, width) => readPicture(host.assets, assetId, width),
    accept: (transport) => void host.serve(transport, 'artist'),
    mcp,
  });
  if (!server.ok) {
    await mcp.close();
    return terminal.fail(server.error, json);
  }
  host.setAssetBase(server.value.assetBase);
  const { url, port } = server.value;
  const mcpUrl = `http://127.0.0.1:${String(port)}/mcp`;
  host.setMcp({ url: mcpUrl });
  const tokenFile = mcpTokenPath(dataFolder);
  const notice = await announceCore(dataFolder, {
    port,
    kind: 'app',
    tokenFile,
    version: appVersion,
  });
  if (!json) {
    terminal.print('Second Unit in browser mode. Open this address on this machine:');
    terminal.print(`  ${url}`);
    terminal.print(`MCP clients: ${mcpUrl} (token in ${tokenFile})`);
  }
  await host.connect(target.value);
  const { connection } = host.agent.workspace.state;
  if (json) terminal.printJson({ url, port, mcpUrl, connection });
  else for (const line of describeConnection(connection)) terminal.print(line);
  await stopped;
  if (!json) terminal.print('Stopped. Everything is saved.');
  await notice.withdraw();
  await mcp.close();
  await server.value.close();
  return EXIT.ok;
}

/** Says what the core is connected to, and what that means. */
export function describeConnection(connection: Connection): readonly string[] {
  const { status, url, version, nodeClassCount, error, isPractice } = connection;
  if (isPractice) {
    return [
      `ComfyUI: none found, so this is the built-in practice ComfyUI at ${url ?? '?'} (pictures are marked as practice).`,
      'Assistant: built-in (no key needed).',
    ];
  }
  if (status === 'ready' || status === 'degraded') {
    const classes = nodeClassCount === undefined ? '' : `, ${String(nodeClassCount)} node classes`;
    return [
      `ComfyUI: ${url ?? '?'} (version ${version ?? 'unknown'}${classes}).`,
      'Assistant: built-in (no key needed).',
    ];
  }
  const why = error === undefined ? '' : ` ${oneLine(error)}`;
  return [`ComfyUI: not connected.${why}`, 'Assistant: built-in (no key needed).'];
}
