import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../base/exact-json.ts';
import { isJsonObject } from '../../base/json.ts';
import {
  type ChangeSet,
  type HistoryEntry,
  type SessionState,
} from '../../contract/session.schema.ts';
import type { Run } from '../../contract/run/run.schema.ts';
import type { Op } from '../../contract/workflow.schema.ts';
import { applyOps } from '../workflow/ops/apply-ops.ts';
import { createNodeCatalog } from '../workflow/create-catalog.ts';
import { parseWorkflow } from '../workflow/parse-workflow.ts';
import type { PlanContext } from './plan.ts';
import { planMessage } from './plan-message.ts';
import { textPayload } from '../../../tests/fixtures/practice-payloads.ts';
import { planContext } from '../../../tests/fakes/plan-context.ts';
import { opsOf, writtenPlan } from '../../../tests/fakes/written-plan.ts';

const ROOT = join(import.meta.dirname, '../../..');
const info = parseExactJson(
  readFileSync(join(ROOT, 'tests/fixtures/object-info.core.json'), 'utf8'),
);
if (!info.ok || !isJsonObject(info.value)) throw new Error('the catalog is no object');
const catalog = createNodeCatalog(info.value);
const TEXT_TO_IMAGE = readFileSync(
  join(ROOT, 'resources/templates/sdxl-text-to-image.json'),
  'utf8',
);

describe('what is not understood', () => {
  it('says that it understands English only when another language was used', () => {
    const told = (message: string): string => {
      const plan = planMessage(message, within(TEXT_TO_IMAGE, {}));
      return plan.kind === 'question' ? plan.text : plan.kind;
    };
    expect(told('mach 30 Schritte und 16:9')).toContain('I understand English only.');
    expect(told('moins de bruit s’il vous plaît')).toContain('I understand English only.');
    expect(told('flurb the wibble')).not.toContain('English');
  });
});

describe('a change of many nodes', () => {
  it('tells the first of them; all stand in the change itself', () => {
    const parsed = parseWorkflow(TEXT_TO_IMAGE);
    if (!parsed.ok) throw new Error(parsed.error.code);
    const more = Array.from({ length: 19 }, (_, at): Op => {
      return { op: 'add_node', nodeId: String(100 + at), classType: 'KSampler' };
    });
    const grown = applyOps(parsed.value, more, catalog);
    if (!grown.ok) throw new Error(grown.error.code);
    const context = { ...within(TEXT_TO_IMAGE, {}), document: grown.value.document };
    const plan = planMessage('set steps to 30 on all samplers', context);
    if (plan.kind !== 'calls') throw new Error(plan.kind);
    expect(plan.reply).toMatch(/; and 13 more\.$/);
    expect(opsOf(plan)).toHaveLength(20);
  });
});

describe('an answer to what was offered', () => {
  const asked = (suggestions: readonly string[]): PlanContext =>
    within(TEXT_TO_IMAGE, {
      turns: [
        {
          turnId: 't',
          message: 'help',
          author: { role: 'artist', name: 'artist' },
          status: 'done',
          parts: [
            { kind: 'text', text: 'I can:' },
            { kind: 'suggestions', suggestions },
          ],
          startedAt: 0,
        },
      ],
    });

  it('is no more than was said, where that stands for itself', () => {
    const context = asked(['30 steps and make it 16:9', 'undo']);
    expect(changes('make it 16:9', context).map((change) => (change as string[])[1])).toEqual([
      'width',
      'height',
    ]);
  });

  it('is the offer that it points to, where it does not', () => {
    const context = asked(['30 steps on KSampler #3', 'cfg 5']);
    expect(changes('the first one', context)).toEqual([['3', 'steps', 30]]);
  });
});

describe('checkpoints and branches', () => {
  const told = (message: string, context = within(TEXT_TO_IMAGE, {})): unknown => {
    const plan = planMessage(message, context);
    return plan.kind === 'calls' ? plan.calls : plan;
  };

  it('are set with the name that was said, in its own case, or with a number', () => {
    expect(told('checkpoint this as Approved Look')).toEqual([
      { name: 'add_checkpoint', input: { name: 'Approved Look' } },
    ]);
    expect(told('set a checkpoint called "v2 grade"')).toEqual([
      { name: 'add_checkpoint', input: { name: 'v2 grade' } },
    ]);
    expect(told('remember this')).toEqual([
      { name: 'add_checkpoint', input: { name: 'Checkpoint 1' } },
    ]);
  });

  it('are gone back to by name, and branches by their number', () => {
    const context = withHistory();
    expect(told('go back to approved look', context)).toEqual([
      { name: 'go_to_checkpoint', input: { checkpoint: 'Approved Look' } },
    ]);
    expect(told('go to branch 2', context)).toEqual([
      { name: 'go_to_checkpoint', input: { checkpoint: '2' } },
    ]);
  });

  it('are listed with what led there, and each offer is understood', () => {
    const context = withHistory();
    const plan = planMessage('show my checkpoints', context);
    expect(plan).toEqual({
      kind: 'answer',
      text: '- Approved Look: as it was opened\n- branch 2, left when something else was done: Steps 20 → 25; CFG 8 → 5',
      suggestions: ['go back to Approved Look', 'go to branch 2'],
    });
    for (const offer of plan.kind === 'answer' ? (plan.suggestions ?? []) : []) {
      expect(told(offer, context)).toMatchObject([{ name: 'go_to_checkpoint' }]);
    }
    expect(planMessage('my checkpoints', within(TEXT_TO_IMAGE, {}))).toMatchObject({
      kind: 'answer',
    });
  });

  it('leave the model that is called a checkpoint alone', () => {
    expect(
      opsOf(planMessage('set checkpoint to the sdxl refiner', within(TEXT_TO_IMAGE, {}))),
    ).toEqual([
      {
        op: 'set_widget',
        nodeId: '4',
        widget: 'ckpt_name',
        value: 'sd_xl_refiner_1.0.safetensors',
      },
    ]);
  });
});

