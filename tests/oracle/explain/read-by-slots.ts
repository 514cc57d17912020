import { type JsonObject, type JsonValue, isJsonArray } from '../../../core/base/json.ts';
import type { NodeCatalog, NodeClass } from '../../../core/domain/workflow/catalog.ts';
import {
  objectsIn,
  storedLinks,
  storedNodes,
  toIdText,
} from '../../../core/domain/workflow/view/graph-format.ts';
import { SUBGRAPH_INPUT_ID } from '../../../core/domain/workflow/widgets/promoted-widgets.ts';
import { widgetLayout } from '../../../core/domain/workflow/widgets/widget-layout.ts';
import { type Changed, changeNodes, definitionsIn, typeText } from './change-workflow.ts';

/**
 * A file as an older page reads it whose inner wires name slots by number: a shown setting stands for
 * whatever setting has that number in the class, takes its value when the use holds none, and gives its own
 * to it. Newer pages count only the sockets that they store.
 */
export function readBySlotNumbers(
  workflow: JsonObject,
  { catalog, around }: { readonly catalog: NodeCatalog; readonly around: readonly JsonObject[] },
): Changed {
  const use = around.at(-1);
  const definition = definitionsIn(workflow).find((each) => each['id'] === use?.['type']);
  if (use === undefined || definition === undefined) return { workflow, changed: [] };
  const shown = shownSlots(definition, catalog);
  if (shown.every(({ isSame }) => isSame)) return { workflow, changed: [] };
  const stored = isJsonArray(use['widgets_values']) ? use['widgets_values'] : [];
  const values = shown.map((slot, index) => stored[index] ?? slot.value ?? null);
  return changeNodes(workflow, (node, { graph }) => {
    if (node === use) return { ...node, widgets_values: values, properties: {} };
    if (graph !== definition) return node;
    const written = shown.flatMap(({ nodeId, place }, index) =>
      nodeId === toIdText(node['id']) && place >= 0
        ? [{ place, value: values[index] ?? null }]
        : [],
    );
    const own = node['widgets_values'];
    if (written.length === 0 || !isJsonArray(own)) return node;
    return {
      ...node,
      widgets_values: written.reduce<readonly JsonValue[]>(
        (all, { place, value }) => (place < all.length ? all.with(place, value) : all),
        own,
      ),
    };
  });
}

interface ShownSlot {
  readonly nodeId: string;
  /** Where the setting with that slot number stands among the node's values; -1 when it is a socket. */
  readonly place: number;
  readonly value: JsonValue | undefined;
  /** True when the number means the setting that the wire is stored at. */
  readonly isSame: boolean;
}

/** For each shown setting of a definition in input order: the one that its first wire's slot number means. */
function shownSlots(definition: JsonObject, catalog: NodeCatalog): readonly ShownSlot[] {
  const links = storedLinks(definition);
  const nodes = new Map(storedNodes(definition).map((node) => [toIdText(node['id']) ?? '', node]));
  return objectsIn(definition['inputs']).flatMap((input, index): ShownSlot | readonly [] => {
    const ids = isJsonArray(input['linkIds']) ? input['linkIds'] : [];
    for (const id of ids) {
      const link = links.get(toIdText(id) ?? '');
      const node = link === undefined ? undefined : nodes.get(link.targetId);
      const nodeClass = node === undefined ? undefined : catalog.get(typeText(node));
      if (link?.originId !== SUBGRAPH_INPUT_ID || link.originSlot !== index) continue;
      if (node === undefined || nodeClass === undefined) continue;
      const name = slotNames(nodeClass)[link.targetSlot];
      const place = widgetLayout(nodeClass).findIndex(
        (entry) => entry.kind === 'widget' && entry.spec.name === name,
      );
      if (place < 0) continue;
      const at = objectsIn(node['inputs']).find((each) => toIdText(each['link']) === link.id);
      const values = node['widgets_values'];
      const value = isJsonArray(values) ? values[place] : undefined;
      return { nodeId: link.targetId, place, value, isSame: at?.['name'] === name };
    }
    return [];
  });
}

/** What a page calls the slots of a class: sockets, then those of settings. */
function slotNames({ inputs }: NodeClass): readonly string[] {
  const sockets = inputs.filter(({ isWidget }) => !isWidget);
  return [...sockets, ...inputs.filter(({ isWidget }) => isWidget)].map(({ name }) => name);
}
