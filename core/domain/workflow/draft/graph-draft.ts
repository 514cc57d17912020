import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import { type Result, err, ok } from '../../../base/result.ts';
import { type AppError, appError } from '../../../contract/errors.ts';
import { type NodeCatalog } from '../catalog.ts';
import { type WorkflowDocument } from '../document.ts';
import { storedInputs, toPair, toStoredMode } from '../view/graph-format.ts';
import { stateOf, withNodes } from '../store/graph-state.ts';
import { viewGroups, viewSavedNode } from '../view/view-graph.ts';
import { type NodeView } from '../view/view.ts';
import { type Consumer, type Draft, type LinkTarget } from './draft.ts';
import { type GraphAddress, createGraphScopes } from './graph-scopes.ts';
import { type GraphScope } from './graph-scope.ts';
import { buildGraphNode, replaceClass } from './new-node.ts';
import { setPromotedWidget } from './set-promoted.ts';
import { withWidgetValue } from './widget-values.ts';
import { withoutKeys } from './without-keys.ts';

/** Opens a save-format document for editing. */
export function createGraphDraft(document: WorkflowDocument, catalog: NodeCatalog): Draft {
  const scopes = createGraphScopes(stateOf(document));

  const findNode = (nodeId: string): Result<GraphAddress & { node: JsonObject }, AppError> => {
    const address = scopes.locate(nodeId);
    if (!address.ok) return address;
    const node = address.value.scope.nodes.get(address.value.localId);
    return node === undefined
      ? err(unknownNode(nodeId, idsBeside(nodeId)))
      : ok({ ...address.value, node });
  };
  /** The caller has found the node before; after that it cannot be missing. */
  const known = (nodeId: string): GraphAddress & { node: JsonObject } => {
    const found = findNode(nodeId);
    if (!found.ok) throw new Error(`the draft lost node ${nodeId}`);
    return found.value;
  };
  const idsBeside = (beside = ''): readonly string[] => {
    const address = scopes.locate(beside);
    if (!address.ok) return [...scopes.root.nodes.keys()];
    const { scope, prefix } = address.value;
    return [...scope.nodes.keys()].map((id) => prefix + id);
  };
  const edit = (
    nodeId: string,
    change: (node: JsonObject) => JsonObject,
  ): Result<void, AppError> => {
    const { scope, localId, node } = known(nodeId);
    scope.setNode(localId, change(node));
    return ok(undefined);
  };
  const view = ({ scope, prefix, node }: GraphAddress & { node: JsonObject }): NodeView => {
    const links = { get: (linkId: string) => scope.sourceOf(linkId) };
    const seen = viewSavedNode(node, { catalog, subgraphs: scopes.definitions(), links });
    return prefix === '' ? seen : withPrefix(seen, prefix);
  };

  return {
    format: 'graph',
    catalog,
    nodeIds: idsBeside,
    find: (nodeId) => {
      const found = findNode(nodeId);
      return found.ok ? ok(view(found.value)) : found;
    },
    checkVacant: (nodeId) => {
      const address = scopes.locate(nodeId);
      if (!address.ok) return address;
      const { scope, localId } = address.value;
      return localId === '' || scope.nodes.has(localId)
        ? err(appError('op/duplicate-node', { nodeId }))
        : ok(undefined);
    },
    boxes: (beside) => {
      const address = scopes.locate(beside);
      if (!address.ok) return [];
      const { scope, prefix } = address.value;
      return [...scope.nodes].flatMap(([id, node]) => {
        const position = toPair(node['pos']);
        const [width, height] = toPair(node['size']) ?? UNKNOWN_SIZE;
        return position === undefined
          ? []
          : [{ id: prefix + id, x: position[0], y: position[1], width, height }];
      });
    },
    frames: (beside) => (beside.includes(':') ? [] : viewGroups(document.root)),
    consumers: (nodeId) => {
      const { scope, localId, prefix } = known(nodeId);
      return scope.targetsOf(localId).flatMap((link): readonly Consumer[] => {
        const target = scope.nodes.get(link.targetId);
        const input = target && storedInputs(target).find((each) => each.linkId === link.id)?.name;
        return input === undefined
          ? []
          : [{ nodeId: prefix + link.targetId, input, output: link.originSlot }];
      });
    },
    setWidget: (nodeId, name, value) => {
      const { scope, localId, node } = known(nodeId);
      const type = typeof node['type'] === 'string' ? node['type'] : '';
      const definition = scopes.definitions().get(type);
      const nodeClass = catalog.get(type);
      if (definition !== undefined && nodeClass === undefined) {
        return setPromotedWidget({ nodeId, node, definition, scopes, catalog }, name, value);
      }
      const next = withWidgetValue(node, nodeClass, name, value);
      if (next === undefined) {
        return err(appError('op/read-only', { nodeId, reason: NO_PLACE }));
      }
      scope.setNode(localId, next);
      return ok(undefined);
    },
    link: (source, target) => {
      const from = known(source.nodeId);
      const to = known(target.nodeId);
      if (from.scope !== to.scope || from.prefix !== to.prefix) {
        return err(appError('op/read-only', { nodeId: target.nodeId, reason: OTHER_LEVEL }));
      }
      const slot = openSlot(to.scope, to.localId, target);
      const outputs = from.node['outputs'];
      const output = isJsonArray(outputs) ? outputs[source.output] : undefined;
      to.scope.addLink({
        originId: from.localId,
        originSlot: source.output,
        targetId: to.localId,
        targetSlot: slot,
        type: (isJsonObject(output) ? output['type'] : undefined) ?? target.type,
      });
      return ok(undefined);
    },
    unlink: (nodeId, input) => {
      const { scope, node } = known(nodeId);
      for (const stored of storedInputs(node)) {
        if (stored.name === input && stored.linkId !== undefined) scope.removeLink(stored.linkId);
      }
    },
    add: (node) => {
      const address = scopes.locate(node.id);
      if (!address.ok) throw new Error(`the draft has no place for node ${node.id}`);
      const { scope, localId } = address.value;
      scope.setNode(localId, buildGraphNode(node, scope.nodes.size));
      scope.noteNodeId(localId);
    },
    remove: (nodeId) => {
      const { scope, localId } = known(nodeId);
      scope.isolate(localId);
      scope.deleteNode(localId);
    },
    replace: (nodeId, nodeClass, values) => {
      const { scope, localId, node } = known(nodeId);
      const old = catalog.get(typeof node['type'] === 'string' ? node['type'] : '');
      scope.isolate(localId);
      edit(nodeId, (bare) => replaceClass(bare, old, nodeClass, values));
    },
    setMode: (nodeId, mode) => edit(nodeId, (node) => ({ ...node, mode: toStoredMode(mode) })),
    setTitle: (nodeId, title) =>
      edit(nodeId, (node) => (title === '' ? withoutKeys(node, 'title') : { ...node, title })),
    setPosition: (nodeId, position) => edit(nodeId, (node) => ({ ...node, pos: [...position] })),
    finish: () => {
      const replaced = scopes.replaced();
      if (replaced !== undefined)
        return replaced.size === 0 ? document : withNodes(document, replaced);
      const root = scopes.finish();
      return root === document.root ? document : { ...document, root };
    },
  };
}

