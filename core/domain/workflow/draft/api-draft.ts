import {
  type JsonObject,
  type JsonValue,
  isJsonArray,
  isJsonObject,
  jsonEntries,
  jsonObject,
} from '../../../base/json.ts';
import { err, ok } from '../../../base/result.ts';
import { type AppError, appError } from '../../../contract/errors.ts';
import { type InputSpec, type NodeCatalog, type NodeClass } from '../catalog.ts';
import { defaultValueOf } from '../create-catalog.ts';
import { type WorkflowDocument } from '../document.ts';
import { isSameJson } from '../patch/same-json.ts';
import { toLinkSource, viewApi } from '../view/view-api.ts';
import { nodeOf, stateOf, withNodes } from '../store/graph-state.ts';
import { type EditableNodeTable, type NodeTable, createNodeTable } from '../store/node-table.ts';
import { findInputSpec } from '../widgets/widget-layout.ts';
import { type Consumer, type Draft, type NewNode } from './draft.ts';
import { settingSpecs } from './widget-values.ts';
import { withoutKeys } from './without-keys.ts';

/** Opens an API-format document for editing; it has no modes and no layout, and says so when asked. */
export function createApiDraft(document: WorkflowDocument, catalog: NodeCatalog): Draft {
  const state = stateOf(document);
  const nodes = createNodeTable(state);
  let consumersOf: ReadonlyMap<string, readonly Consumer[]> | undefined;
  const put = (nodeId: string, node: JsonObject): void => {
    nodes.set(nodeId, node);
    consumersOf = undefined;
  };
  const known = (nodeId: string): JsonObject => {
    const node = nodes.get(nodeId);
    if (node === undefined) throw new Error(`the draft lost node ${nodeId}`);
    return node;
  };
  const nodeIds = (): readonly string[] =>
    [...nodes].flatMap(([id, node]) => (isNode(node) ? [id] : []));
  const setInput = (nodeId: string, name: string, value: JsonValue): void => {
    const node = known(nodeId);
    put(nodeId, { ...node, inputs: { ...inputsOf(node), [name]: value } });
  };
  const consumers: Draft['consumers'] = (nodeId) => {
    consumersOf ??= indexConsumers(nodes);
    return consumersOf.get(nodeId) ?? [];
  };
  const unlink: Draft['unlink'] = (nodeId, input) => {
    const node = known(nodeId);
    const spec = inputSpec(catalog.get(classOf(node)), input);
    // The file forgot the setting's own value when the link took its place.
    if (spec?.isWidget === true) setInput(nodeId, input, defaultValueOf(spec));
    else put(nodeId, { ...node, inputs: withoutKeys(inputsOf(node), input) });
  };

  return {
    format: 'api',
    catalog,
    nodeIds,
    find: (nodeId) => {
      const node = nodes.get(nodeId);
      const seen = isNode(node) ? viewApi({ [nodeId]: node }, catalog).node(nodeId) : undefined;
      return seen === undefined
        ? err(appError('op/unknown-node', { nodeId, known: [...nodeIds()] }))
        : ok(seen);
    },
    checkVacant: (nodeId) =>
      nodes.has(nodeId) ? err(appError('op/duplicate-node', { nodeId })) : ok(undefined),
    boxes: () => [],
    frames: () => [],
    consumers,
    setWidget: (nodeId, name, value) => {
      setInput(nodeId, name, toPayloadValue(value));
      return ok(undefined);
    },
    link: (source, target) => {
      setInput(target.nodeId, target.input, [source.nodeId, source.output]);
      return ok(undefined);
    },
    unlink,
    add: (node) => put(node.id, buildApiNode(node)),
    remove: (nodeId) => {
      for (const consumer of consumers(nodeId)) unlink(consumer.nodeId, consumer.input);
      nodes.delete(nodeId);
      consumersOf = undefined;
    },
    replace: (nodeId, nodeClass, values) => {
      for (const consumer of consumers(nodeId)) unlink(consumer.nodeId, consumer.input);
      const node = known(nodeId);
      const inputs = defaultInputs(nodeClass, values);
      const meta = node['_meta'];
      const old = catalog.get(classOf(node))?.displayName ?? classOf(node);
      const isOwnTitle = isJsonObject(meta) && meta['title'] !== old;
      put(nodeId, {
        ...node,
        inputs,
        class_type: nodeClass.classType,
        ...(meta === undefined || isOwnTitle ? {} : { _meta: { title: nodeClass.displayName } }),
      });
    },
    setMode: (nodeId) => err(cannotSay(nodeId, 'mute or bypass a node')),
    setTitle: (nodeId, title) => {
      const node = known(nodeId);
      const meta = isJsonObject(node['_meta']) ? node['_meta'] : {};
      put(nodeId, { ...node, _meta: { ...meta, title } });
      return ok(undefined);
    },
    setPosition: (nodeId) => err(cannotSay(nodeId, 'place a node')),
    finish: () => {
      const replaced = new Map<string, JsonObject>();
      for (const id of nodes.touched) {
        const [old, node] = [nodeOf(state, id), nodes.get(id)];
        if (old === undefined || node === undefined) {
          return { ...document, root: rewriteNodes(document.root, nodes) };
        }
        // Set to what it was, or linked and unlinked again: not a change.
        if (!isSameJson(old, node)) replaced.set(id, node);
      }
      return replaced.size === 0 ? document : withNodes(document, replaced);
    },
  };
}

