import type { Problem } from '../../../contract/workflow.schema.ts';
import type { NodeCatalog } from '../catalog.ts';
import { nearestNames } from '../nearest-name.ts';
import type { PayloadNote } from '../payload/payload-note.ts';
import { settingLabel } from '../setting-label.ts';
import { choiceProblem, showValue } from './choice-problem.ts';
import { findCycles } from './find-cycles.ts';
import type { PayloadNode } from './payload-facts.ts';

type Nodes = ReadonlyMap<string, PayloadNode>;

/** Nodes of a kind that this ComfyUI does not have. */
export function unknownClassProblems(nodes: Nodes, catalog: NodeCatalog): readonly Problem[] {
  const near = new Map<string, readonly string[]>();
  return [...nodes.values()].flatMap((node) => {
    if (node.nodeClass !== undefined) return [];
    const names = near.get(node.classType) ?? nearestNames(node.classType, catalog.classTypes);
    near.set(node.classType, names);
    const hint = names.length > 0 ? ` The nearest it has is ${names[0] ?? ''}.` : '';
    return about(node, {
      type: 'missing_node_type',
      severity: 'error',
      message: `This ComfyUI has no “${node.classType}” node, which ${node.title === node.classType ? 'this workflow' : node.title} needs.${hint}`,
      ...(names.length > 0 ? { suggestions: names } : {}),
    });
  });
}

/** Circles of nodes that wait for each other. */
export function cycleProblems(nodes: Nodes): readonly Problem[] {
  const needs = new Map(
    [...nodes.values()].map((node) => [node.id, node.links.map((link) => link.nodeId)] as const),
  );
  return findCycles(needs).flatMap((cycle) => {
    const first = nodes.get(cycle[0] ?? '');
    if (first === undefined) return [];
    const titles = [...cycle, first.id].map((id) => nodes.get(id)?.title ?? id);
    return about(first, {
      type: 'dependency_cycle',
      severity: 'error',
      message: `These nodes feed each other in a circle, so none of them can start: ${titles.join(' → ')}.`,
    });
  });
}

/** Connections to nodes that are not there, or to outputs that their node does not have. */
export function linkProblems(nodes: Nodes): readonly Problem[] {
  return [...nodes.values()].flatMap((node) =>
    node.links.flatMap((link): readonly Problem[] => {
      const source = nodes.get(link.nodeId);
      const where = `${settingLabel(link.input)} on ${node.title}`;
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

/** Choices that the server lets pass and the node then fails on: V3 lists are not checked by it. */
export function uncheckedChoiceProblems(nodes: Nodes): readonly Problem[] {
  return [...nodes.values()].flatMap((node) =>
    (node.nodeClass?.inputs ?? []).flatMap((spec): readonly Problem[] => {
      const value = Object.hasOwn(node.inputs, spec.name) ? node.inputs[spec.name] : undefined;
      if (value === undefined || spec.choices === undefined || typeof value === 'object') return [];
      if (node.links.some((link) => link.input === spec.name)) return [];
      if (spec.choices.includes(value)) return [];
      if (spec.hasUpload === true) return fileProblem(node, spec.name, showValue(value));
      const isV3 = Array.isArray(spec.options['options']);
      return isV3 ? [choiceProblem(node, spec.name, value, spec.choices)] : [];
    }),
  );
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

/** Files in subfolders and files with a folder mark are not listed, yet they are there. */
function fileProblem(node: PayloadNode, input: string, value: string): readonly Problem[] {
  if (/[/\\]|\[(input|output|temp)\]$/.test(value) || value === '') return [];
  return about(node, {
    type: 'file_not_listed',
    severity: 'warning',
    input,
    message: `ComfyUI does not list the file “${value}” that ${node.title} loads.`,
  });
}

function about(
  node: PayloadNode,
  problem: Omit<Problem, 'nodeId' | 'nodeTitle' | 'classType'>,
): readonly Problem[] {
  return [{ nodeId: node.id, nodeTitle: node.title, classType: node.classType, ...problem }];
}
