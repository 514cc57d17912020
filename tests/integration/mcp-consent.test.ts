import { readFile } from 'node:fs/promises';
import type { ElicitResult } from '@modelcontextprotocol/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Attention } from '../../core/contract/attention.ts';
import { findWaitingCall } from '../../core/domain/session/turn-waits.ts';
import { tellProposals } from '../../core/host/tell-proposals.ts';
import {
  type McpHost,
  proposedIn,
  samplerIn,
  setSteps,
  startMcpHost,
} from '../fakes/programs/mcp-host.ts';

let mcp: McpHost;
beforeEach(async () => {
  mcp = await startMcpHost();
  await mcp.open();
  // The artist's own choice: the default is that only the window may say yes.
  await mcp.artist.client.call('settings/set', { clientEdits: 'client' });
});
afterEach(() => mcp.close());

const asking = { capabilities: { elicitation: { form: {} } } };
const modes = ['auto', 'legacy'] as const;
const steps = (): unknown => {
  const { workflow } = mcp.artist.state;
  const nodes = workflow?.document['nodes'] as readonly {
    id: number;
    widgets_values?: unknown[];
  }[];
  return nodes.find(({ id }) => String(id) === samplerIn(mcp.artist.state))?.widgets_values?.[2];
};
const settled = () =>
  mcp.artist.until((state) => state.changeSets.length > 0 && proposedIn(state) === undefined);

describe.each(modes)('a proposal by a client (%s)', (mode) => {
  it('is applied when the artist accepts it in the window, and carries the client’s name', async () => {
    const client = await mcp.client(mode, {}, 'Claude Desktop');
    const called = client.callTool(setSteps(mcp.artist.state));
    await mcp.answer('accept');
    const result = await called;
    expect(result).toMatchObject({ structuredContent: { status: 'applied', revision: 1 } });
    expect(result.isError).not.toBe(true);
    expect(steps()).toBe(30);
    expect(mcp.artist.state.changeSets[0]?.proposedBy).toEqual({
      role: 'agent',
      name: 'Claude Desktop',
    });
  });

  it('changes nothing when the artist turns it down, and the client is told why', async () => {
    const client = await mcp.client(mode);
    const called = client.callTool(setSteps(mcp.artist.state));
    await mcp.answer('reject', 'Too slow');
    expect(await called).toMatchObject({
      content: [{ type: 'text', text: 'The artist said no: Too slow Nothing was changed.' }],
      structuredContent: { status: 'rejected', appliedOps: 0 },
    });
    expect(steps()).not.toBe(30);
  });

  it('is taken back when the client cancels', async () => {
    const client = await mcp.client(mode);
    const stop = new AbortController();
    const called = client.callTool(setSteps(mcp.artist.state), { signal: stop.signal });
    await mcp.artist.until((state) => proposedIn(state) !== undefined);
    stop.abort();
    await expect(called).rejects.toThrow();
    const state = await settled();
    expect(state.changeSets[0]).toMatchObject({ status: 'rejected' });
    expect(steps()).not.toBe(30);
  });

  it('says what would have been right when it cannot be', async () => {
    const client = await mcp.client(mode);
    const args = { node_id: samplerIn(mcp.artist.state), input_name: 'stepz', value: 30 };
    const result = await client.callTool({ name: 'set_input', arguments: args });
    expect(result).toMatchObject({
      isError: true,
      _meta: { 'second-unit/error': { code: 'op/unknown-widget', data: { widget: 'stepz' } } },
    });
    expect(JSON.stringify(result.content)).toContain('steps');
    expect(mcp.artist.state.changeSets).toEqual([]);
  });
});

