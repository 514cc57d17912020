import type { DiffEntry, Op } from '../../../core/contract/workflow.schema.ts';
import { assertNever } from '../../../core/base/result.ts';
import { applyOps } from '../../../core/domain/workflow/ops/apply-ops.ts';
import type { NodeCatalog } from '../../../core/domain/workflow/catalog.ts';
import { describeValue } from '../../../core/domain/workflow/diff/describe/describe-value.ts';
import { describeDiff } from '../../../core/domain/workflow/describe/describe-diff.ts';
import { numberNodes } from '../../../core/domain/workflow/diff/describe/fold-diff.ts';
import { diffWorkflows } from '../../../core/domain/workflow/diff/diff-workflows.ts';
import type { WorkflowDocument } from '../../../core/domain/workflow/document.ts';
import type { WorkflowView } from '../../../core/domain/workflow/view/view.ts';
import { viewWorkflow } from '../../../core/domain/workflow/view/view-workflow.ts';
import { settingLabel } from '../../../core/domain/workflow/view/setting-label.ts';

export type OpShape = 'added' | 'removed' | 'changed';

/** One op as a row of the card. */
export interface OpRow {
  readonly index: number;
  readonly shape: OpShape;
  /** First what it does; more lines when it does several things. */
  readonly sentences: readonly string[];
  /** Node to show when the row is clicked. */
  readonly nodeId: string;
}

/**
 * Puts each op in words by applying one after the other to `before` and describing what each step changed.
 * Without `before` (the workflow has moved on) the ops speak for themselves; `now` still knows what their nodes are called.
 */
export function describeOps(
  ops: readonly Op[],
  before: WorkflowDocument | undefined,
  catalog: NodeCatalog,
  now?: WorkflowDocument,
): readonly OpRow[] {
  let document = before;
  const isTwin = twinsOf(before, catalog);
  const view = now === undefined ? undefined : viewWorkflow(now, catalog);
  const nameOf = (op: Op): string => nameInView(op, view);
  return ops.map((op, index) => {
    const row = { index, shape: shapeOf(op), nodeId: nodeOf(op) };
    const next = document === undefined ? undefined : applyOps(document, [op], catalog);
    if (document === undefined || next?.ok !== true) {
      document = undefined;
      return { ...row, sentences: [describeOp(op, nameOf(op))] };
    }
    const sentences = describeDiff(
      numberNodes(mainFirst(diffWorkflows(document, next.value.document, catalog)), isTwin),
    );
    document = next.value.document;
    return { ...row, sentences: sentences.length === 0 ? [describeOp(op, nameOf(op))] : sentences };
  });
}

/** Says which titles several nodes have: a row is about one of them, and has to say which. */
function twinsOf(
  document: WorkflowDocument | undefined,
  catalog: NodeCatalog,
): (title: string) => boolean {
  const seen = new Map<string, number>();
  const { nodes } = document === undefined ? { nodes: [] } : viewWorkflow(document, catalog);
  for (const { title } of nodes) seen.set(title, (seen.get(title) ?? 0) + 1);
  return (title) => (seen.get(title) ?? 0) > 1;
}

/** The node that an op is about. */
function nodeOf(op: Op): string {
  return op.op === 'connect' ? op.to.nodeId : op.nodeId;
}

/** What a node is called, where it is there still and has the setting; another workflow may use its number for another. */
function nameInView(op: Op, view: WorkflowView | undefined): string {
  const nodeId = nodeOf(op);
  const node = op.op === 'set_widget' ? view?.node(nodeId) : undefined;
  const isIt = node?.widgets.some(({ name }) => op.op === 'set_widget' && name === op.widget);
  return node !== undefined && isIt === true ? node.title : `node ${nodeId}`;
}

/** An op in words, from what it says alone; `name` is what its node is called. */
function describeOp(op: Op, name: string): string {
  switch (op.op) {
    case 'set_widget':
      return `Set ${settingLabel(op.widget)} to ${describeValue(op.value)} on ${name}`;
    case 'add_node':
      return `Add ${op.title ?? op.classType}`;
    case 'delete_node':
      return `Remove node ${op.nodeId}`;
    case 'replace_node':
      return `Replace node ${op.nodeId} with ${op.classType}`;
    case 'connect':
      return `Connect node ${op.from.nodeId} to ${op.to.input} of node ${op.to.nodeId}`;
    case 'disconnect':
      return `Disconnect ${op.input} of node ${op.nodeId}`;
    case 'set_mode':
      return `Make node ${op.nodeId} ${op.mode}`;
    case 'set_title':
      return `Rename node ${op.nodeId} to “${op.title}”`;
    case 'move_node':
      return `Move node ${op.nodeId}`;
    default:
      return assertNever(op);
  }
}

/** What happened to nodes comes before the links that follow from it. */
function mainFirst(entries: readonly DiffEntry[]): readonly DiffEntry[] {
  const isLink = (entry: DiffEntry): boolean => entry.kind.startsWith('link-');
  return [
    ...entries.filter((entry) => !isLink(entry)),
    ...entries.filter((entry) => isLink(entry)),
  ];
}

function shapeOf(op: Op): OpShape {
  if (op.op === 'add_node' || op.op === 'connect') return 'added';
  return op.op === 'delete_node' || op.op === 'disconnect' ? 'removed' : 'changed';
}