/** The file with the nodes as they are now: what stays keeps its place, what is new comes last. */
function rewriteNodes(root: JsonObject, nodes: EditableNodeTable): JsonObject {
  const left = new Set(nodes.touched);
  const kept = jsonEntries(root).flatMap(([id, old]): readonly (readonly [string, JsonValue])[] => {
    if (!left.delete(id)) return [[id, old]];
    const node = nodes.get(id);
    return node === undefined ? [] : [[id, isSameJson(old, node) ? old : node]];
  });
  const added = [...left].flatMap((id) => {
    const node = nodes.get(id);
    return node === undefined ? [] : [[id, node] as const];
  });
  return jsonObject([...kept, ...added]);
}

function inputSpec(nodeClass: NodeClass | undefined, name: string): InputSpec | undefined {
  return nodeClass === undefined ? undefined : findInputSpec(nodeClass, name);
}

function cannotSay(nodeId: string, what: string): AppError {
  return appError('op/read-only', {
    nodeId,
    reason: `this file is in ComfyUI’s API format, which has no way to ${what}`,
  });
}

function indexConsumers(nodes: NodeTable): ReadonlyMap<string, readonly Consumer[]> {
  const index = new Map<string, Consumer[]>();
  for (const [nodeId, node] of nodes) {
    for (const [input, value] of Object.entries(inputsOf(node))) {
      const source = toLinkSource(value);
      if (source === undefined) continue;
      const consumer = { nodeId, input, output: source.output };
      const known = index.get(source.nodeId);
      if (known === undefined) index.set(source.nodeId, [consumer]);
      else known.push(consumer);
    }
  }
  return index;
}

function isNode(value: JsonValue | undefined): value is JsonObject {
  return isJsonObject(value) && typeof value['class_type'] === 'string';
}

function classOf(node: JsonObject): string {
  return typeof node['class_type'] === 'string' ? node['class_type'] : '';
}

function inputsOf(node: JsonValue): JsonObject {
  const inputs = isJsonObject(node) ? node['inputs'] : undefined;
  return isJsonObject(inputs) ? inputs : {};
}

/** A bare list would be read as a link, so the server wants it wrapped. */
function toPayloadValue(value: JsonValue): JsonValue {
  return isJsonArray(value) ? { __value__: value } : value;
}

function buildApiNode({ nodeClass, values, title }: NewNode): JsonObject {
  return {
    inputs: defaultInputs(nodeClass, values),
    class_type: nodeClass.classType,
    _meta: { title: title ?? nodeClass.displayName },
  };
}

function defaultInputs(nodeClass: NodeClass, values: ReadonlyMap<string, JsonValue>): JsonObject {
  return Object.fromEntries(
    settingSpecs(nodeClass, values)
      .filter((spec) => spec.isWidget)
      .map((spec) => [spec.name, toPayloadValue(values.get(spec.name) ?? defaultValueOf(spec))]),
  );
}
