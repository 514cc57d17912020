import type { IncomingMessage } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBrowserServer } from '../../core/host/browser/create-browser-server.ts';
import { readPicture } from '../../core/host/browser/read-picture.ts';
import { type Host, createHost } from '../../core/host/create-host.ts';
import { productFolder } from '../../core/host/folders.ts';
import { announceCore } from '../../core/host/mcp-bridge/announce-core.ts';
import { readOrMakeMcpToken } from '../../core/host/mcp-token.ts';
import { type HostMcpOptions, createHostMcp } from '../../core/host/mcp/create-host-mcp.ts';
import { readOrMakeToken } from '../../core/host/read-or-make-token.ts';
import type { McpEndpoint } from '../../core/mcp/create-mcp-endpoint.ts';

/** A whole core with the practice ComfyUI and its MCP endpoint, as `second-unit serve` mounts it. */
export interface StartedEndpoint {
  readonly host: Host;
  readonly endpoint: McpEndpoint;
  readonly port: number;
  /** Where it is served, e.g. "http://127.0.0.1:40001". */
  readonly origin: string;
  /** Address of Streamable HTTP. */
  readonly url: string;
  readonly token: string;
  /** The page's token, which makes an artist. */
  readonly pairingToken: string;
  readonly dataFolder: string;
  close(): Promise<void>;
}

interface StartOptions {
  readonly mcp?: Partial<Omit<HostMcpOptions, 'dataFolder' | 'appVersion'>>;
  /** Looks at a request first. */
  readonly before?: (request: IncomingMessage, token: string) => void;
  /** Kept when it ends; a new one that is not, unless given. */
  readonly dataFolder?: string;
  readonly port?: number;
}

/** Starts it in this process; nobody has a window open on it. */
export async function startEndpoint(options: StartOptions = {}): Promise<StartedEndpoint> {
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'second-unit-mcp-')));
  const appVersion = '0.0.0-test';
  const host = await createHost({
    dataFolder,
    templatesFolder: productFolder('resources/templates'),
    appVersion,
    practiceStepMs: 1,
  });
  await host.connect('practice');
  const endpoint = await createHostMcp(host, { dataFolder, appVersion, ...options.mcp });
  const token = await readOrMakeMcpToken(dataFolder);
  const pairingToken = await readOrMakeToken(dataFolder);
  const server = await createBrowserServer({
    port: options.port ?? 0,
    token: pairingToken,
    pageFolder: null,
    readAsset: (assetId, width) => readPicture(host.assets, assetId, width),
    accept: (transport) => void host.serve(transport, 'artist'),
    mcp: {
      handle: (request, response) => {
        options.before?.(request, token);
        return endpoint.handle(request, response);
      },
      upgrade: (request, socket, head) => endpoint.upgrade(request, socket, head),
    },
  });
  if (!server.ok) throw new Error(server.error.code);
  const { port } = server.value;
  const notice = await announceCore(dataFolder, { port, kind: 'app', version: '' });
  const origin = `http://127.0.0.1:${String(port)}`;
  return {
    host,
    endpoint,
    port,
    origin,
    token,
    pairingToken,
    dataFolder,
    url: `${origin}/mcp`,
    close: async () => {
      await notice.withdraw();
      await endpoint.close();
      await server.value.close();
      await host.close();
      if (options.dataFolder === undefined) await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
