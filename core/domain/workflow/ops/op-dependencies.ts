import { type Op } from '../../../contract/workflow.schema.ts';
import { formulaReads } from '../../expression/formula-reads.ts';

/**
 * For each op the earlier ops that it cannot do without, ascending, indirect ones included: those that
 * make the node it names, free the id it takes, link and unlink the input it works on, or set what its
 * formula reads.
 */
export function opDependencies(ops: readonly Op[]): readonly (readonly number[])[] {
  const makerOf = new Map<string, number>();
  const inputChange = new Map<string, number>();
  const all: (readonly number[])[] = [];
  ops.forEach((op, index) => {
    const direct = new Set<number>();
    const need = (earlier: number | undefined): void => {
      if (earlier !== undefined) direct.add(earlier);
    };
    for (const id of nodesOf(op)) {
      for (const path of pathsTo(id)) need(makerOf.get(path));
    }
    const input = inputOf(op);
    for (const earlier of readBy(op, ops.slice(0, index))) need(earlier);
    // A new link takes the place of an old one, so only setting and unlinking wait for it.
    if (input !== undefined && op.op !== 'connect') need(inputChange.get(input));
    all.push(
      [...new Set([...direct].flatMap((earlier) => [...(all[earlier] ?? []), earlier]))].sort(
        (a, b) => a - b,
      ),
    );
    // A deleted id counts as made by the deletion: an op that adds it again needs it gone.
    if (op.op === 'add_node' || op.op === 'replace_node' || op.op === 'delete_node') {
      makerOf.set(op.nodeId, index);
    }
    if (input !== undefined && op.op !== 'set_widget') inputChange.set(input, index);
  });
  return all;
}

/** The earlier ops that set what a formula reads; a node named by its title may be any. */
function readBy(op: Op, earlier: readonly Op[]): readonly number[] {
  if (op.op !== 'set_widget' || op.formula === undefined) return [];
  const reads = formulaReads(op.formula).map(({ node, name }) => ({
    nodeId: node === undefined ? op.nodeId : node.by === 'id' ? node.text : undefined,
    widget: node === undefined && name === 'old' ? op.widget : name,
  }));
  return earlier.flatMap((other, index) =>
    other.op === 'set_widget' &&
    reads.some(
      ({ nodeId, widget }) =>
        widget === other.widget && (nodeId === undefined || nodeId === other.nodeId),
    )
      ? [index]
      : [],
  );
}

function nodesOf(op: Op): readonly string[] {
  return op.op === 'connect' ? [op.from.nodeId, op.to.nodeId] : [op.nodeId];
}

/** "12:34:5" lives in "12:34", which lives in "12". */
function pathsTo(nodeId: string): readonly string[] {
  const parts = nodeId.split(':');
  return parts.map((_, index) => parts.slice(0, index + 1).join(':'));
}

/** The input that an op links, unlinks or sets; a set value waits for the link on it to go. */
function inputOf(op: Op): string | undefined {
  switch (op.op) {
    case 'connect':
      return JSON.stringify([op.to.nodeId, op.to.input]);
    case 'disconnect':
      return JSON.stringify([op.nodeId, op.input]);
    case 'set_widget':
      return JSON.stringify([op.nodeId, op.widget]);
    default:
      return undefined;
  }
}
