import { isJsonObject, type JsonObject, type JsonValue } from '../../core/base/json.ts';
import { type Op, OpSchema } from '../../core/contract/workflow.schema.ts';
import type { Plan } from '../../core/domain/assistant/plan.ts';

/** A plan as the tables of messages write it down: the ops of its change set apart from its other calls. */
export interface WrittenPlan {
  readonly ops: JsonValue | undefined;
  /** Calls before the change set. */
  readonly first: readonly JsonObject[];
  readonly calls: readonly JsonObject[];
}

/** Takes the calls of a plan apart; a plan has at most one change set. */
export function writtenPlan(plan: Plan): WrittenPlan {
  const calls = plan.kind === 'calls' ? plan.calls : [];
  const at = calls.findIndex((call) => call.name === 'apply_workflow_patch');
  const input = calls[at]?.input;
  const toJson = ({ name, input: given }: (typeof calls)[number]): JsonObject => ({
    name,
    input: given,
  });
  return {
    ops: input !== undefined && isJsonObject(input) ? input['ops'] : undefined,
    first: calls.slice(0, Math.max(0, at)).map(toJson),
    calls: calls.slice(at + 1).map(toJson),
  };
}

/** The ops of a plan's change set, none where it has none. */
export function opsOf(plan: Plan): readonly Op[] {
  return OpSchema.array().parse(writtenPlan(plan).ops ?? []);
}