describe.each(modes)('a question to the client’s user (%s)', (mode) => {
  const answering = async (answer: {
    action: 'accept' | 'decline' | 'cancel';
    content?: ElicitResult['content'];
  }) => {
    const asked: string[] = [];
    const client = await mcp.client(mode, asking, 'Claude Desktop');
    client.setRequestHandler('elicitation/create', ({ params }) => {
      asked.push(params.message);
      return answer;
    });
    return { client, asked };
  };

  it('shows what would change, and a yes is the artist’s yes', async () => {
    const { client, asked } = await answering({
      action: 'accept',
      content: { decision: 'accept' },
    });
    const result = await client.callTool(setSteps(mcp.artist.state));
    expect(result).toMatchObject({ structuredContent: { status: 'applied' } });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatch(/Claude Desktop wants to change .*\n· Steps .* → 30/);
    const [turn] = mcp.artist.state.turns;
    expect(turn?.author).toEqual({ role: 'agent', name: 'Claude Desktop' });
  });

  it.each([
    { action: 'decline' },
    { action: 'accept', content: { decision: 'reject', reason: 'No' } },
  ] as const)('takes a no for a no: %j', async (answer) => {
    const { client } = await answering(answer);
    expect(await client.callTool(setSteps(mcp.artist.state))).toMatchObject({
      structuredContent: { status: 'rejected' },
    });
  });

  it.each([
    { action: 'cancel' },
    { action: 'accept', content: {} },
    { action: 'accept', content: { decision: 'yes please' } },
  ] as const)('leaves it to the window when nobody said yes or no: %j', async (answer) => {
    const { client, asked } = await answering(answer);
    const called = client.callTool(setSteps(mcp.artist.state));
    await mcp.answer('accept');
    expect(await called).toMatchObject({ structuredContent: { status: 'applied' } });
    expect(asked.length).toBeGreaterThan(0);
  });

  it('is not put when the artist only decides in the window', async () => {
    await mcp.artist.client.call('settings/set', { clientEdits: 'window' });
    const { client, asked } = await answering({
      action: 'accept',
      content: { decision: 'accept' },
    });
    const called = client.callTool(setSteps(mcp.artist.state));
    await mcp.answer('reject');
    expect(await called).toMatchObject({ structuredContent: { status: 'rejected' } });
    expect(asked).toEqual([]);
  });

  it('lets a client open a template with a yes, and not without', async () => {
    const yes = await answering({ action: 'accept', content: { decision: 'accept' } });
    const call = { name: 'get_workflow_template', arguments: { template: 'sdxl-text-to-image' } };
    expect(await yes.client.callTool(call)).toMatchObject({
      structuredContent: { format: 'graph' },
    });
    const no = await answering({ action: 'decline' });
    expect(await no.client.callTool(call)).toMatchObject({
      isError: true,
      _meta: { 'second-unit/error': { code: 'tool/not-approved' } },
    });
  });

  it('starts a render with a yes, tells how far it is, and shows the picture on request', async () => {
    const { client, asked } = await answering({
      action: 'accept',
      content: { decision: 'accept' },
    });
    const told: number[] = [];
    const result = await client.callTool(
      { name: 'execute_with_progress', arguments: {} },
      { onprogress: ({ progress }) => told.push(progress), timeout: 30_000 },
    );
    expect(result).toMatchObject({ structuredContent: { runs: [{ status: 'verified' }] } });
    expect(asked[0]).toMatch(/wants to render/);
    expect(told.length).toBeGreaterThan(1);
    // On the newer protocol every round of a call is a request of its own, and counts anew.
    if (mode === 'legacy') expect(told).toEqual([...told].sort((a, b) => a - b));
    const shown = await client.callTool({ name: 'get_output_image', arguments: { width: 64 } });
    expect(shown.content).toMatchObject([
      { type: 'text' },
      { type: 'image', mimeType: 'image/webp' },
    ]);
    expect(JSON.stringify(result.content)).not.toContain('"image"');
  });
});

