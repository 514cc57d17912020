import { beforeEach, describe, expect, it } from 'vitest';
import { createCountingIds } from '../../../tests/fakes/ports/counting-ids.ts';
import { createManualClock } from '../../../tests/fakes/ports/manual-clock.ts';
import { createMemorySessionRepository } from '../../../tests/fakes/ports/memory-session-repository.ts';
import { coreCatalog, textToImage } from '../../../tests/fixtures/edit-workflows.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Op } from '../../contract/workflow.schema.ts';
import { type ChangeSetDesk, createChangeSetDesk } from './change-set-desk.ts';
import { addCheckpoint, goToHistoryEntry, stepHistory } from './history-desk.ts';
import { createSessionRegistry } from '../sessions/session-registry.ts';
import type { SessionStore } from '../sessions/session-store.ts';

const artist = { role: 'artist', name: 'artist' } as const;
const clock = createManualClock();
const catalog = coreCatalog();
let repository: ReturnType<typeof createMemorySessionRepository>;
let store: SessionStore;
let desk: ChangeSetDesk;

beforeEach(() => {
  const ids = createCountingIds();
  repository = createMemorySessionRepository();
  store = createSessionRegistry({ repository, clock, ids }).create();
  const { format, root } = textToImage();
  store.dispatch({ type: 'workflow/loaded', name: 'w', path: null, format, document: root });
  desk = createChangeSetDesk({ clock, ids, digest: (text) => text, catalog: () => catalog });
});

async function change(value: number): Promise<void> {
  const op: Op = { op: 'set_widget', nodeId: '3', widget: 'steps', value };
  const proposed = desk.propose(store, { intent: 'x', ops: [op] }, { by: artist });
  if (!proposed.ok) throw new Error(proposed.error.code);
  const { changeSetId, digest, baseRevision } = proposed.value;
  await desk.respond(store, { changeSetId, digest, baseRevision, decision: 'accept' }, artist);
}

function nodes(of: SessionStore): readonly JsonObject[] {
  return of.state.workflow?.document['nodes'] as readonly JsonObject[];
}

function steps(of = store): unknown {
  const sampler = nodes(of).find((node) => node['id'] === 3);
  return (sampler?.['widgets_values'] as readonly unknown[])[2];
}

describe('checkpoints', () => {
  it('are found again on another branch, and after a restart', async () => {
    await change(30);
    expect(await addCheckpoint(store, 'approved', artist)).toEqual({ ok: true, value: '1' });
    await stepHistory(store, 'undo', artist, desk);
    await change(50);
    expect(steps()).toBe(50);
    expect(await goToHistoryEntry(store, '1', artist, desk)).toEqual({ ok: true, value: 4 });
    expect(steps()).toBe(30);

    const registry = createSessionRegistry({ repository, clock, ids: createCountingIds() });
    const again = await registry.open(store.sessionId);
    if (!again.ok) throw new Error(again.error.code);
    expect(again.value.state.workflow).toEqual(store.state.workflow);
    await goToHistoryEntry(again.value, '2', artist, desk);
    expect(steps(again.value)).toBe(50);
  });

  it('have each a name of their own', async () => {
    await addCheckpoint(store, 'approved', artist);
    expect(await addCheckpoint(store, 'approved', artist)).toMatchObject({
      error: { code: 'history/checkpoint-taken' },
    });
  });

  it('are named when one is asked for that is not there', async () => {
    await addCheckpoint(store, 'approved', artist);
    expect(await goToHistoryEntry(store, '9', artist, desk)).toMatchObject({
      error: { code: 'history/unknown-entry', data: { known: ['approved'] } },
    });
  });
});

describe('a long history', () => {
  it('goes all the way back and forth, and shares what no change touched', async () => {
    const before = nodes(store);
    for (let value = 21; value <= 320; value += 1) await change(value);
    expect(store.state.workflow?.history).toHaveLength(300);
    const shared = nodes(store).filter((node) => before.includes(node));
    expect(shared).toHaveLength(before.length - 1);
    await goToHistoryEntry(store, '0', artist, desk);
    expect(store.state.workflow?.document).toEqual(textToImage().root);
    await goToHistoryEntry(store, '300', artist, desk);
    expect(steps()).toBe(320);
  });
});
