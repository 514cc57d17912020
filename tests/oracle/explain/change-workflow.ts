import { type JsonObject, type JsonValue, isJsonObject } from '../../../core/base/json.ts';
import { objectsIn, toIdText } from '../../../core/domain/workflow/view/graph-format.ts';

/** A workflow with something taken away, and what that was. */
export interface Changed {
  readonly workflow: JsonObject;
  /** The nodes that were changed, by id and title; empty when there was nothing to take away. */
  readonly changed: readonly string[];
}

/** A graph of the file with the nodes that it may hold; the outer one has no definition. */
export interface GraphPlace {
  readonly graph: JsonObject;
  readonly isInner: boolean;
}

/** Rewrites every node of every graph in a file; `rewrite` gives the same node back to leave it. */
export function changeNodes(
  workflow: JsonObject,
  rewrite: (node: JsonObject, place: GraphPlace) => JsonObject | undefined,
): Changed {
  const changed: string[] = [];
  const inGraph = (graph: JsonObject, isInner: boolean): JsonObject => {
    const nodes = objectsIn(graph['nodes']).flatMap((node) => {
      const made = rewrite(node, { graph, isInner });
      if (made !== node) changed.push(nodeLabel(node));
      return made ?? [];
    });
    const definitions = graph['definitions'];
    if (!isJsonObject(definitions)) return { ...graph, nodes };
    const subgraphs = objectsIn(definitions['subgraphs']).map((each) => inGraph(each, true));
    return { ...graph, nodes, definitions: { ...definitions, subgraphs } };
  };
  const made = inGraph(workflow, false);
  return { workflow: made, changed: [...new Set(changed)] };
}

/** The ids of the subgraph definitions of a file. */
export function definitionIds(workflow: JsonObject): ReadonlySet<string> {
  return new Set(definitionsIn(workflow).map((each) => toIdText(each['id']) ?? ''));
}

/** The nodes that a payload's id leads through, outermost first: the uses around a node, then itself. */
export function nodesAlong(workflow: JsonObject, id: string): readonly JsonObject[] {
  const definitions = new Map(definitionsIn(workflow).map((each) => [toIdText(each['id']), each]));
  const found: JsonObject[] = [];
  let graph: JsonObject | undefined = workflow;
  for (const part of id.split(':')) {
    const node = objectsIn(graph?.['nodes']).find((each) => toIdText(each['id']) === part);
    if (node === undefined) break;
    found.push(node);
    graph = definitions.get(typeText(node));
  }
  return found;
}

/** Every subgraph definition of a file, nested ones too. */
export function definitionsIn(graph: JsonObject): readonly JsonObject[] {
  const definitions = graph['definitions'];
  const inner = isJsonObject(definitions) ? objectsIn(definitions['subgraphs']) : [];
  return inner.flatMap((each) => [each, ...definitionsIn(each)]);
}

/** The type of a node as text. */
export function typeText(node: JsonObject): string {
  return typeof node['type'] === 'string' ? node['type'] : '';
}

/** A node without some of what the file says of it. */
export function without(node: JsonObject, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(node).filter(([key]) => !keys.includes(key)));
}

function nodeLabel(node: JsonObject): string {
  const title: JsonValue | undefined = node['title'];
  const id = toIdText(node['id']) ?? '?';
  return typeof title === 'string' && title !== '' ? `${id} “${title}”` : `${id} ${typeText(node)}`;
}