it('tells the app who waits for the artist and for what, and nothing of the artist’s own', async () => {
  const told: Attention[] = [];
  const telling = tellProposals(mcp.host.agent, (attention) => told.push(attention));
  const { client: artist, sessionId } = mcp.artist;
  const other = await artist.call('session/create', { title: 'Opened while it listens' });
  if (!other.ok) throw new Error(other.error.code);
  const source = { kind: 'template', name: 'sdxl-text-to-image' } as const;
  await artist.call('workflow/open', { sessionId: other.value.sessionId, source });
  const client = await mcp.client('auto', {}, 'Cursor');
  const stop = new AbortController();
  const { arguments: args } = setSteps(mcp.artist.state);
  for (const session of [other.value.sessionId, sessionId]) {
    const call = { name: 'set_input', arguments: { ...args, session } };
    client.callTool(call, { signal: stop.signal }).catch(() => undefined);
  }
  await expect.poll(() => told.length).toBe(2);
  expect(told[0]).toEqual({
    type: 'attention',
    title: 'Cursor proposes a change',
    body: 'Set steps to 30 on KSampler',
  });
  await artist.call('run/start', { sessionId });
  const undo = { name: 'undo_workflow_patch', arguments: { session: sessionId } };
  client.callTool(undo, { signal: stop.signal }).catch(() => undefined);
  await expect.poll(() => told.length).toBe(3);
  expect(told[2]).toMatchObject({
    title: 'Cursor asks for your yes',
    body: 'Undo the last change',
  });
  stop.abort();
  telling.dispose();
});

it('tells the artist alone how other programs get in, and lists who came', async () => {
  const client = await mcp.client('auto', {}, 'Cursor');
  await client.callTool({ name: 'get_queue_status', arguments: {} });
  const status = await mcp.artist.client.call('mcp/status', {});
  if (!status.ok) throw new Error(status.error.code);
  expect(status.value.clients.map(({ client: name }) => name)).toEqual([
    'claude-desktop',
    'claude-code',
    'cursor',
    'vscode',
  ]);
  expect(status.value.seen.map(({ name }) => name)).toContain('Cursor');
  const before = await readFile(status.value.tokenFile, 'utf8');
  expect(JSON.stringify(status.value)).not.toContain(before.trim());
  await mcp.artist.client.call('mcp/rotate-token', {});
  expect(await readFile(status.value.tokenFile, 'utf8')).not.toBe(before);
});

describe('without anybody who can be asked', () => {
  const open = { name: 'get_workflow_template', arguments: { template: 'sdxl-text-to-image' } };
  const decide = async (decision: 'accept' | 'reject'): Promise<void> => {
    const state = await mcp.artist.until((now) => findWaitingCall(now) !== undefined);
    const callId = findWaitingCall(state)?.call.callId ?? '';
    const { sessionId } = mcp.artist;
    await mcp.artist.client.call('tool/respond', { sessionId, callId, decision });
  };

  it('lets a client open a template once the artist allows it in the window, and records who did', async () => {
    const client = await mcp.client('auto');
    const called = client.callTool(open);
    await decide('accept');
    expect(await called).toMatchObject({ structuredContent: { format: 'graph' } });
    const turn = mcp.artist.state.turns.findLast(({ author }) => author.role === 'agent');
    expect(turn).toMatchObject({ status: 'done', message: 'Open a template' });
    expect(mcp.artist.state.workflow?.name).toBe('SDXL text to image');
  });

  it('tells a client that the artist did not allow it, and asks nobody about what does not exist', async () => {
    const before = mcp.artist.state.workflow?.document;
    const client = await mcp.client('auto');
    const called = client.callTool(open);
    await decide('reject');
    expect(await called).toMatchObject({
      isError: true,
      _meta: {
        'second-unit/error': { code: 'tool/not-approved', data: { name: 'get_workflow_template' } },
      },
    });
    expect(mcp.artist.state.workflow?.document).toBe(before);
    const unknown = { ...open, arguments: { template: 'nosuch' } };
    expect(await client.callTool(unknown)).toMatchObject({
      _meta: { 'second-unit/error': { code: 'workflow/unknown-template' } },
    });
  });

  it('takes the question back when the client gives up, and a late yes does nothing', async () => {
    const client = await mcp.client('auto');
    const stop = new AbortController();
    const called = client.callTool({ name: 'undo_workflow_patch' }, { signal: stop.signal });
    const asked = await mcp.artist.until((now) => findWaitingCall(now) !== undefined);
    const callId = findWaitingCall(asked)?.call.callId ?? '';
    stop.abort();
    await expect(called).rejects.toThrow();
    await mcp.artist.until((now) => findWaitingCall(now) === undefined);
    const { sessionId } = mcp.artist;
    const late = { sessionId, callId, decision: 'accept' } as const;
    expect(await mcp.artist.client.call('tool/respond', late)).toEqual({
      ok: false,
      error: { code: 'tool/not-waiting', data: { callId } },
    });
  });

  it('applies edits at once where the artist set it so, never renders', async () => {
    await mcp.artist.client.call('settings/set', { clientEdits: 'accept' });
    const client = await mcp.client('auto');
    expect(await client.callTool(setSteps(mcp.artist.state))).toMatchObject({
      structuredContent: { status: 'applied' },
    });
    const stop = new AbortController();
    const render = client.callTool(
      { name: 'execute_with_progress', arguments: {} },
      { signal: stop.signal },
    );
    const state = await mcp.artist.until(({ runs }) => runs.length > 0);
    expect(state.runs[0]?.status).toBe('proposed');
    stop.abort();
    await expect(render).rejects.toThrow();
    const stopped = await mcp.artist.until(({ runs }) => runs[0]?.status === 'cancelled');
    expect(stopped.runs[0]?.queuedAt).toBeUndefined();
  });
});

