import { isJsonArray } from '../../../../base/json.ts';
import type { Problem } from '../../../../contract/workflow.schema.ts';
import { type NodeCatalog, isOwnClass } from '../../catalog.ts';
import { nameLikeness, nearestNames } from '../../nearest-name.ts';
import type { PayloadNote } from '../../payload/payload-note.ts';
import { settingLabel } from '../../view/setting-label.ts';
import { findCycles } from './find-cycles.ts';
import type { PayloadNode } from '../payload-facts.ts';
import { refusalSentence } from '../refusal-sentences.ts';
import { specsInUse } from '../specs-in-use.ts';

type Nodes = ReadonlyMap<string, PayloadNode>;

/** Nodes of a kind that this ComfyUI does not have. */
export function unknownClassProblems(nodes: Nodes, catalog: NodeCatalog): readonly Problem[] {
  const near = new Map<string, readonly string[]>();
  return [...nodes.values()].flatMap((node) => {
    if (node.nodeClass !== undefined) return [];
    const { classType } = node;
    const names =
      near.get(classType) ??
      nearestNames(classType, catalog.classTypes).filter(
        (name) => nameLikeness(classType, name) >= SAME_BUT_FOR_SPELLING,
      );
    near.set(classType, names);
    return about(node, {
      type: 'missing_node_type',
      severity: 'error',
      message: refusalSentence('missing_node_type', {
        nodeTitle: node.title,
        classType: node.classType,
        choices: names,
      }),
      ...(names.length > 0 ? { suggestions: names } : {}),
    });
  });
}

/** Words that many classes have in common, Loader or Scheduler, say nothing about what a node does. */
const SAME_BUT_FOR_SPELLING = 0.8;

/** Circles of nodes that wait for each other. */
export function cycleProblems(nodes: Nodes): readonly Problem[] {
  const needs = new Map(
    [...nodes.values()].map((node) => [node.id, node.links.map((link) => link.nodeId)] as const),
  );
  return findCycles(needs).flatMap((cycle) => {
    const first = nodes.get(cycle[0] ?? '');
    if (first === undefined) return [];
    const circle = [...cycle, first.id].map((id) => nodes.get(id)?.title ?? id);
    return about(first, {
      type: 'dependency_cycle',
      severity: 'error',
      message: refusalSentence('dependency_cycle', { circle }),
    });
  });
}

/** Connections to nodes that are not there, or to outputs that their node does not have. */
export function linkProblems(nodes: Nodes): readonly Problem[] {
  return [...nodes.values()].flatMap((node) =>
    node.links.flatMap((link): readonly Problem[] => {
      const source = nodes.get(link.nodeId);
      const where = `${settingLabel(link.input)} on ${node.title}`;
      if (source !== undefined && !isTextId(node, link.input)) {
        return about(node, {
          type: 'bad_linked_input',
          severity: 'error',
          input: link.input,
          message: refusalSentence('bad_linked_input', {
            input: link.input,
            nodeTitle: node.title,
          }),
        });
      }
      if (source === undefined) {
        return about(node, {
          type: 'missing_linked_node',
          severity: 'error',
          input: link.input,
          message: `${where} is connected to node ${link.nodeId}, which is not in the workflow.`,
        });
      }
      const count = source.nodeClass?.outputs.length;
      if (count === undefined || (link.output >= 0 && link.output < count)) return [];
      return about(node, {
        type: 'missing_linked_output',
        severity: 'error',
        input: link.input,
        message: `${where} is connected to output ${link.output + 1} of ${source.title}, which has ${count === 1 ? 'only one' : count === 0 ? 'none' : `only ${count}`}.`,
      });
    }),
  );
}

/** Connections to inputs that the node does not have here; packs make inputs up as they go, so only ComfyUI's own count. */
export function unknownInputProblems(nodes: Nodes): readonly Problem[] {
  return [...nodes.values()].flatMap((node) => {
    if (node.nodeClass === undefined || !isOwnClass(node.nodeClass)) return [];
    const known = new Set(specsInUse(node).map(({ name }) => name));
    return node.links.flatMap(({ input }) =>
      known.has(input)
        ? []
        : about(node, {
            type: 'unknown_input',
            severity: 'warning',
            input,
            message: `${node.title} has no ${settingLabel(input)} on this ComfyUI, so what is connected to it is ignored.`,
          }),
    );
  });
}

/** Connections of the file that could not be followed, where nothing worse came of it. */
export function droppedLinkProblems(
  nodes: Nodes,
  report: readonly PayloadNote[],
  found: readonly Problem[],
): readonly Problem[] {
  const said = new Set(found.map((problem) => `${problem.nodeId ?? ''}/${problem.input ?? ''}`));
  return report.flatMap((note): readonly Problem[] => {
    const node = nodes.get(note.nodeId);
    if (node === undefined || note.input === undefined) return [];
    if (said.has(`${note.nodeId}/${note.input}`)) return [];
    return about(node, {
      type: 'dropped_link',
      severity: 'note',
      input: note.input,
      message: `${node.title}: ${note.message}`,
    });
  });
}

/** The server looks nodes up by text; a number for an id leads nowhere there. */
function isTextId(node: PayloadNode, input: string): boolean {
  const link = node.inputs[input];
  return isJsonArray(link) && typeof link[0] === 'string';
}

/** A problem of this node, as a list of one. */
export function about(
  node: PayloadNode,
  problem: Omit<Problem, 'nodeId' | 'nodeTitle' | 'classType'>,
): readonly Problem[] {
  return [{ nodeId: node.id, nodeTitle: node.title, classType: node.classType, ...problem }];
}
