import { describe, expect, it } from 'vitest';
import { useAttackedEndpoint } from '../mcp/attacked-endpoint.ts';

const endpoint = useAttackedEndpoint();
const { raw } = endpoint;

const hello = JSON.stringify({
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'attacker', version: '1' },
  },
});
const plain = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const withToken = (): Readonly<Record<string, string>> => ({
  ...plain,
  authorization: `Bearer ${endpoint.app.token}`,
});

async function expectAlive(): Promise<void> {
  expect(await raw('/healthz', { method: 'GET' })).toEqual({ status: 200, text: 'ok' });
  expect((await endpoint.client.request('ping')).result).toEqual({});
}

describe('who may ask', () => {
  it.each([
    ['a name that was rebound to us', { host: 'evil.example' }],
    ['our address as a part of another name', { host: '127.0.0.1.evil.example' }],
    ['another port of a rebound name', { host: 'evil.example:80' }],
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a page without an origin of its own', { origin: 'null' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
  ])('%s is turned away, token or not', async (_what, headers) => {
    for (const path of ['/mcp', '/sse', '/messages?sessionId=x']) {
      const method = path === '/sse' ? 'GET' : 'POST';
      const body = method === 'GET' ? {} : { body: hello };
      const answer = await raw(path, { method, headers: { ...withToken(), ...headers }, ...body });
      expect(answer.status, path).toBe(403);
    }
  });

  it.each([
    ['no token', undefined],
    ['an empty token', 'Bearer '],
    ['a wrong token', 'Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['another scheme', 'Basic YWRtaW46YWRtaW4='],
    ['two tokens', 'Bearer a, Bearer b'],
  ])('%s is turned away on every path', async (_what, authorization) => {
    const headers = authorization === undefined ? plain : { ...plain, authorization };
    expect((await raw('/mcp', { headers, body: hello })).status).toBe(401);
    expect((await raw('/sse', { method: 'GET', headers })).status).toBe(401);
    const upgrade = { connection: 'upgrade', upgrade: 'second-unit-mcp' };
    expect(
      (await raw('/mcp/wire', { method: 'GET', headers: { ...headers, ...upgrade } })).status,
    ).toBe(401);
  });

  it.each(['the page\u2019s token', 'the token in the address'])(
    '%s is no MCP token',
    async (what) => {
      const { app } = endpoint;
      const isPage = what.startsWith('the page');
      const path = isPage ? '/mcp' : `/mcp?token=${app.token}&access_token=${app.token}`;
      const headers = isPage ? { ...plain, authorization: `Bearer ${app.pairingToken}` } : plain;
      expect((await raw(path, { headers, body: hello })).status).toBe(401);
    },
  );
});

describe('frames that are none', () => {
  it.each([
    ['no JSON', 'hello'],
    ['half JSON', '{"jsonrpc":"2.0","id":1,'],
    ['nothing', ''],
    ['a number', '42'],
    ['an empty batch', '[]'],
    ['100,000 brackets', '['.repeat(100_000)],
    ['a request without a method', '{"jsonrpc":"2.0","id":1}'],
    ['another protocol', '{"jsonrpc":"1.0","id":1,"method":"tools/list"}'],
    ['params that are a list', '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":[1]}'],
    ['a poisoned prototype', '{"jsonrpc":"2.0","id":1,"__proto__":{"x":1},"method":"tools/list"}'],
    ['bytes', '\u0000\u0001\u0002'],
  ])('%s: refused, and the next client is served', async (_what, body) => {
    const { status } = await raw('/mcp', { headers: withToken(), body });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    await expectAlive();
  });

  it('a message beyond 4 MiB', async () => {
    const body = hello.replace('attacker', 'x'.repeat(5 * 1024 * 1024));
    expect((await raw('/mcp', { headers: withToken(), body })).status).toBe(413);
    await expectAlive();
  });

  it('a form, as a page could send it without being asked first', async () => {
    const headers = { ...withToken(), 'content-type': 'text/plain' };
    expect((await raw('/mcp', { headers, body: hello })).status).toBe(415);
  });

  it.each(['//', '/\\', '/%', '/mcp/../../etc/passwd', '/mcp%2f..%2f..'])(
    'the address %s',
    async (path) => {
      for (const method of ['GET', 'POST']) {
        expect((await raw(path, { method })).status).toBeGreaterThanOrEqual(400);
      }
      await raw(path, {
        method: 'GET',
        headers: { connection: 'upgrade', upgrade: 'second-unit-mcp' },
      }).catch(() => undefined);
      await expectAlive();
    },
  );
});
