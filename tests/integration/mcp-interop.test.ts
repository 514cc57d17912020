/* eslint-disable @typescript-eslint/no-deprecated -- the older transport is a part of what is tested */
import { join } from 'node:path';
import {
  Client,
  StreamableHTTPClientTransport,
  type ClientOptions,
} from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StdioClientTransport as OldStdioTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as OldHttpTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StartedEndpoint, startEndpoint } from '../mcp/start-endpoint.ts';

/** What both generations of clients can do, as far as is looked at here. */
interface AnyClient {
  listTools(): Promise<{ readonly tools: readonly { readonly name: string }[] }>;
  listResources(): Promise<{ readonly resources: readonly unknown[] }>;
  listPrompts(): Promise<{ readonly prompts: readonly unknown[] }>;
  callTool(params: { name: string; arguments: Record<string, unknown> }): Promise<object>;
  close(): Promise<void>;
}

let app: StartedEndpoint;
beforeAll(async () => {
  app = await startEndpoint();
});
afterAll(async () => {
  await app.close();
});

const info = { name: 'interop', version: '1' };
const bridge = join(import.meta.dirname, '..', '..', 'core/host/mcp-bridge/bridge.ts');
const headers = (): { headers: Record<string, string> } => ({
  headers: { authorization: `Bearer ${app.token}` },
});
const stdio = (): { command: string; args: string[]; stderr: 'ignore' } => ({
  command: process.execPath,
  args: [bridge, '--data', app.dataFolder],
  stderr: 'ignore',
});
const modern: ClientOptions = { versionNegotiation: { mode: 'auto' } };

async function current(
  options: ClientOptions,
  transport: Parameters<Client['connect']>[0],
): Promise<AnyClient> {
  const client = new Client(info, options);
  await client.connect(transport);
  return client;
}

async function old(transport: Parameters<OldClient['connect']>[0]): Promise<AnyClient> {
  const client = new OldClient(info);
  await client.connect(transport);
  return client;
}

const clients: readonly (readonly [string, () => Promise<AnyClient>])[] = [
  [
    'v2 client, newest protocol, HTTP',
    () =>
      current(
        modern,
        new StreamableHTTPClientTransport(new URL(app.url), { requestInit: headers() }),
      ),
  ],
  [
    'v2 client, 2025 protocol, HTTP',
    () =>
      current({}, new StreamableHTTPClientTransport(new URL(app.url), { requestInit: headers() })),
  ],
  ['v2 client, newest protocol, stdio', () => current(modern, new StdioClientTransport(stdio()))],
  ['v2 client, 2025 protocol, stdio', () => current({}, new StdioClientTransport(stdio()))],
  [
    'v1 client, HTTP',
    () => old(new OldHttpTransport(new URL(app.url), { requestInit: headers() })),
  ],
  [
    'v1 client, SSE',
    () => old(new SSEClientTransport(new URL('/sse', app.origin), { requestInit: headers() })),
  ],
  ['v1 client, stdio', () => old(new OldStdioTransport(stdio()))],
];

describe.each(clients)('%s', (_what, open) => {
  it('lists tools, resources and prompts, calls a tool, and is told what is wrong', async () => {
    const client = await open();
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toContain('get_system_stats');
    expect((await client.listResources()).resources.length).toBeGreaterThan(0);
    expect((await client.listPrompts()).prompts.length).toBeGreaterThan(0);
    expect(await client.callTool({ name: 'get_system_stats', arguments: {} })).toMatchObject({
      structuredContent: { stats: {} },
    });
    const wrong = { name: 'get_node_info', arguments: { node_type: 'KSamplr' } };
    const refused = await client.callTool(wrong);
    expect(refused).toMatchObject({ isError: true });
    expect(JSON.stringify(refused)).toContain('KSampler');
    await client.close();
  });
});
