import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Client as McpClient,
  type ClientOptions,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import type { ChangeSet, SessionState } from '../../../core/contract/session.schema.ts';
import { createBrowserServer } from '../../../core/host/browser/create-browser-server.ts';
import { type ArtistClient, createArtistClient } from '../../../core/host/cli/ask/artist-client.ts';
import { type Host, createHost } from '../../../core/host/create-host.ts';
import { productFolder } from '../../../core/host/folders.ts';
import { mcpTokenPath } from '../../../core/host/mcp-token.ts';
import { type HostMcpOptions, createHostMcp } from '../../../core/host/mcp/create-host-mcp.ts';

/** A whole core with its MCP endpoint on a real port, and an artist who looks at a session. */
export interface McpHost {
  readonly host: Host;
  readonly artist: ArtistClient;
  readonly folder: string;
  readonly port: number;
  /** "http://127.0.0.1:…" without a path. */
  readonly origin: string;
  readonly token: string;
  /** Opens a template as the artist. */
  open(template?: string): Promise<void>;
  /** A request with the right token, unless headers say otherwise. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** A v2 client, connected. */
  client(mode: 'auto' | 'legacy', options?: ClientOptions, name?: string): Promise<McpClient>;
  /** Answers the next proposal as the artist in the window. */
  answer(decision: 'accept' | 'reject', reason?: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts it against the practice ComfyUI. */
export async function startMcpHost(
  options: Partial<HostMcpOptions> & { readonly stepMs?: number } = {},
): Promise<McpHost> {
  const { stepMs = 1, ...mcpOptions } = options;
  const folder = await mkdtemp(join(tmpdir(), 'second-unit-mcp-'));
  const host = await createHost({
    dataFolder: folder,
    templatesFolder: productFolder('resources/templates'),
    appVersion: 'test',
    practiceStepMs: stepMs,
  });
  await host.connect('practice');
  const mcp = await createHostMcp(host, { dataFolder: folder, appVersion: 'test', ...mcpOptions });
  const server = await createBrowserServer({
    port: 0,
    token: 'x'.repeat(32),
    pageFolder: null,
    readAsset: (assetId) => host.assets.read(assetId),
    accept: null,
    mcp,
  });
  if (!server.ok) throw new Error(server.error.code);
  const made = await createArtistClient(host, 'Shot 010');
  if (!made.ok) throw new Error(made.error.code);
  const artist = made.value;
  const token = (await readFile(mcpTokenPath(folder), 'utf8')).trim();
  const { port } = server.value;
  const origin = `http://127.0.0.1:${String(port)}`;
  const clients: McpClient[] = [];
  const authorization = `Bearer ${token}`;
  return {
    host,
    artist,
    folder,
    port,
    origin,
    token,
    open: async (name = 'sdxl-text-to-image') => {
      const { sessionId, client } = artist;
      const opened = await client.call('workflow/open', {
        sessionId,
        source: { kind: 'template', name },
      });
      if (!opened.ok) throw new Error(opened.error.code);
    },
    request: (path, init = {}) =>
      fetch(origin + path, {
        ...init,
        headers: { authorization, ...Object.fromEntries(new Headers(init.headers)) },
      }),
    client: async (mode, more = {}, name = 'Test client') => {
      const info = { name, version: '1' };
      const client = new McpClient(info, { versionNegotiation: { mode }, ...more });
      const requestInit = { headers: { authorization } };
      await client.connect(
        new StreamableHTTPClientTransport(new URL(`${origin}/mcp`), { requestInit }),
      );
      clients.push(client);
      return client;
    },
    answer: async (decision, reason) => {
      const changeSet = proposedIn(await artist.until((state) => proposedIn(state) !== undefined));
      if (changeSet === undefined) throw new Error('nothing was proposed');
      const { changeSetId, digest, baseRevision } = changeSet;
      const { sessionId } = artist;
      const why = reason === undefined ? {} : { reason };
      const answer = { sessionId, changeSetId, digest, baseRevision, decision, ...why };
      const done = await artist.client.call('changeset/respond', answer);
      if (!done.ok) throw new Error(done.error.code);
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.close()));
      await mcp.close();
      await server.value.close();
      artist.dispose();
      await host.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The change set that waits for the artist, if there is one. */
export function proposedIn({ changeSets }: SessionState): ChangeSet | undefined {
  return changeSets.find(({ status }) => status === 'proposed');
}

/** Id of the sampler in the open workflow. */
export function samplerIn({ workflow }: SessionState): string {
  const nodes = (workflow?.document['nodes'] ?? []) as readonly { id: number; type: string }[];
  return String(nodes.find(({ type }) => type === 'KSampler')?.id);
}

/** A setting's change, as a call of a tool. */
export function setSteps(state: SessionState, value: unknown = 30) {
  const args = { node_id: samplerIn(state), input_name: 'steps', value };
  return { name: 'set_input', arguments: args };
}
