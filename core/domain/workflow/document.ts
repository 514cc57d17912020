import type { JsonObject } from '../../base/json.ts';
import type { WorkflowFormat } from '../../contract/workflow.schema.ts';

/**
 * An immutable workflow: the JSON as it was read, unknown keys and all. Edits share what they do not
 * touch. Read it through `viewWorkflow`, change it through `applyOps` or `applyPatch`.
 */
export interface WorkflowDocument {
  /** `graph`: the page's save format (0.4, 1.0 or mixed). `api`: nodes by id with `class_type`. */
  readonly format: WorkflowFormat;
  readonly root: JsonObject;
  /** The text that it was first read from; what no edit has touched is written as it stands there. */
  readonly source?: string;
}
