import { expect, it } from 'vitest';
import { z } from 'zod';
import { createKeptLog } from '../../../tests/fakes/ports/kept-log.ts';
import { createCountingIds } from '../../../tests/fakes/ports/counting-ids.ts';
import { createManualClock } from '../../../tests/fakes/ports/manual-clock.ts';
import { createMemorySessionRepository } from '../../../tests/fakes/ports/memory-session-repository.ts';
import { toolContext } from '../../../tests/fakes/tool-context.ts';
import { neverCancelled } from '../../base/cancellation.ts';
import { defineTool } from '../../tools/define-tool.ts';
import { createSessionRegistry } from '../sessions/session-registry.ts';
import { createChangeSetDesk } from '../workflows/change-set-desk.ts';
import { createStepJournal } from './call-journal.ts';
import { executeToolCall } from './execute-tool-call.ts';

const broken = defineTool({
  name: 'broken',
  title: 'Broken',
  description: 'Fails in a way that it should not.',
  effect: 'configure',
  input: z.strictObject({}),
  output: z.strictObject({}),
  describeCall: () => 'Break',
  describeResult: () => 'Broken',
  handler: async () => {
    throw new Error('a bug in the handler');
  },
});

it('a tool with a bug in it fails its call, with a reference to the log, and the call is recorded as over', async () => {
  const [clock, ids, log] = [createManualClock(), createCountingIds(), createKeptLog()];
  const repository = createMemorySessionRepository();
  const store = createSessionRegistry({ repository, clock, ids }).create();
  const by = { role: 'artist', name: 'artist' } as const;
  store.dispatch({ type: 'turn/started', turnId: 't', message: 'broken', author: by });
  const context = toolContext();
  const { catalog } = context;
  const answer = await executeToolCall(
    { callId: 'c', name: 'broken', input: {} },
    {
      store,
      turnId: 't',
      by,
      tools: [broken],
      context,
      changeSets: createChangeSetDesk({ clock, ids, digest: String, catalog: () => catalog }),
      cancellation: neverCancelled,
      journal: createStepJournal(store, 't'),
      clock,
      log,
      toolSeconds: undefined,
    },
  );
  expect(answer).toMatchObject({ ok: false, error: { code: 'internal/unexpected' } });
  expect(store.state.turns[0]?.parts).toMatchObject([{ call: { status: 'failed' } }]);
  expect(log.lines).toMatchObject([{ event: 'tool call failed' }]);
});