const UNKNOWN_SIZE = [270, 120] as const;

const NO_PLACE =
  'the file does not say where this setting is kept, because ComfyUI does not have this kind of node here';
const OTHER_LEVEL = 'only nodes on the same level can be connected, not across a subgraph’s edge';

/** The slot index for a new link: the slot of that name, freed; else a new slot at the end. */
function openSlot(scope: GraphScope, nodeId: string, target: LinkTarget): number {
  const node = scope.nodes.get(nodeId) ?? {};
  const index = storedInputs(node).findIndex((input) => input.name === target.input);
  if (index >= 0) {
    const { linkId } = storedInputs(node)[index] ?? {};
    if (linkId !== undefined) scope.removeLink(linkId);
    return index;
  }
  const slots: readonly JsonValue[] = isJsonArray(node['inputs']) ? node['inputs'] : [];
  const slot = {
    name: target.input,
    type: target.type,
    ...(target.isWidget ? { widget: { name: target.input } } : {}),
    link: null,
  };
  scope.setNode(nodeId, { ...node, inputs: [...slots, slot] });
  return slots.length;
}

function withPrefix(node: NodeView, prefix: string): NodeView {
  return {
    ...node,
    id: prefix + node.id,
    inputs: node.inputs.map((input) =>
      input.link === undefined
        ? input
        : { ...input, link: { ...input.link, nodeId: prefix + input.link.nodeId } },
    ),
  };
}

function unknownNode(nodeId: string, known: readonly string[]): AppError {
  return appError('op/unknown-node', { nodeId, known: [...known] });
}
