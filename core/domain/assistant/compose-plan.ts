import { JsonValueSchema } from '../../contract/json.schema.ts';
import type { Op } from '../../contract/workflow.schema.ts';
import type { Plan, PlannedCall } from './plan.ts';
import type { Progress } from './replying/progress.ts';

/** Makes one plan of everything that a message asked for: all edits are one change set, then the calls. */
export function composePlan(state: Progress): Plan {
  const { steps, text } = state;
  const firstCall = steps.findIndex(
    (step) => step.kind === 'call' && RENDERS.includes(step.call.name),
  );
  const lateEdit = steps.findIndex(
    (step, at) => at > firstCall && step.kind === 'edit' && step.joint === 'then',
  );
  if (firstCall >= 0 && lateEdit >= 0) {
    return {
      kind: 'question',
      text: 'Changes go in before a run. Should I change everything first and then run?',
      suggestions: ['run', `${withoutRuns(text)}, then run`],
    };
  }
  const all = steps.flatMap((step) => (step.kind === 'call' ? [step.call] : []));
  const ops = withoutOverwritten(state.ops);
  // What was planned after an undo was planned for the workflow as it is then.
  const before =
    ops.length === 0 ? [] : all.filter((call) => HISTORY_WORDS[call.name] !== undefined);
  const after = all.filter((call) => !before.includes(call));
  const lead = HISTORY_WORDS[before.at(-1)?.name ?? ''];
  const answers = steps.flatMap((step) => (step.kind === 'answer' ? [step.outcome] : []));
  const slips = state.corrections.map(([typed, read]) => `I read “${typed}” as “${read}”.`);
  const reply = [
    lead === undefined ? sentence(state.says) : `After the ${lead}: ${listed(state.says)}.`,
    ...slips,
    ...answers.map((each) => each.text),
  ]
    .filter((part) => part !== '')
    .join(' ');
  const change: readonly PlannedCall[] =
    ops.length === 0
      ? []
      : [
          {
            name: 'apply_workflow_patch',
            input: { intent: state.message.trim(), ops: JsonValueSchema.parse(ops) },
          },
        ];
  const calls = [...before, ...change, ...after];
  const suggestions = [...state.offers, ...answers.flatMap((each) => each.suggestions ?? [])];
  const offered = suggestions.length === 0 ? {} : { suggestions };
  if (calls.length > 0)
    return { kind: 'calls', calls, ...(reply === '' ? {} : { reply }), ...offered };
  return { kind: 'answer', text: reply, ...offered };
}

const MOST_SAID = 8;
const RENDERS: readonly string[] = ['execute_with_progress', 'render_batch'];

const HISTORY_WORDS: Readonly<Partial<Record<string, string>>> = {
  undo_workflow_patch: 'undo',
  redo: 'redo',
  reset_workflow: 'reset',
};

function withoutRuns(text: string): string {
  return text.replace(/^.*?\bthen\b\s*/is, '').trim();
}

/** Of several values for one setting only the last is proposed. */
function withoutOverwritten(ops: readonly Op[]): readonly Op[] {
  return ops.filter(
    (op, at) =>
      op.op !== 'set_widget' ||
      !ops
        .slice(at + 1)
        .some(
          (later) =>
            later.op === 'set_widget' && later.nodeId === op.nodeId && later.widget === op.widget,
        ),
  );
}

/** The first few; each of them stands in the change that is shown. */
function listed(says: readonly string[]): string {
  if (says.length <= MOST_SAID) return says.join('; ');
  return `${says.slice(0, MOST_SAID - 1).join('; ')}; and ${String(says.length - MOST_SAID + 1)} more`;
}

function sentence(says: readonly string[]): string {
  if (says.length === 0) return '';
  const joined = listed(says);
  return `${joined.slice(0, 1).toUpperCase()}${joined.slice(1)}.`;
}
