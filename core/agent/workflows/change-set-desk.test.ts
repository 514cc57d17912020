import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { createCountingIds } from '../../../tests/fakes/ports/counting-ids.ts';
import { createManualClock } from '../../../tests/fakes/ports/manual-clock.ts';
import {
  type MemorySessionRepository,
  createMemorySessionRepository,
} from '../../../tests/fakes/ports/memory-session-repository.ts';
import { isJsonObject } from '../../base/json.ts';
import { parseExactJson } from '../../base/exact-json.ts';
import type { ChangeSet } from '../../contract/session.schema.ts';
import type { Op } from '../../contract/workflow.schema.ts';
import { createNodeCatalog } from '../../domain/workflow/create-catalog.ts';
import { type ChangeSetDesk, createChangeSetDesk } from './change-set-desk.ts';
import { goToHistoryEntry, stepHistory } from './history-desk.ts';
import { createSessionRegistry } from '../sessions/session-registry.ts';
import type { SessionStore } from '../sessions/session-store.ts';

const artist = { role: 'artist', name: 'artist' } as const;
const objectInfo = parseExactJson(readFileSync('tests/fixtures/object-info.core.json', 'utf8'));
const catalog = createNodeCatalog(
  objectInfo.ok && isJsonObject(objectInfo.value) ? objectInfo.value : {},
);
const workflow = {
  last_node_id: 3,
  last_link_id: 0,
  nodes: [
    {
      id: 3,
      type: 'KSampler',
      pos: [0, 0],
      size: [300, 200],
      flags: {},
      order: 0,
      mode: 0,
      inputs: [],
      outputs: [],
      properties: {},
      widgets_values: [7, 'fixed', 20, 8, 'euler', 'normal', 1],
    },
  ],
  links: [],
  groups: [],
  extra: {},
  version: 0.4,
};
const steps = { op: 'set_widget', nodeId: '3', widget: 'steps', value: 30 } as const;
const cfg: Op = { op: 'set_widget', nodeId: '3', widget: 'cfg', value: 6 };

let repository: MemorySessionRepository;
let store: SessionStore;
let desk: ChangeSetDesk;

beforeEach(() => {
  const clock = createManualClock();
  const ids = createCountingIds();
  repository = createMemorySessionRepository();
  store = createSessionRegistry({ repository, clock, ids }).create();
  store.dispatch({
    type: 'workflow/loaded',
    name: 'w',
    path: null,
    format: 'graph',
    document: workflow,
  });
  desk = createChangeSetDesk({
    clock,
    ids,
    digest: (text) => `digest of ${text}`,
    catalog: () => catalog,
  });
});

function propose(...ops: readonly Op[]): ChangeSet {
  const proposed = desk.propose(store, { intent: 'cleaner edges', ops }, { by: artist });
  if (!proposed.ok) throw new Error(proposed.error.code);
  return proposed.value;
}

function answer(
  changeSet: ChangeSet,
  more: Partial<Parameters<ChangeSetDesk['respond']>[1]> = {},
): ReturnType<ChangeSetDesk['respond']> {
  const { changeSetId, digest, baseRevision } = changeSet;
  const response = { changeSetId, digest, baseRevision, decision: 'accept' as const, ...more };
  return desk.respond(store, response, artist);
}

function values(): unknown {
  return (store.state.workflow?.document['nodes'] as typeof workflow.nodes)[0]?.widgets_values;
}

