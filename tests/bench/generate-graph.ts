import type { JsonObject, JsonValue } from '../../core/base/json.ts';
import type { InputSpec, NodeCatalog, NodeClass } from '../../core/domain/workflow/catalog.ts';
import { defaultValueOf } from '../../core/domain/workflow/create-catalog.ts';
import { toTypeText } from '../../core/domain/workflow/view/graph-format.ts';
import { widgetLayout } from '../../core/domain/workflow/widgets/widget-layout.ts';

/** What artists' graphs mostly consist of; every seventh node is another real class. */
const COMMON = [
  'CheckpointLoaderSimple',
  'LoraLoader',
  'CLIPTextEncode',
  'CLIPTextEncode',
  'EmptyLatentImage',
  'KSampler',
  'VAEDecode',
  'ImageScale',
  'ControlNetLoader',
  'ControlNetApplyAdvanced',
  'LatentUpscale',
  'VAEEncode',
  'SaveImage',
  'PreviewImage',
] as const;

/** A save-format graph of `count` nodes of the catalog's classes, wired and filled; the same for the same seed. */
export function generateGraph(catalog: NodeCatalog, count: number, seed = 1): JsonObject {
  const random = createRandom(seed);
  const classes = catalog.classTypes.flatMap((type) => catalog.get(type) ?? []);
  const common = COMMON.flatMap((type) => catalog.get(type) ?? []);
  const nodes: Record<string, JsonValue>[] = [];
  const links: JsonValue[] = [];
  const makers = new Map<string, { readonly node: number; readonly slot: number }[]>();
  for (let at = 0; at < count; at += 1) {
    const pool = at % 7 === 6 ? classes : common;
    const nodeClass = pool[at % 7 === 6 ? random(pool.length) : at % pool.length];
    if (nodeClass === undefined) continue;
    const node = buildNode(nodeClass, at, random);
    for (const [slot, input] of (node['inputs'] as Record<string, JsonValue>[]).entries()) {
      const offers = makers.get(toTypeText(input['type'])) ?? [];
      const from = offers[Math.max(0, offers.length - 1 - random(4))];
      if (from === undefined) continue;
      const id = links.length + 1;
      links.push([id, from.node + 1, from.slot, at + 1, slot, input['type'] ?? '*']);
      input['link'] = id;
      const output = (nodes[from.node]?.['outputs'] as Record<string, JsonValue>[])[from.slot];
      if (output !== undefined) output['links'] = [...((output['links'] ?? []) as JsonValue[]), id];
    }
    for (const [slot, { type }] of nodeClass.outputs.entries()) {
      makers.set(type, [...(makers.get(type) ?? []).slice(-8), { node: at, slot }]);
    }
    nodes.push(node);
  }
  return {
    id: '6f0f2f0e-7a40-4f5f-9d9d-5b1f2d1c0a11',
    revision: 0,
    last_node_id: nodes.length,
    last_link_id: links.length,
    nodes,
    links,
    groups: [{ id: 1, title: 'All of it', bounding: [0, 0, 8000, 4000], color: '#3f789e' }],
    config: {},
    extra: { ds: { scale: 0.6209213230591553, offset: [-120.5, 33.25] } },
    version: 0.4,
  };
}

/** `/object_info` of `count` classes: the real ones, over and over, each time under another name. */
export function generateObjectInfo(info: JsonObject, count: number): JsonObject {
  const entries = Object.entries(info);
  return Object.fromEntries(
    Array.from({ length: count }, (_, at): [string, JsonValue] => {
      const [name, entry] = entries[at % entries.length] ?? ['None', {}];
      const round = Math.floor(at / entries.length);
      return [round === 0 ? name : `${name}${String(round)}`, entry];
    }),
  );
}

/** Whole numbers below `limit`, the same row for the same seed (Lehmer's generator). */
function createRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 48271) % 2147483647;
    return state % limit;
  };
}

function buildNode(
  nodeClass: NodeClass,
  at: number,
  random: (limit: number) => number,
): Record<string, JsonValue> {
  return {
    id: at + 1,
    type: nodeClass.classType,
    pos: [(at % 40) * 340 + 0.5, Math.floor(at / 40) * 420 + 0.25],
    size: [315, 262.3333740234375],
    flags: {},
    order: at,
    mode: at % 50 === 49 ? 4 : 0,
    inputs: nodeClass.inputs
      .filter((spec) => !spec.isWidget && !spec.type.startsWith('COMFY_'))
      .map(({ name, type }) => ({ localized_name: name, name, type, link: null })),
    outputs: nodeClass.outputs.map(({ name, type }) => ({
      localized_name: name,
      name,
      type,
      links: null,
    })),
    properties: { cnr_id: 'comfy-core', ver: '0.3.64', 'Node name for S&R': nodeClass.classType },
    widgets_values: widgetLayout(nodeClass).map((entry) => {
      switch (entry.kind) {
        case 'control':
          return 'randomize';
        case 'upload':
          return 'image';
        case 'filter':
          return '';
        case 'widget':
          return valueFor(entry.spec, random);
      }
    }),
    ...(at % 10 === 3 ? { title: `Step ${String(at)}`, color: '#232', bgcolor: '#353' } : {}),
  };
}

const WORDS =
  'a portrait of an old fisherman in heavy rain, volumetric light, 35mm film grain, '.repeat(3);

function valueFor(spec: InputSpec, random: (limit: number) => number): JsonValue {
  // Every third seed is beyond what a float can hold.
  if (spec.hasControl === true && spec.type === 'INT') {
    return random(3) === 0 ? 2n ** 63n + BigInt(random(1e9)) : random(2 ** 30);
  }
  if (spec.multiline === true) return WORDS.slice(random(60), 100 + random(140));
  if (spec.type === 'INT')
    return Math.min(Number(spec.max ?? 100), Number(spec.min ?? 0) + random(60));
  if (spec.type === 'FLOAT') return Number(spec.min ?? 0) + random(100) / 128;
  return defaultValueOf(spec);
}
