import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import type { InputSpec, NodeCatalog, NodeClass } from '../catalog.ts';
import type { WorkflowDocument } from '../document.ts';
import { buildGraphNode, estimateSize } from '../draft/new-node.ts';
import type { NodeView } from '../view/view.ts';
import { viewWorkflow } from '../view/view-workflow.ts';
import { placeNodes } from './place-nodes.ts';

/** A workflow in the page's own form, and what that form has no place for. */
export interface SavedGraph {
  readonly document: WorkflowDocument;
  /** One sentence for each value that could not be kept. */
  readonly notes: readonly string[];
}

/**
 * Turns a workflow in the exported form into one that ComfyUI's page saves (0.4), laid out from left to right. Ids that
 * are no plain numbers get new ones; nodes of unknown classes keep their values by name. A workflow that is in the page's
 * form already stays as it is.
 */
export function toSavedGraph(document: WorkflowDocument, catalog: NodeCatalog): SavedGraph {
  if (document.format === 'graph') return { document, notes: [] };
  const view = viewWorkflow(document, catalog);
  const classes = new Map(
    view.nodes.map((node) => [node.id, node.nodeClass ?? inventClass(node, view.links)]),
  );
  const classOf = (node: NodeView): NodeClass => classes.get(node.id) ?? inventClass(node, []);
  const places = placeNodes(view, (node) => estimateSize(classOf(node)));
  const ids = plainIds(view.nodes.map(({ id }) => id));
  const links: (readonly [number, number, number, number, number, string])[] = [];
  const targets = new Map<string, number[]>();
  const notes: string[] = [];
  const nodes = view.nodes.map((node, order) => {
    const nodeClass = classOf(node);
    const known = new Set(nodeClass.inputs.map(({ name }) => name));
    for (const { name, spec } of node.widgets) {
      if (spec === undefined && !known.has(name) && !UPLOAD_BUTTONS.has(name)) {
        notes.push(`${node.title} has no setting “${name}” here, so its value was left out.`);
      }
    }
    const saved = buildGraphNode(
      {
        id: String(ids.get(node.id) ?? 0),
        nodeClass,
        ...(node.title === nodeClass.displayName ? {} : { title: node.title }),
        position: places.get(node.id) ?? [0, 0],
        values: new Map(node.widgets.map(({ name, value }) => [name, unwrap(value)])),
      },
      order,
    );
    const slots: JsonObject[] = isJsonArray(saved['inputs'])
      ? saved['inputs'].filter(isJsonObject)
      : [];
    if (node.nodeClass === undefined) slots.push(...settingSlots(node));
    for (const { name, type, link } of node.inputs) {
      const [from, to] = [ids.get(link?.nodeId ?? ''), ids.get(node.id)];
      if (link === undefined || from === undefined || to === undefined) continue;
      let slot = slots.findIndex((each) => each['name'] === name);
      if (slot < 0) slot = slots.length;
      const isSetting = node.widgets.some((widget) => widget.name === name);
      const linkId = links.length + 1;
      slots[slot] = {
        ...(slots[slot] ?? { name, type, ...(isSetting ? { widget: { name } } : {}) }),
        link: linkId,
      };
      links.push([linkId, from, link.output, to, slot, type]);
      const key = `${link.nodeId}/${String(link.output)}`;
      targets.set(key, [...(targets.get(key) ?? []), linkId]);
    }
    return { node, saved: { ...saved, inputs: slots } };
  });
  return {
    document: {
      format: 'graph',
      root: {
        last_node_id: Math.max(0, ...ids.values()),
        last_link_id: links.length,
        nodes: nodes.map(({ node, saved }) => withOutputLinks(saved, node.id, targets)),
        links: links.map((link) => [...link]),
        groups: [],
        config: {},
        extra: {},
        version: 0.4,
      },
    },
    notes,
  };
}

/** The page's button for choosing a file, which exports carry along like a setting. */
const UPLOAD_BUTTONS: ReadonlySet<string> = new Set(['upload', 'choose file to upload']);

/** Without a class to look in, only sockets tell which value is which setting's. */
function settingSlots({ widgets }: NodeView): readonly JsonObject[] {
  return widgets.map(({ name }) => ({ name, type: '*', widget: { name }, link: null }));
}

/** Whole numbers stay; ids of flattened subgraphs ("12:34") and names get numbers above them. */
function plainIds(ids: readonly string[]): ReadonlyMap<string, number> {
  const isPlain = (id: string): boolean => /^\d{1,15}$/.test(id);
  let last = 0;
  for (const id of ids) if (isPlain(id)) last = Math.max(last, Number(id));
  return new Map(ids.map((id) => [id, isPlain(id) ? Number(id) : (last += 1)]));
}

/** A class as far as the file tells, for one that this ComfyUI does not have. */
function inventClass(
  node: NodeView,
  links: readonly { readonly from: { readonly nodeId: string; readonly output: number } }[],
): NodeClass {
  const used = links.filter(({ from }) => from.nodeId === node.id).map(({ from }) => from.output);
  const count = used.reduce((most, output) => Math.max(most, output + 1), 0);
  return {
    classType: node.classType,
    displayName: node.classType,
    description: '',
    category: '',
    module: '',
    inputs: [
      ...node.inputs.map(({ name }): InputSpec => spec(name, '*', false)),
      ...node.widgets.map(({ name }): InputSpec => spec(name, 'STRING', true)),
    ],
    outputs: Array.from({ length: count }, () => ({ name: '*', type: '*', isList: false })),
    isOutput: false,
    isDeprecated: false,
    isExperimental: false,
    isApiNode: false,
    raw: {},
  };
}

function spec(name: string, type: string, isWidget: boolean): InputSpec {
  return { name, type, required: true, isWidget, options: {} };
}

/** Lists travel wrapped in a payload, because a bare one reads as a wire there. */
function unwrap(value: JsonValue): JsonValue {
  return isJsonObject(value) && value['__value__'] !== undefined ? value['__value__'] : value;
}

function withOutputLinks(
  saved: JsonObject,
  nodeId: string,
  targets: ReadonlyMap<string, readonly number[]>,
): JsonObject {
  const outputs = isJsonArray(saved['outputs']) ? saved['outputs'].filter(isJsonObject) : [];
  return {
    ...saved,
    outputs: outputs.map((output, index) => {
      const links = targets.get(`${nodeId}/${String(index)}`);
      return { ...output, links: links === undefined ? null : [...links] };
    }),
  };
}