describe('a change set', () => {
  it('changes nothing until it is accepted', () => {
    propose(steps);
    expect(store.state.workflow?.document).toBe(workflow);
  });

  it('is applied whole, and on disk before the answer', async () => {
    const accepted = await answer(propose(steps, cfg));
    expect(accepted).toMatchObject({ ok: true, value: { status: 'applied' } });
    expect(values()).toEqual([7, 'fixed', 30, 6, 'euler', 'normal', 1]);
    expect(repository.logs.get(store.sessionId)?.at(-1)?.action.type).toBe('changeset/applied');
    expect(repository.durableWrites).toBeGreaterThan(0);
  });

  it('is applied in part when only some of it is accepted', async () => {
    await answer(propose(steps, cfg), { acceptedOps: [1] });
    expect(values()).toEqual([7, 'fixed', 20, 6, 'euler', 'normal', 1]);
    expect(desk.outcomeOf(store, store.state.changeSets[0]?.changeSetId ?? '')).toMatchObject({
      appliedOps: 1,
      proposedOps: 2,
    });
  });

  it('is refused when what is accepted needs what is not', async () => {
    const changeSet = propose(
      { op: 'add_node', nodeId: '4', classType: 'VAEDecode' },
      { op: 'connect', from: { nodeId: '3', output: 0 }, to: { nodeId: '4', input: 'samples' } },
    );
    expect(await answer(changeSet, { acceptedOps: [1] })).toMatchObject({
      ok: false,
      error: { code: 'change/depends-on-rejected' },
    });
    expect(store.state.workflow?.document).toBe(workflow);
  });

  it('is refused with another digest than the one that was shown', async () => {
    expect(await answer(propose(steps), { digest: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'change/digest-mismatch' },
    });
    expect(store.state.workflow?.document).toBe(workflow);
  });

  it('is proposed again on the new base when another one is applied first', async () => {
    const first = propose(steps);
    const second = propose(cfg);
    await answer(first);
    const [, moved] = store.state.changeSets;
    expect(moved).toMatchObject({ status: 'proposed', baseRevision: 1, ops: [cfg] });
    expect(moved?.digest).not.toBe(second.digest);
    // What was shown before is not what would be applied now.
    expect(await answer(second)).toMatchObject({ error: { code: 'change/digest-mismatch' } });
    expect(await answer(moved!)).toMatchObject({ ok: true, value: { status: 'applied' } });
    expect(values()).toEqual([7, 'fixed', 30, 6, 'euler', 'normal', 1]);
  });

  it('goes stale, naming both sides, when another one changed the same thing', async () => {
    const first = propose(steps);
    const second = propose({ ...steps, value: 40 });
    await answer(first);
    expect(store.state.changeSets[1]).toMatchObject({ status: 'stale' });
    expect(await answer(second)).toMatchObject({ ok: false, error: { code: 'change/stale' } });
    const outcome = desk.outcomeOf(store, second.changeSetId);
    expect(outcome?.conflicts).toEqual([
      'Steps on KSampler: here “Steps 20 → 40 on KSampler”, meanwhile “Steps 20 → 30 on KSampler”.',
    ]);
  });

  it('follows an undo, and a step to another branch', async () => {
    await answer(propose(steps));
    const open = propose(cfg);
    await stepHistory(store, 'undo', artist, desk);
    expect(store.state.changeSets[1]).toMatchObject({ status: 'proposed', baseRevision: 2 });
    await goToHistoryEntry(store, '1', artist, desk);
    const moved = store.state.changeSets.find((set) => set.changeSetId === open.changeSetId);
    expect(moved).toMatchObject({ status: 'proposed', baseRevision: 3 });
    expect(await answer(moved!)).toMatchObject({ ok: true });
    expect(values()).toEqual([7, 'fixed', 30, 6, 'euler', 'normal', 1]);
  });

  it('holds what its formulas came to, whatever was sent along as the value', () => {
    const proposed = propose({ ...steps, value: 999, formula: 'old * 1.5' });
    expect(proposed.ops).toEqual([{ ...steps, value: 30, formula: 'old * 1.5' }]);
  });

  it('cannot be answered twice', async () => {
    const changeSet = propose(steps);
    await answer(changeSet, { decision: 'reject' });
    expect(await answer(changeSet)).toMatchObject({
      ok: false,
      error: { code: 'change/not-open' },
    });
  });

  it('keeps the reason of a rejection', async () => {
    const changeSet = propose(steps);
    await answer(changeSet, { decision: 'reject', reason: 'too slow' });
    expect(desk.outcomeOf(store, changeSet.changeSetId)).toMatchObject({
      status: 'rejected',
      reason: 'too slow',
    });
  });

  it('is never put before the artist when it does not work', () => {
    const stepz: Op = { op: 'set_widget', nodeId: '3', widget: 'stepz', value: 30 };
    const proposed = desk.propose(store, { intent: 'x', ops: [stepz] }, { by: artist });
    expect(proposed).toMatchObject({ ok: false, error: { code: 'op/unknown-widget' } });
    expect(store.state.changeSets).toEqual([]);
  });

  it('that changes nothing is not proposed', () => {
    const same: Op = { op: 'set_widget', nodeId: '3', widget: 'steps', value: 20 };
    const proposed = desk.propose(store, { intent: 'x', ops: [same] }, { by: artist });
    expect(proposed).toMatchObject({ ok: false, error: { code: 'change/empty' } });
  });

  it('says that the disk is full and keeps the change in the window', async () => {
    const changeSet = propose(steps);
    await store.saved();
    repository.fillDisk(true);
    expect(await answer(changeSet)).toMatchObject({ ok: false, error: { code: 'file/disk-full' } });
    expect(values()).toEqual([7, 'fixed', 30, 8, 'euler', 'normal', 1]);
  });
});
