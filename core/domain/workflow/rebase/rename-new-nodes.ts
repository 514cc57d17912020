import { assertNever } from '../../../base/result.ts';
import { type Op } from '../../../contract/workflow.schema.ts';
import { type NodeCatalog } from '../catalog.ts';
import { type WorkflowDocument } from '../document.ts';
import { viewWorkflow } from '../view/view-workflow.ts';

/** The ops with a free id for every node that they add under an id that the workflow has taken since. */
export function renameNewNodes(
  ops: readonly Op[],
  base: WorkflowDocument,
  current: WorkflowDocument,
  catalog: NodeCatalog,
): readonly Op[] {
  const old = viewWorkflow(base, catalog);
  const now = viewWorkflow(current, catalog);
  const isTaken = (id: string): boolean => now.node(id) !== undefined;
  const added = ops.flatMap((op) => (op.op === 'add_node' ? [op.nodeId] : []));
  const used = new Set(added);
  const names = new Map<string, string>();
  for (const id of new Set(added)) {
    // One that was there in the base is deleted first by an earlier op, and that is for the conflicts.
    if (!isTaken(id) || old.node(id) !== undefined) continue;
    const free = freeId(id, (other) => isTaken(other) || used.has(other));
    used.add(free);
    names.set(id, free);
  }
  return names.size === 0 ? ops : ops.map((op) => renamed(op, (id) => names.get(id) ?? id));
}

/** The next whole number that nobody uses; in a subgraph ("12:34") under the same path. */
function freeId(id: string, isUsed: (id: string) => boolean): string {
  const path = id.slice(0, id.lastIndexOf(':') + 1);
  const number = /^\d{1,15}$/.exec(id.slice(path.length));
  let next = number === null ? 1 : Number(number[0]) + 1;
  while (isUsed(path + String(next))) next += 1;
  return path + String(next);
}

function renamed(op: Op, name: (id: string) => string): Op {
  switch (op.op) {
    case 'connect':
      return {
        ...op,
        from: { ...op.from, nodeId: name(op.from.nodeId) },
        to: { ...op.to, nodeId: name(op.to.nodeId) },
      };
    case 'set_widget':
    case 'add_node':
    case 'delete_node':
    case 'replace_node':
    case 'disconnect':
    case 'set_mode':
    case 'set_title':
    case 'move_node':
      return { ...op, nodeId: name(op.nodeId) };
    default:
      return assertNever(op);
  }
}
