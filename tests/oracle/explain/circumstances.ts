import { type JsonObject, isJsonObject } from '../../../core/base/json.ts';
import type { NodeCatalog } from '../../../core/domain/workflow/catalog.ts';
import { groupNodeName } from '../../../core/domain/workflow/view/frontend-only.ts';
import {
  objectsIn,
  storedLinks,
  storedMode,
  storedNodes,
  toIdText,
} from '../../../core/domain/workflow/view/graph-format.ts';
import { type Changed, changeNodes, definitionIds, typeText, without } from './change-workflow.ts';

import { readBySlotNumbers } from './read-by-slots.ts';

/**
 * Something in a file that a page does not heed and we do. Taking it away must make our answer the page's,
 * at exactly the place of the difference: else it is not the reason.
 */
export interface Circumstance {
  readonly because: string;
  takeAway(workflow: JsonObject, place: Place): Changed;
}

/** Where in a file a difference is. */
export interface Place {
  readonly catalog: NodeCatalog;
  /** The uses of subgraphs and the group node that the difference lies in, outermost first. */
  readonly around: readonly JsonObject[];
}

/** The circumstances in which a page is known to go wrong, each with the pages that do. */
export const circumstances: readonly Circumstance[] = [
  {
    because:
      'pages send what is inside a switched-off subgraph or group node (1.58.1: one that is itself inside another)',
    takeAway: (workflow, { around }) => switchOn(workflow, (node) => around.includes(node)),
  },
  {
    because: '1.27.10 follows a wire into a muted subgraph or group node',
    takeAway: (workflow) => switchOn(workflow, (node) => storedMode(node) === 'muted'),
  },
  {
    because: '1.58.1 drops what goes through a muted reroute; 1.27.10 follows it',
    takeAway: (workflow) =>
      changeNodes(workflow, (node) =>
        typeText(node) === 'Reroute' && storedMode(node) === 'muted'
          ? { ...node, inputs: [] }
          : node,
      ),
  },
  {
    because:
      '1.58.1 keeps a setting’s own value where a muted node is wired to it; 1.27.10 sends nothing',
    takeAway: (workflow) =>
      cutWires(
        workflow,
        () => true,
        (origin) => storedMode(origin) === 'muted',
      ),
  },
  {
    because:
      '1.27.10 puts the value of a use where the wire to its shown setting leads to nothing; 1.58.1 leaves the inner one',
    takeAway: (workflow) => {
      const uses = definitionIds(workflow);
      return cutWires(
        workflow,
        (node) => uses.has(typeText(node)),
        (origin) => storedMode(origin) === 'bypassed' || typeText(origin) === 'Reroute',
      );
    },
  },
  {
    because: '1.27.10 forgets primitives inside subgraphs; 1.58.1 copies their values',
    takeAway: (workflow) =>
      changeNodes(workflow, (node, { isInner }) =>
        isInner && typeText(node) === 'PrimitiveNode' ? undefined : node,
      ),
  },
  {
    because:
      '1.58.1 forgets a primitive on a shown setting of a subgraph; 1.27.10 copies its value',
    takeAway: (workflow) =>
      changeNodes(workflow, (node) =>
        typeText(node) === 'PrimitiveNode' ? without(node, 'widgets_values') : node,
      ),
  },
  {
    because:
      '1.27.10 does not know the list of shown settings (proxyWidgets) and deals by position',
    takeAway: (workflow) =>
      changeNodes(workflow, (node) => {
        const properties = node['properties'];
        if (!isJsonObject(properties) || !('proxyWidgets' in properties)) return node;
        return { ...node, properties: without(properties, 'proxyWidgets') };
      }),
  },
  {
    because:
      'a subgraph shows a setting that the class does not have here; the page deals the others a place too early',
    takeAway: (workflow, { catalog }) =>
      changeNodes(workflow, (node) => {
        const nodeClass = catalog.get(typeText(node));
        const inputs = objectsIn(node['inputs']);
        const kept = inputs.map((input) =>
          nodeClass !== undefined &&
          isJsonObject(input['widget']) &&
          !nodeClass.inputs.some(({ name }) => name === input['name'])
            ? without(input, 'widget')
            : input,
        );
        return kept.some((input, index) => input !== inputs[index])
          ? { ...node, inputs: kept }
          : node;
      }),
  },
  {
    because:
      '1.27.10 goes by the slot numbers of inner wires, which newer pages count without unused sockets; ours goes by names',
    takeAway: readBySlotNumbers,
  },
  {
    because: 'pages lose wires from reroutes and group nodes into a group node',
    takeAway: (workflow) =>
      cutWires(workflow, isGroupNode, (origin) => {
        return typeText(origin) === 'Reroute' || isGroupNode(origin);
      }),
  },
  {
    because:
      'the bare page puts defaults where values are stored by name; packs read them with code of their own',
    takeAway: (workflow) =>
      changeNodes(workflow, (node) =>
        isJsonObject(node['widgets_values']) ? without(node, 'widgets_values') : node,
      ),
  },
  {
    because: 'the page deals values by position although the file also names them',
    takeAway: (workflow) =>
      changeNodes(workflow, (node) =>
        'widgets_values_named' in node ? without(node, 'widgets_values_named') : node,
      ),
  },
];

/** Switches uses of subgraphs and group nodes on. */
function switchOn(workflow: JsonObject, isMeant: (node: JsonObject) => boolean): Changed {
  const uses = definitionIds(workflow);
  return changeNodes(workflow, (node) => {
    const hasInside = uses.has(typeText(node)) || isGroupNode(node);
    const isOff = hasInside && storedMode(node) !== 'active';
    return isOff && isMeant(node) ? { ...node, mode: 0 } : node;
  });
}

function isGroupNode(node: JsonObject): boolean {
  return groupNodeName(typeText(node)) !== undefined;
}

/** Takes the wires away that lead from some nodes to others. */
function cutWires(
  workflow: JsonObject,
  isTarget: (node: JsonObject) => boolean,
  isOrigin: (node: JsonObject) => boolean,
): Changed {
  return changeNodes(workflow, (node, { graph }) => {
    if (!isTarget(node)) return node;
    const links = storedLinks(graph);
    const origins = new Map(storedNodes(graph).map((each) => [toIdText(each['id']), each]));
    const inputs = objectsIn(node['inputs']);
    const cut = inputs.map((input) => {
      const link = links.get(toIdText(input['link']) ?? '');
      const origin = link === undefined ? undefined : origins.get(link.originId);
      return origin !== undefined && isOrigin(origin) ? { ...input, link: null } : input;
    });
    return cut.some((input, index) => input !== inputs[index]) ? { ...node, inputs: cut } : node;
  });
}
