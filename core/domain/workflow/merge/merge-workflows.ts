import { type JsonObject, type JsonValue, isJsonObject } from '../../../base/json.ts';
import { type Result, err, ok } from '../../../base/result.ts';
import { type AppError, appError } from '../../../contract/errors.ts';
import { type NodeCatalog } from '../catalog.ts';
import { diffWorkflows } from '../diff/diff-workflows.ts';
import { type WorkflowDocument } from '../document.ts';
import { isSameJson } from '../patch/same-json.ts';
import { type Conflict } from '../rebase/conflict.ts';
import { findConflicts } from '../rebase/find-conflicts.ts';
import { type Touch, touchesOf } from '../rebase/touches.ts';
import { viewWorkflow } from '../view/view-workflow.ts';
import { mergeGraph } from './merge-graph.ts';
import { type Sides, mergeJson, own } from './merge-json.ts';
import { separateApiIds, separateGraphIds } from './separate-ids.ts';

/** Two workflows in one; where they clash, the document is ours and the conflict says so. */
export interface MergedWorkflows {
  readonly document: WorkflowDocument;
  readonly conflicts: readonly Conflict[];
}

/**
 * Merges what two sides made of one workflow, node by node and setting by setting. Nodes that both added
 * under one id get ids of their own. Everything that could not be merged is in `conflicts`.
 * `change/does-not-fit` when the three are not of one format.
 */
export function mergeWorkflows(
  base: WorkflowDocument,
  ours: WorkflowDocument,
  theirs: WorkflowDocument,
  catalog: NodeCatalog,
): Result<MergedWorkflows, AppError> {
  const { format } = ours;
  if (base.format !== format || theirs.format !== format) {
    const what = 'one file is a saved workflow and another an exported one (API)';
    return err(appError('change/does-not-fit', { what }));
  }
  if (isSameJson(theirs.root, base.root) || isSameJson(theirs.root, ours.root)) {
    return ok({ document: ours, conflicts: [] });
  }
  if (isSameJson(ours.root, base.root)) return ok({ document: theirs, conflicts: [] });
  const isApi = format === 'api';
  const root = (isApi ? separateApiIds : separateGraphIds)(base.root, ours.root, theirs.root);
  const other: WorkflowDocument = { format, root };
  const mine = touchesOf(diffWorkflows(base, ours, catalog));
  const their = touchesOf(diffWorkflows(base, other, catalog));
  const conflicts = [...findConflicts(mine, their)];
  const keeps = contested(mine, their);
  const view = viewWorkflow(ours, catalog);
  const named = new Set(conflicts.map(({ what }) => what));
  const noteRaw = (nodeId: string | undefined, path: readonly string[]): void => {
    const title = nodeId === undefined ? undefined : (view.node(nodeId)?.title ?? nodeId);
    const what = title === undefined ? describeKey(path) : `${describePart(path[0])} of ${title}`;
    const isTold = title !== undefined && [...named].some((told) => told.endsWith(title));
    if (what === undefined || isTold || named.has(what)) return;
    named.add(what);
    conflicts.push({ what, ours: 'Changed, and kept', theirs: 'Changed otherwise, and left out' });
  };
  const merged = isApi
    ? mergeApi(base.root, ours.root, root, keeps)
    : mergeGraph(base.root, ours.root, root, keeps, noteRaw);
  return ok({ document: { format, root: merged }, conflicts });
}

/** What of a file says nothing about the picture: how it was looked at, and by which version of the page. */
const OF_NO_INTEREST = new Set([
  'id',
  'version',
  'config',
  'ds',
  'frontendVersion',
  'workflowRendererVersion',
  'node_versions',
]);

function describeKey([first = '', second = '']: readonly string[]): string | undefined {
  const key = first === 'extra' || first === 'definitions' ? second : first;
  if (OF_NO_INTEREST.has(key)) return undefined;
  if (first === 'definitions') return `The subgraph ${key}`;
  return key === 'groups' ? 'Frames' : `“${key}”`;
}

function describePart(key: string | undefined): string {
  switch (key) {
    case 'widgets_values':
      return 'Stored settings';
    case 'size':
    case 'flags':
    case 'color':
    case 'bgcolor':
    case 'shape':
      return 'Look';
    default:
      return `“${key ?? ''}”`;
  }
}

/** Nodes that one side removed and the other still works with. */
function contested(
  ours: ReadonlyMap<string, Touch>,
  theirs: ReadonlyMap<string, Touch>,
): ReadonlySet<string> {
  const needed = (side: ReadonlyMap<string, Touch>): ReadonlySet<string> =>
    new Set([...side.values()].flatMap(({ needs }) => needs));
  const removed = (side: ReadonlyMap<string, Touch>): readonly string[] =>
    [...side.values()].flatMap(({ remakes }) => (remakes === undefined ? [] : [remakes]));
  const [byUs, byThem] = [needed(ours), needed(theirs)];
  return new Set([
    ...removed(theirs).filter((id) => byUs.has(id)),
    ...removed(ours).filter((id) => byThem.has(id)),
  ]);
}

function mergeApi(
  base: JsonObject,
  ours: JsonObject,
  theirs: JsonObject,
  keeps: ReadonlySet<string>,
): JsonObject {
  const ids = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  return Object.fromEntries(
    [...ids].flatMap((id) => {
      const sides = { base: own(base, id), ours: own(ours, id), theirs: own(theirs, id) };
      if (keeps.has(id)) return [[id, sides.ours ?? sides.theirs ?? {}] as const];
      const isGone =
        sides.base !== undefined && (sides.ours === undefined || sides.theirs === undefined);
      if (isGone) return [];
      const replaced = replacedSide(sides);
      if (replaced !== undefined) return [[id, replaced] as const];
      // Every input of an exported node is a named setting or link, so conflicts are told already.
      const value = mergeJson(sides, () => undefined);
      return isJsonObject(value) ? [[id, value] as const] : [];
    }),
  );
}

/** Settings of two classes do not mix: where a node was replaced, the side that did it counts whole. */
function replacedSide({ base, ours, theirs }: Sides): JsonValue | undefined {
  const [was, here, there] = [base, ours, theirs].map((node) =>
    isJsonObject(node) ? node['class_type'] : undefined,
  );
  if (here === undefined || there === undefined || here === there) return undefined;
  return here === was ? theirs : ours;
}
