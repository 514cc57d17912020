import { describe, expect, it } from 'vitest';
import { setSteps, startMcpHost } from '../fakes/programs/mcp-host.ts';

const asking = { capabilities: { elicitation: { form: {} } } };
const modes = ['auto', 'legacy'] as const;

describe('without a window', () => {
  it.each(modes)(
    'what only the artist may allow is refused at once, with what to do (%s)',
    async (mode) => {
      const alone = await startMcpHost({ hasWindow: false });
      await alone.open();
      const nobody = (name: string) => ({
        isError: true,
        _meta: { 'second-unit/error': { code: 'tool/nobody-to-ask', data: { name } } },
      });
      const client = await alone.client(mode);
      const change = setSteps(alone.artist.state);
      expect(await client.callTool(change)).toMatchObject(nobody('set_input'));
      for (const name of ['execute_with_progress', 'undo_workflow_patch']) {
        expect(await client.callTool({ name, arguments: {} })).toMatchObject(nobody(name));
      }
      const state = await alone.artist.until(({ runs }) => runs[0]?.status === 'cancelled');
      expect(state.changeSets[0]?.status).toBe('rejected');
      // A client's user who turns away is nobody either.
      await alone.artist.client.call('settings/set', { clientEdits: 'client' });
      const asks = await alone.client(mode, asking, 'Asks');
      asks.setRequestHandler('elicitation/create', async () => ({ action: 'cancel' }));
      expect(await asks.callTool(change)).toMatchObject(nobody('set_input'));
      await alone.close();
    },
  );
});

describe('patience', () => {
  it.each(modes)(
    'ends, is told as such, and what was proposed is taken back (%s)',
    async (mode) => {
      const hasty = await startMcpHost({ limits: { decisionMs: 40 } });
      await hasty.open();
      const client = await hasty.client(mode);
      expect(await client.callTool(setSteps(hasty.artist.state))).toMatchObject({
        isError: true,
        _meta: { 'second-unit/error': { code: 'tool/timed-out', data: { name: 'set_input' } } },
      });
      await hasty.artist.until(({ changeSets }) => changeSets[0]?.status === 'rejected');
      await hasty.close();
    },
  );

  it('stops a render that its client gives up', async () => {
    const slow = await startMcpHost({ stepMs: 200 });
    await slow.open();
    const client = await slow.client('legacy');
    const stop = new AbortController();
    const render = client.callTool(
      { name: 'execute_with_progress', arguments: {} },
      { signal: stop.signal },
    );
    const proposed = await slow.artist.until(({ runs }) => runs.length > 0);
    const { sessionId } = slow.artist;
    const promptId = proposed.runs[0]?.promptId ?? '';
    await slow.artist.client.call('run/release', { sessionId, promptId });
    await slow.artist.until(({ runs }) => runs[0]?.status === 'running');
    stop.abort();
    await expect(render).rejects.toThrow();
    await slow.artist.until(({ runs }) => runs[0]?.status === 'cancelled');
    await slow.close();
  });
});