describe('a client that would accept its own change', () => {
  const seal = 'v1.eyJwIjp7fX0.AAAA';
  it.each<[string, Record<string, unknown>]>([
    [
      'an answer without a question',
      { inputResponses: { decision: { action: 'accept', content: { decision: 'accept' } } } },
    ],
    [
      'a forged seal',
      {
        requestState: seal,
        inputResponses: { decision: { action: 'accept', content: { decision: 'accept' } } },
      },
    ],
    ['a flag', { arguments: { accept: true } }],
    ['a decision among the arguments', { arguments: { decision: 'accept' } }],
  ])('does not get far with %s', async (_what, more) => {
    const client = await mcp.client('auto');
    const { name, arguments: args } = setSteps(mcp.artist.state);
    const stop = new AbortController();
    const given = { ...args, ...(more['arguments'] as object | undefined) };
    const called = client
      .callTool({ name, ...more, arguments: given }, { signal: stop.signal })
      .catch(() => undefined);
    await Promise.race([called, mcp.artist.until((state) => proposedIn(state) !== undefined)]);
    stop.abort();
    await called;
    expect(mcp.artist.state.workflow?.revision).toBe(0);
  });

  it.each([
    'changeset/respond',
    'run/release',
    'batch/respond',
    'settings/set',
    'accept',
    'approve_change',
  ])('finds no tool called %s', async (name) => {
    const client = await mcp.client('auto');
    await expect(client.callTool({ name, arguments: {} })).rejects.toMatchObject({
      code: -32602,
    });
  });

  it('cannot use a question that was about something else, or another client’s', async () => {
    const asks = { ...asking, inputRequired: { mode: 'manual' } } as never;
    const one = await mcp.client('auto', asks, 'One');
    const two = await mcp.client('auto', asks, 'Two');
    const manual = { allowInputRequired: true };
    const question = await one.callTool(setSteps(mcp.artist.state), manual);
    expect(question).toMatchObject({
      resultType: 'input_required',
      requestState: expect.any(String),
    });
    const inputResponses = { decision: { action: 'accept', content: { decision: 'accept' } } };
    const { requestState } = question;
    const stolen = { ...setSteps(mcp.artist.state), requestState, inputResponses };
    expect(await two.callTool(stolen as never, manual)).toMatchObject({ isError: true });
    expect(mcp.artist.state.workflow?.revision).toBe(0);
    // The artist changes the workflow meanwhile: the answer is about something that is not there any more.
    await mcp.open();
    const late = await one.callTool(stolen, manual);
    expect(late).toMatchObject({ structuredContent: { status: 'stale' } });
    expect(mcp.artist.state.workflow?.history).toEqual([]);
  });
});
