import { request as httpRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { Client, Tool } from '@modelcontextprotocol/client';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport as OldTransport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tools } from '../../core/tools/registry.ts';
import { type McpHost, samplerIn, setSteps, startMcpHost } from '../fakes/programs/mcp-host.ts';

let mcp: McpHost;
beforeAll(async () => {
  mcp = await startMcpHost();
  await mcp.open();
});
afterAll(() => mcp.close());

interface Listed {
  readonly names: readonly string[];
  /** Of the whole answer. */
  readonly bytes: number;
  readonly tools: readonly Tool[];
}

const list = async (surface: string): Promise<Listed> => {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'x-second-unit-surface': surface,
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': 'tools/list',
  };
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta } });
  const response = await mcp.request('/mcp', { method: 'POST', headers, body });
  const text = await response.text();
  const { tools: listed } = (JSON.parse(text) as { result: { tools: Tool[] } }).result;
  return { names: listed.map(({ name }) => name), bytes: text.length, tools: listed };
};

describe('the surfaces', () => {
  it('shows at most 24 tools in 19 kB to a client that asks for nothing else', async () => {
    const { names, bytes } = await list('default');
    expect(names.length).toBeLessThanOrEqual(24);
    expect(bytes).toBeLessThanOrEqual(19_000);
    expect(names).toEqual(
      expect.arrayContaining(['what_can_you_do', 'find_missing', 'explain_last_error']),
    );
  });

  it('shows every tool of the registry in 65 kB on the full one', async () => {
    const { names, bytes } = await list('full');
    expect(names).toEqual(tools.map(({ name }) => name));
    expect(bytes).toBeLessThanOrEqual(65_000);
  });

  it('shows three on the compact one, which lead to all others', async () => {
    const { names, bytes } = await list('compact');
    expect(names).toEqual(['find_tools', 'describe_tool', 'call_tool']);
    expect(bytes).toBeLessThanOrEqual(3_000);
  });

  it('says of every tool what it does to the world, and what it takes and gives', async () => {
    for (const tool of (await list('full')).tools) {
      expect(tool.title).toMatch(/\w/);
      expect(tool.inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
      expect(tool.outputSchema).toMatchObject({ type: 'object' });
      const { effect } = tools.find(({ name }) => name === tool.name)!;
      expect(tool.annotations?.readOnlyHint).toBe(effect === 'observe');
    }
  });
});

describe.each(['auto', 'legacy'] as const)('reading (%s)', (mode) => {
  let client: Client;
  beforeAll(async () => {
    client = await mcp.client(mode);
  });
  const read = async (uri: string): Promise<string> => {
    const [found] = (await client.readResource({ uri })).contents;
    return found !== undefined && 'text' in found ? found.text : '';
  };

  it('gives the open workflow in both formats', async () => {
    const saved = JSON.parse(await read('second-unit://sessions/current/workflow'));
    expect(saved).toEqual(mcp.artist.state.workflow?.document);
    const sent = JSON.parse(await read('second-unit://sessions/current/payload'));
    expect(sent[samplerIn(mcp.artist.state)]).toMatchObject({ class_type: 'KSampler' });
  });

  it('gives the session, a node class, and the troubleshooting pages', async () => {
    const { sessionId } = mcp.artist;
    const session = JSON.parse(await read(`second-unit://sessions/${sessionId}`));
    expect(session).toMatchObject({ sessionId, title: 'Shot 010', workflow: { format: 'graph' } });
    const node = JSON.parse(await read('second-unit://nodes/KSampler'));
    expect(node.input.required).toHaveProperty('steps');
    expect(await read('second-unit://errors')).toContain('comfy/unreachable');
    expect(await read('second-unit://errors/comfy/unreachable')).toMatch(/^# .+\n/);
  });

  it.each([
    'second-unit://sessions/nobody/workflow',
    'second-unit://sessions/../../etc/passwd',
    'second-unit://sessions/%2e%2e%2fsettings',
    'second-unit://outputs/..%2f..%2fsettings.json',
    'second-unit://nodes/NoSuchNode',
    'second-unit://errors/no/such',
    'second-unit://elsewhere',
    'file:///etc/passwd',
    'second-unit://nodes/%',
  ])('finds nothing at %s', async (uri) => {
    await expect(client.readResource({ uri })).rejects.toMatchObject({ code: expect.any(Number) });
  });

  it('offers prompts, fills them in, and completes their arguments', async () => {
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual([
      'fix_this_render',
      'fit_my_vram',
      'wedge_parameter',
      'prepare_for_comp',
      'explain_this_graph',
    ]);
    const filled = await client.getPrompt({
      name: 'wedge_parameter',
      arguments: { setting: 'cfg' },
    });
    expect(JSON.stringify(filled.messages)).toContain('Wedge cfg');
    await expect(client.getPrompt({ name: 'wedge_parameter' })).rejects.toMatchObject({
      code: -32602,
    });
    await expect(client.getPrompt({ name: 'nope' })).rejects.toMatchObject({ code: -32602 });
    const ref = { type: 'ref/prompt', name: 'wedge_parameter' } as const;
    const { completion } = await client.complete({
      ref,
      argument: { name: 'setting', value: 'ste' },
    });
    expect(completion.values[0]).toBe('steps');
    const node = { type: 'ref/resource', uri: 'second-unit://nodes/{classType}' } as const;
    const classes = await client.complete({
      ref: node,
      argument: { name: 'classType', value: 'KSam' },
    });
    expect(classes.completion.values).toContain('KSampler');
  });

  it('tells a subscriber that the workflow is new', async () => {
    const uri = 'second-unit://sessions/current/workflow';
    const heard = Promise.withResolvers<string>();
    client.setNotificationHandler('notifications/resources/updated', ({ params }) => {
      if (params.uri === uri) heard.resolve(params.uri);
    });
    const stop = await subscribe(client, uri, mode);
    // Watching begins a moment after the answer: what is told must be true from then on.
    const again = setInterval(() => void mcp.open(), 50);
    expect(await heard.promise).toBe(uri);
    clearInterval(again);
    await stop();
  });
});

it('tells a subscriber that the artist went to another place in the history', async () => {
  const client = await mcp.client('auto', {}, 'Subscriber');
  const called = client.callTool(setSteps(mcp.artist.state, 41));
  await mcp.answer('accept');
  await called;
  const heard: string[] = [];
  client.setNotificationHandler('notifications/resources/updated', ({ params }) => {
    heard.push(params.uri);
  });
  const uris = ['second-unit://sessions/current', 'second-unit://sessions/current/workflow'];
  const listening = await client.listen({ resourceSubscriptions: uris });
  const { client: artist, sessionId } = mcp.artist;
  let count = 0;
  const goTo = (): Promise<unknown> => {
    count += 1;
    return artist.call('history/go-to', { sessionId, entryId: count % 2 === 1 ? '0' : '1' });
  };
  // Watching begins a moment after the answer: what is told must be true from then on.
  await expect
    .poll(async () => {
      await goTo();
      return heard;
    })
    .toEqual(expect.arrayContaining(uris));
  await listening.close();
});

describe('a client that cannot show pages', () => {
  it('is told of none, and a proposal’s result holds no picture of the change', async () => {
    const plain = await mcp.client('auto');
    const { resources } = await plain.listResources();
    expect(resources.map(({ uri }) => uri).filter((uri) => uri.startsWith('ui:'))).toEqual([]);
    for (const { _meta } of (await plain.listTools()).tools) expect(_meta).toBeUndefined();
    const called = plain.callTool(setSteps(mcp.artist.state, 23));
    await mcp.answer('accept');
    expect((await called)._meta).not.toHaveProperty('second-unit/change');
  });
});

describe('a client that works in another session', () => {
  it('names it with an argument, a header or nothing', async () => {
    const { client } = mcp.artist;
    const other = await client.call('session/create', { title: 'Other' });
    if (!other.ok) throw new Error(other.error.code);
    const { sessionId } = other.value;
    const asked = await mcp.client('auto');
    const here = await asked.callTool({ name: 'explain_workflow', arguments: {} });
    expect(here.isError).not.toBe(true);
    const there = await asked.callTool({
      name: 'explain_workflow',
      arguments: { session: sessionId },
    });
    expect(there).toMatchObject({ _meta: { 'second-unit/error': { code: 'workflow/none-open' } } });
    const nowhere = await asked.callTool({
      name: 'explain_workflow',
      arguments: { session: 'no' },
    });
    expect(nowhere.isError).toBe(true);
  });
});

describe('the compact surface', () => {
  it('finds, describes and calls', async () => {
    const { OldHttp } = oldTransports('compact');
    const client = await connectOld(OldHttp);
    const call = async (params: {
      readonly name: string;
      readonly arguments: Record<string, unknown>;
    }) => {
      const { content, structuredContent } = await client.callTool(params);
      const [first] = content as readonly { readonly text: string }[];
      return { text: first?.text ?? '', structuredContent };
    };
    const found = await call({
      name: 'find_tools',
      arguments: { query: 'what is missing' },
    });
    expect(found.text).toMatch(/^find_missing: /);
    const told = await call({
      name: 'describe_tool',
      arguments: { name: 'set_input' },
    });
    expect(JSON.parse(told.text)).toMatchObject({
      name: 'set_input',
      effect: 'propose',
    });
    const wrong = await call({
      name: 'describe_tool',
      arguments: { name: 'set_inpt' },
    });
    expect(wrong.text).toContain('set_input');
    const called = await call({
      name: 'call_tool',
      arguments: { name: 'is_comfyui_running', arguments: {} },
    });
    expect(called.structuredContent).toMatchObject({ running: true });
    await client.close();
  });
});

const oldTransports = (surface = 'default') => {
  const headers = { authorization: `Bearer ${mcp.token}`, 'x-second-unit-surface': surface };
  const requestInit = { headers };
  const eventSourceInit = {
    fetch: (url: string | URL, init?: RequestInit) =>
      fetch(url, { ...init, headers: { ...(init?.headers as object), ...headers } }),
  };
  return {
    OldHttp: new StreamableHTTPClientTransport(new URL(`${mcp.origin}/mcp`), { requestInit }),
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the older transport is what this is about
    OldEvents: new SSEClientTransport(new URL(`${mcp.origin}/sse`), {
      requestInit,
      eventSourceInit,
    }),
  };
};
async function connectOld(transport: object): Promise<OldClient> {
  const client = new OldClient({ name: 'Old client', version: '1' });
  await client.connect(transport as OldTransport);
  return client;
}

describe.each(['OldHttp', 'OldEvents'] as const)('the library of the older line (%s)', (kind) => {
  it('lists, calls, reads, prompts', async () => {
    const client = await connectOld(oldTransports()[kind]);
    expect((await client.listTools()).tools.length).toBeGreaterThan(20);
    const called = await client.callTool({ name: 'get_queue_status', arguments: {} });
    expect(called).toMatchObject({ structuredContent: { running: [], pending: [] } });
    const uri = 'second-unit://sessions/current/workflow';
    expect((await client.readResource({ uri })).contents).toHaveLength(1);
    expect((await client.listPrompts()).prompts).toHaveLength(5);
    expect((await client.listResourceTemplates()).resourceTemplates.length).toBeGreaterThan(5);
    await client.close();
  });
});

describe('the wire of the stdio bridge', () => {
  it('carries one message per line after an upgrade, every digit of it', async () => {
    const socket = await new Promise<Socket>((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${mcp.token}`,
        connection: 'upgrade',
        upgrade: 'second-unit-mcp',
      };
      const sent = httpRequest({ host: '127.0.0.1', port: mcp.port, path: '/mcp/wire', headers });
      sent.once('upgrade', (_response, opened) => resolve(opened));
      sent.once('response', ({ statusCode }) => reject(new Error(String(statusCode))));
      sent.end();
    });
    let text = '';
    const lines: ((line: string) => void)[] = [];
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
        lines.shift()?.(text.slice(0, end));
        text = text.slice(end + 1);
      }
    });
    const ask = (line: string): Promise<string> =>
      new Promise((resolve) => {
        lines.push(resolve);
        socket.write(`${line}\n`);
      });
    expect(await ask('no json')).toContain('-32700');
    expect(await ask('{"a":1}')).toContain('-32600');
    const info = '"capabilities":{},"clientInfo":{"name":"Wire","version":"1"}';
    const begun = await ask(
      `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",${info}}}`,
    );
    expect(JSON.parse(begun)).toMatchObject({ result: { protocolVersion: '2025-06-18' } });
    const seed = '18446744073709551615';
    const edit = `{"op":"set_widget","nodeId":"${samplerIn(mcp.artist.state)}","widget":"seed","value":${seed}}`;
    const answer = await ask(
      `{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"preview_workflow_patch","arguments":{"intent":"x","ops":[${edit}]}}}`,
    );
    expect(answer).toContain(`"to":${seed}`);
    socket.destroy();
  });
});

async function subscribe(
  client: Client,
  uri: string,
  mode: 'auto' | 'legacy',
): Promise<() => Promise<unknown>> {
  if (mode === 'legacy') {
    await client.subscribeResource({ uri });
    return () => client.unsubscribeResource({ uri });
  }
  const listening = await client.listen({ resourceSubscriptions: [uri] });
  return () => listening.close();
}
