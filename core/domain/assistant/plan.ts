import type { JsonValue } from '../../base/json.ts';
import type { SessionState } from '../../contract/session.schema.ts';
import type { Op } from '../../contract/workflow.schema.ts';
import type { NodeCatalog } from '../workflow/catalog.ts';
import type { WorkflowDocument } from '../workflow/document.ts';

/** Everything the assistant looks at when it plans; nothing of it is changed. */
export interface PlanContext {
  readonly document: WorkflowDocument | null;
  readonly catalog: NodeCatalog;
  readonly session: SessionState;
  /** Starters that `get_workflow_template` knows. */
  readonly templates?: readonly { readonly name: string; readonly title: string }[];
}

/** One tool call of a plan, named as the registry names it. */
export interface PlannedCall {
  readonly name: string;
  readonly input: JsonValue;
}

/**
 * What the assistant makes of a message: calls to make in order, a question (nothing is done until it is
 * answered; each suggestion works when sent back as it stands), or an answer that needs no tool.
 */
export type Plan =
  | {
      readonly kind: 'calls';
      readonly calls: readonly PlannedCall[];
      readonly reply?: string;
      /** Other things that may have been meant, where one was chosen. */
      readonly suggestions?: readonly string[];
    }
  | { readonly kind: 'question'; readonly text: string; readonly suggestions: readonly string[] }
  | {
      readonly kind: 'answer';
      readonly text: string;
      readonly suggestions?: readonly string[];
    };

/** What one request of a message comes to. */
export type Outcome =
  | {
      readonly kind: 'edit';
      readonly ops: readonly Op[];
      /** What the edit does, in words, one clause each: "Steps 20 → 30". */
      readonly says: readonly string[];
      /** The setting that was meant, for "20 on the second" after "steps 30 on the first". */
      readonly setting?: string;
      /** Other things that may have been meant, where one was chosen. */
      readonly offers?: readonly string[];
    }
  | { readonly kind: 'call'; readonly call: PlannedCall; readonly says?: string }
  | {
      readonly kind: 'ask';
      readonly text: string;
      /** Replacements for the request that was unclear, each complete in itself. */
      readonly instead: readonly string[];
    }
  | {
      readonly kind: 'answer';
      readonly text: string;
      readonly suggestions?: readonly string[];
    };

/** Makes a question about one request. */
export function ask(text: string, instead: readonly string[] = []): Outcome {
  return { kind: 'ask', text, instead };
}

/** Makes an answer that needs no tool. */
export function answer(text: string, suggestions?: readonly string[]): Outcome {
  return { kind: 'answer', text, ...(suggestions === undefined ? {} : { suggestions }) };
}

/** Makes one tool call. */
export function call(name: string, input: JsonValue = {}, says?: string): Outcome {
  return { kind: 'call', call: { name, input }, ...(says === undefined ? {} : { says }) };
}

/** Makes an edit. */
export function edit(
  ops: readonly Op[],
  says: readonly string[],
  setting?: string,
): Extract<Outcome, { kind: 'edit' }> {
  return { kind: 'edit', ops, says, ...(setting === undefined ? {} : { setting }) };
}
