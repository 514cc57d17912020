import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Attention } from '../../core/contract/attention.ts';
import type { Batch } from '../../core/contract/run/batch.schema.ts';
import { tellProposals } from '../../core/host/tell-proposals.ts';
import { type McpHost, samplerIn, startMcpHost } from '../fakes/programs/mcp-host.ts';

let mcp: McpHost;
beforeEach(async () => {
  mcp = await startMcpHost();
  await mcp.open();
  // The artist's own choice: clients may ask their user for a yes. Not to a plan of renders.
  await mcp.artist.client.call('settings/set', { clientEdits: 'client' });
});
afterEach(() => mcp.close());

const asking = { capabilities: { elicitation: { form: {} } } };

describe.each(['auto', 'legacy'] as const)('a plan of several renders by a client (%s)', (mode) => {
  const plan = () => ({
    name: 'render_batch',
    arguments: {
      sweep: [{ node_id: samplerIn(mcp.artist.state), input_name: 'steps', values: [1, 2, 3] }],
    },
  });
  const planned = async (): Promise<Batch> => {
    const isPlanned = ({ status }: Batch): boolean => status === 'proposed';
    const state = await mcp.artist.until(({ batches = [] }) => batches.some(isPlanned));
    const batch = state.batches?.find(isPlanned);
    if (batch === undefined) throw new Error('nothing was planned');
    return batch;
  };

  it('waits for the window alone, and what came of each render goes back', async () => {
    const client = await mcp.client(mode, asking, 'Claude Desktop');
    const asked: string[] = [];
    client.setRequestHandler('elicitation/create', ({ params }) => {
      asked.push(params.message);
      return { action: 'accept', content: { decision: 'accept' } };
    });
    const attention: Attention[] = [];
    const telling = tellProposals(mcp.host.agent, (each) => attention.push(each));
    const told: { readonly progress: number; readonly message?: string | undefined }[] = [];
    const toldWaiting = Promise.withResolvers<void>();
    const called = client.callTool(plan(), {
      onprogress: (report) => {
        told.push(report);
        if (/accept the plan of renders/.test(report.message ?? '')) toldWaiting.resolve();
      },
      timeout: 30_000,
    });
    const { batchId, digest, proposedBy } = await planned();
    await toldWaiting.promise;
    expect(proposedBy).toBe('Claude Desktop');
    expect(mcp.artist.state.runs).toEqual([]);
    const { sessionId } = mcp.artist;
    const answer = { sessionId, batchId, digest, decision: 'accept', keptItems: [0, 2] } as const;
    expect(await mcp.artist.client.call('batch/respond', answer)).toMatchObject({ ok: true });
    expect(await called).toMatchObject({
      structuredContent: {
        status: 'done',
        items: [
          { label: 'Steps 1', run: { status: 'verified' } },
          { label: 'Steps 2', status: 'left-out' },
          { label: 'Steps 3', run: { status: 'verified' } },
        ],
      },
    });
    telling.dispose();
    expect(asked).toEqual([]);
    expect(attention).toEqual([
      {
        type: 'attention',
        title: 'Claude Desktop wants to render several',
        body: 'Steps 1, 2 and 3',
      },
    ]);
    const first = told.findLast(({ message }) => message?.startsWith('Steps 1'));
    expect(first?.progress).toBeLessThan(60);
  });

  it('is told when the artist turns it down, and renders nothing', async () => {
    const client = await mcp.client(mode);
    const called = client.callTool(plan());
    const { batchId, digest } = await planned();
    const { sessionId } = mcp.artist;
    const answer = { sessionId, batchId, digest, decision: 'reject' } as const;
    await mcp.artist.client.call('batch/respond', answer);
    expect(await called).toMatchObject({
      isError: true,
      _meta: { 'second-unit/error': { code: 'batch/rejected' } },
    });
    expect(mcp.artist.state.runs).toEqual([]);
  });

  it('is taken back when the client gives it up', async () => {
    const client = await mcp.client(mode);
    const stop = new AbortController();
    const called = client.callTool(plan(), { signal: stop.signal });
    await planned();
    stop.abort();
    await expect(called).rejects.toThrow();
    const state = await mcp.artist.until(({ batches }) => batches?.[0]?.status === 'rejected');
    expect(state.runs).toEqual([]);
  });
});