describe('after a run', () => {
  it('brings back the seed of the last run', () => {
    const context = within(TEXT_TO_IMAGE, {
      runs: [run({ 'KSampler seed': 18446744073709551615n })],
    });
    expect(changes('same seed as last run', context)).toEqual([
      ['3', 'seed', 18446744073709551615n],
    ]);
  });

  it('explains the failure when the last run failed and something is said to be broken', () => {
    const context = within(TEXT_TO_IMAGE, { runs: [{ ...run({}), status: 'failed' }] });
    expect(writtenPlan(planMessage("why's it broken", context)).calls).toEqual([
      { name: 'explain_last_error', input: {} },
    ]);
  });

  it('stops what is running', () => {
    const context = within(TEXT_TO_IMAGE, { runs: [{ ...run({}), status: 'running' }] });
    expect(writtenPlan(planMessage('kill it', context)).calls).toEqual([
      { name: 'interrupt', input: {} },
    ]);
  });
});

describe('after a change', () => {
  const steps: Op = { op: 'set_widget', nodeId: '3', widget: 'steps', value: 20 };

  it('goes on with the setting of the last change', () => {
    const context = within(TEXT_TO_IMAGE, { changeSets: [changeSet([steps])] });
    expect(changes('a bit more', context)).toEqual([['3', 'steps', 25]]);
    expect(changes('double it', context)).toEqual([['3', 'steps', 40]]);
  });

  it('asks when the last change was of several settings', () => {
    const cfg: Op = { op: 'set_widget', nodeId: '3', widget: 'cfg', value: 8 };
    const context = within(TEXT_TO_IMAGE, { changeSets: [changeSet([steps, cfg])] });
    expect(planMessage('a bit more', context).kind).toBe('question');
  });

  it('plans what follows an undo from the values that the undo brings back', () => {
    const before = within(TEXT_TO_IMAGE, {});
    if (before.document === null) throw new Error('no workflow');
    const applied = applyOps(before.document, [{ ...steps, value: 50 }], catalog);
    if (!applied.ok) throw new Error(applied.error.code);
    const { document, patch } = applied.value;
    const context = planContext(document, catalog);
    const open = context.session.workflow;
    if (open === null) throw new Error('no workflow');
    const entry = { entryId: '1', parentId: '0', label: 'Steps', patch, at: 1 };
    const session = {
      ...context.session,
      workflow: { ...open, history: [entry], position: 1 },
    };
    const plan = planMessage('undo that and add 10 steps', { ...context, session });
    expect(writtenPlan(plan).first).toEqual([{ name: 'undo_workflow_patch', input: {} }]);
    expect(opsOf(plan)).toEqual([{ ...steps, value: 30 }]);
  });
});

describe('with other kinds of workflows', () => {
  it('changes one in the API format', () => {
    const api = JSON.stringify(textPayload());
    expect(
      changes('30 steps, karras, 832x1216 and add fog to the prompt', within(api, {})),
    ).toEqual([
      ['3', 'steps', 30],
      ['3', 'scheduler', 'karras'],
      ['5', 'width', 832],
      ['5', 'height', 1216],
      ['6', 'text', 'a red fox in the snow, fog'],
    ]);
  });
});

function within(text: string, session: Partial<SessionState>): PlanContext {
  const document = parseWorkflow(text);
  if (!document.ok) throw new Error(document.error.code);
  const context = planContext(document.value, catalog);
  return { ...context, session: { ...context.session, ...session } };
}

/** Set at the start, then two changes that were undone before a third was made. */
function withHistory(): PlanContext {
  const context = within(TEXT_TO_IMAGE, {});
  const { workflow } = context.session;
  if (workflow === null) throw new Error('no workflow is open');
  const entry = (entryId: string, parentId: string, label: string): HistoryEntry => {
    return { entryId, parentId, label, patch: { entries: [] }, at: 0 };
  };
  return within(TEXT_TO_IMAGE, {
    workflow: {
      ...workflow,
      history: [entry('3', '0', 'Denoise 1 → 0.8')],
      position: 1,
      branches: [entry('1', '0', 'Steps 20 → 25'), entry('2', '1', 'CFG 8 → 5')],
      checkpoints: [{ name: 'Approved Look', entryId: '0', at: 0 }],
    },
  });
}

function changes(message: string, context: PlanContext): readonly unknown[] {
  const plan = planMessage(message, context);
  if (plan.kind !== 'calls') throw new Error(plan.text);
  return opsOf(plan).map((op) =>
    op.op === 'set_widget' ? [op.nodeId, op.widget, op.value] : op.op,
  );
}

function run(keyValues: Run['keyValues']): Run {
  return {
    promptId: 'p',
    status: 'verified',
    requestedBy: 'artist',
    revision: 1,
    server: 'http://127.0.0.1:8188',
    payloadDigest: 'd',
    keyValues,
    label: 'Run',
    proposedAt: 0,
    outputs: [],
    warnings: [],
  };
}

function changeSet(ops: readonly Op[]): ChangeSet {
  return {
    changeSetId: 'c',
    baseRevision: 1,
    intent: 'more',
    ops,
    digest: 'd',
    status: 'applied',
    proposedBy: { role: 'assistant', name: 'assistant' },
    proposedAt: 0,
  };
}
