import { expect, it } from 'vitest';
import { createCountingIds } from '../../../tests/fakes/ports/counting-ids.ts';
import { createKeptLog } from '../../../tests/fakes/ports/kept-log.ts';
import { createManualClock } from '../../../tests/fakes/ports/manual-clock.ts';
import { createMemorySessionRepository } from '../../../tests/fakes/ports/memory-session-repository.ts';
import { coreObjectInfo, sessionState, toolContext } from '../../../tests/fakes/tool-context.ts';
import { createCancellation } from '../../base/cancellation.ts';
import type { JsonObject } from '../../base/json.ts';
import { createNodeCatalog } from '../../domain/workflow/create-catalog.ts';
import { applyWorkflowPatch } from '../../tools/pilot/apply-workflow-patch.tool.ts';
import { createSessionStore } from '../sessions/session-store.ts';
import { createChangeSetDesk } from '../workflows/change-set-desk.ts';
import { createStepJournal } from './call-journal.ts';
import { executeToolCall } from './execute-tool-call.ts';

const NEW_FILE = 'just_downloaded.safetensors';
const before = createNodeCatalog(coreObjectInfo());

function withNewFile() {
  const loader = before.get('CheckpointLoaderSimple')?.raw;
  const required = { ckpt_name: [[NEW_FILE]] } satisfies JsonObject;
  const changed = { ...loader, input: { required } };
  return createNodeCatalog({ ...coreObjectInfo(), CheckpointLoaderSimple: changed });
}

it.each([
  ['is proposed when ComfyUI has it by now', withNewFile(), 'awaiting-approval'],
  ['is refused when ComfyUI still does not have it', before, 'failed'],
])('a change to a file that was not listed %s', async (_when, now, status) => {
  const clock = createManualClock();
  const turnId = 't';
  const author = { role: 'artist', name: 'artist' } as const;
  const repository = createMemorySessionRepository();
  const store = createSessionStore({ state: sessionState(), seq: 0, repository, clock });
  store.dispatch({ type: 'turn/started', turnId, message: 'use it', author });
  let catalog = before;
  const ids = createCountingIds();
  const changeSets = createChangeSetDesk({ clock, ids, digest: String, catalog: () => catalog });
  const freshCatalog = async () => {
    catalog = now;
    return now;
  };
  const stopping = createCancellation();
  const op = { op: 'set_widget', nodeId: '4', widget: 'ckpt_name', value: NEW_FILE };
  const answered = executeToolCall(
    { callId: 'k', name: applyWorkflowPatch.name, input: { intent: 'use it', ops: [op] } },
    {
      store,
      turnId,
      by: author,
      tools: [applyWorkflowPatch],
      context: toolContext({ session: store.state, catalog: before, freshCatalog }),
      changeSets,
      cancellation: stopping.token,
      journal: createStepJournal(store, turnId),
      clock,
      log: createKeptLog(),
      toolSeconds: {},
    },
  );
  const told = (): unknown => {
    const [turn] = store.state.turns;
    const call = turn?.parts.find((part) => part.kind === 'tool-call')?.call;
    return turn?.status === 'awaiting-approval' ? turn.status : call?.status;
  };
  await expect.poll(told).toBe(status);
  stopping.cancel();
  const code = status === 'failed' ? 'op/invalid-value' : 'cancelled';
  expect(await answered).toMatchObject({ ok: false, error: { code } });
});
