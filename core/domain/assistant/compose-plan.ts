import { JsonValueSchema } from '../../contract/json.schema.ts';
import type { Op } from '../../contract/workflow.schema.ts';
import type { Plan } from './plan.ts';
import type { Progress } from './progress.ts';

/** Makes one plan of everything that a message asked for: all edits are one change set, then the calls. */
export function composePlan(state: Progress): Plan {
  const { steps, text } = state;
  const firstCall = steps.findIndex(
    (step) => step.kind === 'call' && step.call.name === 'execute_with_progress',
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
  const calls = steps.flatMap((step) => (step.kind === 'call' ? [step.call] : []));
  const ops = withoutOverwritten(state.ops);
  const answers = steps.flatMap((step) => (step.kind === 'answer' ? [step.outcome] : []));
  const slips = state.corrections.map(([typed, read]) => `I read “${typed}” as “${read}”.`);
  const reply = [sentence(state.says), ...slips, ...answers.map((each) => each.text)]
    .filter((part) => part !== '')
    .join(' ');
  if (ops.length > 0)
    calls.unshift({
      name: 'apply_workflow_patch',
      input: { intent: text.trim(), ops: JsonValueSchema.parse(ops) },
    });
  if (calls.length > 0) return { kind: 'calls', calls, ...(reply === '' ? {} : { reply }) };
  const suggestions = answers.flatMap((each) => each.suggestions ?? []);
  return { kind: 'answer', text: reply, ...(suggestions.length === 0 ? {} : { suggestions }) };
}

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

function sentence(says: readonly string[]): string {
  if (says.length === 0) return '';
  const joined = says.join('; ');
  return `${joined.slice(0, 1).toUpperCase()}${joined.slice(1)}.`;
}
