import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCancellation, neverCancelled } from '../../base/cancellation.ts';
import { parseExactJson } from '../../base/exact-json.ts';
import { isJsonObject, type JsonValue } from '../../base/json.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import { createNodeCatalog } from '../../domain/workflow/create-catalog.ts';
import { parseWorkflow } from '../../domain/workflow/parse-workflow.ts';
import type { ModelEvent, ModelMessage } from '../../ports/model.ts';
import { planContext } from '../../../tests/fakes/plan-context.ts';
import { createBuiltInModel } from './built-in-model.ts';

const FIXTURES = join(import.meta.dirname, '../../../tests/fixtures');
const info = parseExactJson(readFileSync(join(FIXTURES, 'object-info.core.json'), 'utf8'));
const workflow = parseWorkflow(
  readFileSync(join(FIXTURES, 'workflows/sdxl-text-to-image.json'), 'utf8'),
);
if (!info.ok || !isJsonObject(info.value) || !workflow.ok)
  throw new Error('fixtures are unreadable');
const context = planContext(workflow.value, createNodeCatalog(info.value));

const APPLIED = { status: 'applied', appliedOps: 1, proposedOps: 1, changes: ['Steps 20 → 30'] };
const VERDICT = { outcome: 'as-asked', summary: 'As you asked.', checks: [] };

describe('the built-in assistant', () => {
  it('changes first, runs when the change was applied, and closes with the verdict', async () => {
    const turn = startTurn('30 steps and render');
    expect(await turn.next()).toEqual([
      { kind: 'text', delta: 'Steps 20 → 30.' },
      toolCall(1, 'apply_workflow_patch', {
        intent: '30 steps and render',
        ops: [{ op: 'set_widget', nodeId: '3', widget: 'steps', value: 30 }],
      }),
    ]);
    turn.answer({ ok: true, output: APPLIED });
    expect(await turn.next()).toEqual([toolCall(2, 'execute_with_progress', {})]);
    turn.answer({
      ok: true,
      output: { runs: [{ status: 'verified', durationMs: 4200, verdict: VERDICT }] },
    });
    expect(await turn.next()).toEqual([
      { kind: 'text', delta: 'Done. Rendered in 4.2 s. As you asked.' },
    ]);
  });

  it('runs nothing when the change was turned down', async () => {
    const turn = startTurn('30 steps and render');
    await turn.next();
    turn.answer({
      ok: true,
      output: { ...APPLIED, status: 'rejected', appliedOps: 0, changes: [] },
    });
    expect(await turn.next()).toEqual([
      { kind: 'text', delta: 'Left as it was. I did nothing more.' },
    ]);
  });

  it('says in plain words why a tool failed and goes no further', async () => {
    const turn = startTurn('30 steps and render');
    await turn.next();
    turn.answer({ ok: true, output: APPLIED });
    await turn.next();
    turn.answer({ ok: false, error: appError('comfy/not-connected', {}) });
    const [event, ...rest] = await turn.next();
    expect(event?.kind === 'text' && event.delta).toMatch(/^Done\. .*ComfyUI/);
    expect(rest).toEqual([]);
  });

  it('asks, with offers, and calls no tool when it does not understand', async () => {
    const events = await startTurn('30 steps and make it sparkle').next();
    expect(events.map((event) => event.kind)).toEqual(['text', 'suggestions']);
  });

  it('offers the templates that there are when one is not known', async () => {
    const turn = startTurn('open the flux template');
    await turn.next();
    turn.answer({
      ok: false,
      error: appError('workflow/unknown-template', { name: 'flux', known: ['a', 'b'] }),
    });
    expect((await turn.next()).at(-1)).toEqual({
      kind: 'suggestions',
      suggestions: ['open the a template', 'open the b template'],
    });
  });

  it('says nothing once it is cancelled', async () => {
    const source = createCancellation();
    source.cancel();
    expect(await startTurn('30 steps', source.token).next()).toEqual([]);
  });
});

type Result =
  | { readonly ok: true; readonly output: JsonValue }
  | { readonly ok: false; readonly error: AppError };

function toolCall(count: number, name: string, input: JsonValue): ModelEvent {
  return { kind: 'tool-call', callId: `session-call-${String(count)}`, name, input };
}

function startTurn(text: string, cancellation = neverCancelled) {
  const model = createBuiltInModel({ templates: context.templates ?? [] });
  const messages: ModelMessage[] = [{ role: 'artist', text }];
  let open: Extract<ModelEvent, { kind: 'tool-call' }> | undefined;
  return {
    next: async () => {
      const events: ModelEvent[] = [];
      for await (const event of model.respond(
        {
          messages: [...messages],
          tools: [],
          document: context.document,
          catalog: context.catalog,
          session: context.session,
        },
        cancellation,
      )) {
        events.push(event);
      }
      open = events.find((event) => event.kind === 'tool-call');
      return events;
    },
    answer: (result: Result) => {
      if (open === undefined) throw new Error('no tool was called');
      messages.push({
        role: 'tool',
        callId: open.callId,
        name: open.name,
        input: open.input,
        result,
      });
    },
  };
}
