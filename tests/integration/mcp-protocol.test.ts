import { writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mcpTokenPath, rotateMcpToken } from '../../core/host/mcp-token.ts';
import { type McpHost, startMcpHost } from '../fakes/programs/mcp-host.ts';

let mcp: McpHost;
beforeAll(async () => {
  mcp = await startMcpHost({ limits: { messageBytes: 64 * 1024 } });
});
afterAll(() => mcp.close());

const json = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
};
const initialize = (protocolVersion: string) => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion, capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
});
const post = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  mcp.request('/mcp', {
    method: 'POST',
    headers: { ...json, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
/** A message of the server, as far as these tests look into it. */
interface Message {
  readonly result: { readonly content: readonly { readonly text: string }[] };
}

/** The one message in an answer, whether it came as JSON or as an event. */
async function messageIn(response: Response): Promise<Message> {
  const text = await response.text();
  const data = /^data: (.*)$/m.exec(text)?.[1];
  return JSON.parse(data ?? text) as Message;
}
/** A request as no well-behaved library sends it. */
function raw(headers: Record<string, string>, body = '{}'): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      { host: '127.0.0.1', port: mcp.port, path: '/mcp', method: 'POST', headers },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });
}

describe('negotiation', () => {
  it.each(['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'])(
    'speaks %s',
    async (version) => {
      const response = await post(initialize(version));
      expect(response.status).toBe(200);
      expect(response.headers.get('mcp-session-id')).toMatch(/\w/);
      expect(await messageIn(response)).toMatchObject({
        result: { protocolVersion: version, serverInfo: { name: 'second-unit' } },
      });
    },
  );

  it.each(['2024-10-07', '2099-01-01', 'nonsense'])(
    'offers the newest of the handshake to a client that asks for %s',
    async (version) => {
      expect(await messageIn(await post(initialize(version)))).toMatchObject({
        result: { protocolVersion: '2025-11-25' },
      });
    },
  );

  it('discovers 2026-07-28 and serves it without a connection', async () => {
    const client = await mcp.client('auto');
    expect(client.getNegotiatedProtocolVersion()).toBe('2026-07-28');
    expect((await client.listTools()).tools.length).toBeGreaterThan(20);
  });

  it('gives old clients, which read text only, the data as text', async () => {
    const begun = await post(initialize('2025-03-26'));
    const session = begun.headers.get('mcp-session-id') ?? '';
    await begun.text();
    const headers = { 'mcp-session-id': session, 'mcp-protocol-version': '2025-03-26' };
    const params = { name: 'is_comfyui_running', arguments: {} };
    const call = { jsonrpc: '2.0', id: 2, method: 'tools/call', params };
    const { result } = await messageIn(await post(call, headers));
    expect(JSON.parse(result.content[1]?.text ?? '')).toMatchObject({ running: true });
  });

  it('ends a connection when asked to, and says that it is over', async () => {
    const begun = await post(initialize('2025-11-25'));
    const headers = { 'mcp-session-id': begun.headers.get('mcp-session-id') ?? '' };
    await begun.text();
    expect((await mcp.request('/mcp', { method: 'DELETE', headers })).status).toBe(200);
    const ping = { jsonrpc: '2.0', id: 3, method: 'ping' };
    expect((await post(ping, headers)).status).toBe(404);
  });
});

