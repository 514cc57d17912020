import { type Op } from '../../../contract/workflow.schema.ts';
import { formulaReads } from '../../expression/formula-reads.ts';
import { type Conflict } from './conflict.ts';
import { type Touch } from './touches.ts';

/**
 * Where two sides leave one thing differently, or one side does away with a node that the other works on.
 * Both leaving it the same is no conflict. In the order of our side.
 */
export function findConflicts(
  ours: ReadonlyMap<string, Touch>,
  theirs: ReadonlyMap<string, Touch>,
): readonly Conflict[] {
  const conflicts = new Map<string, Conflict>();
  const note = (key: string, mine: Touch, other: Touch): void => {
    if (conflicts.has(key)) return;
    conflicts.set(key, { what: mine.what, ours: mine.words, theirs: other.words });
  };
  const remadeByThem = remakesOf(theirs);
  for (const mine of ours.values()) {
    const other = theirs.get(mine.key);
    if (other !== undefined && other.outcome !== mine.outcome) note(mine.key, mine, other);
    for (const nodeId of mine.needs) {
      const remade = remadeByThem.get(nodeId);
      if (remade !== undefined) note(`node ${nodeId}`, mine, remade);
    }
  }
  const remadeByUs = remakesOf(ours);
  for (const other of theirs.values()) {
    for (const nodeId of other.needs) {
      const mine = remadeByUs.get(nodeId);
      // The same removal brings the same loose ends on both sides.
      if (mine !== undefined && !isSame(theirs.get(mine.key), mine)) {
        note(`node ${nodeId}`, mine, other);
      }
    }
  }
  return [...conflicts.values()];
}

/** Where the other side changed what a formula was worked out from. */
export function findMovedReads(
  ops: readonly Op[],
  theirs: ReadonlyMap<string, Touch>,
): readonly Conflict[] {
  return ops.flatMap((op) => {
    if (op.op !== 'set_widget' || op.formula === undefined) return [];
    const { formula, nodeId } = op;
    const reads = formulaReads(formula);
    const moved = [...theirs.values()].find(({ widget, needs }) =>
      reads.some(({ node, name }) => {
        const owner = node === undefined ? nodeId : node.by === 'id' ? node.text : undefined;
        return name === widget && (owner === undefined || needs.includes(owner));
      }),
    );
    if (moved === undefined) return [];
    return [{ what: moved.what, ours: `Worked out from it: ${formula}`, theirs: moved.words }];
  });
}

function remakesOf(touches: ReadonlyMap<string, Touch>): ReadonlyMap<string, Touch> {
  return new Map(
    [...touches.values()].flatMap((touch) =>
      touch.remakes === undefined ? [] : [[touch.remakes, touch] as const],
    ),
  );
}

function isSame(a: Touch | undefined, b: Touch): boolean {
  return a?.outcome === b.outcome;
}
