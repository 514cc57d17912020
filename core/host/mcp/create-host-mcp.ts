import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type McpEndpoint, createMcpEndpoint } from '../../mcp/create-mcp-endpoint.ts';
import type { McpEndpointParts } from '../../mcp/endpoint-parts.ts';
import { createClock } from '../../shell/system/create-clock.ts';
import { readPicture } from '../browser/read-picture.ts';
import type { Host } from '../create-host.ts';
import { productFolder } from '../folders.ts';
import { createMcpTokenCheck, readOrMakeMcpToken } from '../mcp-token.ts';
import { createConsent } from './create-consent.ts';

/** What a host's MCP endpoint is made with; tests may change any part of it. */
export interface HostMcpOptions extends Partial<
  Pick<
    McpEndpointParts,
    'surface' | 'limits' | 'extras' | 'time' | 'onWires' | 'readChangeApp' | 'hasWindow'
  >
> {
  readonly dataFolder: string;
  readonly appVersion: string;
}

/** A host's MCP endpoint, with the token of its data folder (made when there is none). */
export async function createHostMcp(
  host: Host,
  { dataFolder, appVersion, ...more }: HostMcpOptions,
): Promise<McpEndpoint> {
  await readOrMakeMcpToken(dataFolder);
  const endpoint = createMcpEndpoint({
    appVersion,
    connect: () => host.openClient('agent'),
    consent: createConsent(host),
    readPicture: (assetId, width) => readPicture(host.assets, assetId, width),
    readChangeApp: createChangeAppReader(),
    isToken: createMcpTokenCheck(dataFolder),
    time: createClock(),
    newId: () => randomUUID(),
    secret: randomBytes(32),
    onUnexpected: (cause) => host.log.unexpected('an MCP request failed', cause),
    ...more,
  });
  host.setMcp({ seen: () => endpoint.seen() });
  return endpoint;
}

/** The page as `npm run build` made it; read once. */
function createChangeAppReader(): () => Promise<string | undefined> {
  let page: Promise<string | undefined> | undefined;
  return () => {
    page ??= readFile(productFolder('out/mcp/change-app.html'), 'utf8').catch(() => undefined);
    return page;
  };
}