describe('access', () => {
  it.each(['/mcp', '/sse', '/messages?sessionId=x'])('refuses %s without a token', async (path) => {
    const response = await fetch(mcp.origin + path, { method: 'POST', headers: json, body: '{}' });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(JSON.stringify(await response.json())).not.toContain(mcp.token);
  });

  it.each(['Bearer wrong', 'Bearer ', 'Basic eDp5', `bearer ${'x'.repeat(32)}`])(
    'refuses the token in %j',
    async (authorization) => {
      expect((await post(initialize('2025-11-25'), { authorization })).status).toBe(401);
    },
  );

  it.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', '10.0.0.5', ''])(
    'refuses the host %j, right token or not',
    async (host) => {
      const authorization = `Bearer ${mcp.token}`;
      expect([400, 403]).toContain(await raw({ ...json, authorization, host }));
    },
  );

  it.each(['https://evil.example', 'null', 'http://localhost:1', 'http://127.0.0.1:1'])(
    'refuses the origin %s, right token or not',
    async (origin) => {
      const authorization = `Bearer ${mcp.token}`;
      const host = `127.0.0.1:${String(mcp.port)}`;
      expect(await raw({ ...json, authorization, host, origin })).toBe(403);
    },
  );

  it('lets a new token in and the old one no more, without a restart', async () => {
    const old = mcp.token;
    const fresh = await rotateMcpToken(mcp.folder);
    const withToken = (token: string) =>
      post(initialize('2025-11-25'), { authorization: `Bearer ${token}` });
    expect((await withToken(old)).status).toBe(401);
    expect((await withToken(fresh)).status).toBe(200);
    await writeFile(mcpTokenPath(mcp.folder), old);
  });
});

describe('frames', () => {
  it.each<[string, string, number]>([
    ['no JSON', '{"jsonrpc"', 400],
    ['nothing', '', 400],
    ['a text', '"hello"', 400],
    ['an unknown shape', '{"hello":1}', 400],
    ['a request before the handshake', '{"jsonrpc":"2.0","id":1,"method":"tools/list"}', 400],
    ['an empty batch', '[]', 400],
    ['depth', `${'['.repeat(30_000)}${']'.repeat(30_000)}`, 400],
  ])('answers %s with an error, and goes on', async (_what, body, status) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      jsonrpc: '2.0',
      error: { code: expect.any(Number) },
    });
    expect((await post(initialize('2025-11-25'))).status).toBe(200);
  });

  it('refuses a body that is too large, announced or not', async () => {
    const big = JSON.stringify({ ...initialize('2025-11-25'), more: 'x'.repeat(70_000) });
    expect((await post(big)).status).toBe(413);
    const authorization = `Bearer ${mcp.token}`;
    const host = `127.0.0.1:${String(mcp.port)}`;
    const chunked = { ...json, authorization, host, 'transfer-encoding': 'chunked' };
    expect(await raw(chunked, big).catch(() => 413)).toBe(413);
  });

  it('refuses what is not announced as JSON, and methods that are not its own', async () => {
    expect((await post('{}', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await mcp.request('/mcp', { method: 'PUT', body: '{}' })).status).toBe(405);
    expect((await mcp.request('/mcp', { method: 'OPTIONS' })).status).toBe(405);
  });

  it('answers an unknown method as the protocol says', async () => {
    const begun = await post(initialize('2025-11-25'));
    const headers = { 'mcp-session-id': begun.headers.get('mcp-session-id') ?? '' };
    await begun.text();
    const call = { jsonrpc: '2.0', id: 2, method: 'tools/destroy', params: {} };
    expect(await messageIn(await post(call, headers))).toMatchObject({ error: { code: -32601 } });
  });

  it('still says that the core is well', async () => {
    expect(await (await fetch(`${mcp.origin}/healthz`)).text()).toBe('ok');
  });
});

describe('too much', () => {
  it('makes a client wait that asks too often, and nobody else', async () => {
    const strict = await startMcpHost({ limits: { requests: { burst: 6, perSecond: 0.01 } } });
    const greedy = await strict.client('auto', {}, 'Greedy');
    const calls = async () => {
      for (let i = 0; i < 10; i += 1) await greedy.listPrompts();
    };
    await expect(calls()).rejects.toThrow(/429|Too many/);
    const modest = await strict.client('auto', {}, 'Modest');
    expect((await modest.listPrompts()).prompts).toHaveLength(5);
    await strict.close();
  });

  it('makes a client wait that changes too much, and says how long', async () => {
    const strict = await startMcpHost({ limits: { actions: { burst: 1, perSecond: 0.1 } } });
    await strict.open();
    const client = await strict.client('auto');
    const call = () => client.callTool({ name: 'interrupt', arguments: {} });
    await call();
    expect(await call()).toMatchObject({
      isError: true,
      _meta: { 'second-unit/error': { code: 'host/too-many-requests', data: { seconds: 10 } } },
    });
    await strict.close();
  });
});
