import { type ModelFamily, familyById, namedFamily } from '../../../machine/model-families.ts';
import { findKnownModel } from '../../../machine/known-models/find-known-model.ts';
import type { PayloadNode } from '../payload-facts.ts';

/** A family of models at work in a workflow, and the file that says so. */
export interface ModelUse {
  readonly family: ModelFamily;
  readonly file: string;
  /** True where the file is a published one that is known; else its name says the family. */
  readonly isPublished: boolean;
}

/** Which models meet what, by node id. Follows the wires, so that two models in one workflow are kept apart. */
export interface ModelFlow {
  /** Models that come in at the node itself. */
  readonly arrivals: ReadonlyMap<string, readonly ModelUse[]>;
  /** Models that work with what the node gives: its VAE, text encoder, ControlNet, empty latent. */
  readonly partners: ReadonlyMap<string, readonly ModelUse[]>;
}

/** What a model goes along, and what hangs on it without being one. */
const MODEL_TYPES: ReadonlySet<string> = new Set(['MODEL', 'GUIDER']);
const COMPANION_TYPES: ReadonlySet<string> = new Set([
  'CLIP',
  'CONDITIONING',
  'CONTROL_NET',
  'STYLE_MODEL',
  'VAE',
]);
const MODEL_SETTINGS = ['ckpt_name', 'unet_name', 'model_name', 'model'] as const;

/** Follows every model whose family its file tells; linear in the wires for each family. */
export function followModels(nodes: ReadonlyMap<string, PayloadNode>): ModelFlow {
  const wires = readWires(nodes);
  const arrivals = new Map<string, ModelUse[]>();
  const partners = new Map<string, ModelUse[]>();
  const sources = new Map<string, { readonly use: ModelUse; readonly ids: string[] }>();
  for (const node of nodes.values()) {
    const use = loadedModel(node);
    if (use === undefined) continue;
    const known = sources.get(use.family.id);
    if (known === undefined) sources.set(use.family.id, { use, ids: [node.id] });
    else known.ids.push(node.id);
  }
  const reached = [...sources.values()].map(({ use, ids }) => {
    const met = walk(ids, (id) => wires.after(id, MODEL_TYPES));
    for (const id of ids) met.delete(id);
    for (const id of met) add(arrivals, id, use);
    return { use, met };
  });
  // Latents are followed only up to the next node that has a model of its own.
  const free = (ids: readonly string[]): readonly string[] => ids.filter((id) => !arrivals.has(id));
  for (const { use, met } of reached) {
    const before = walk(
      [...met].flatMap((id) => free(wires.before(id, LATENT))),
      (id) => free(wires.before(id, LATENT)),
    );
    const behind = walk(
      [...met].flatMap((id) => free(wires.after(id, LATENT))),
      (id) => free(wires.after(id, LATENT)),
    );
    const companions = walk(
      [...met, ...before, ...behind].flatMap((id) => wires.before(id, COMPANION_TYPES)),
      (id) => wires.before(id, COMPANION_TYPES),
    );
    for (const id of new Set([...before, ...companions])) add(partners, id, use);
  }
  return { arrivals, partners };
}

/** The model that a node loads, when its file tells the family in so many words. */
function loadedModel(node: PayloadNode): ModelUse | undefined {
  const makesModel = node.nodeClass?.outputs.some(({ type }) => type === 'MODEL') === true;
  if (!makesModel || node.links.some(({ input }) => input.startsWith('model'))) return undefined;
  for (const setting of MODEL_SETTINGS) {
    const file = Object.hasOwn(node.inputs, setting) ? node.inputs[setting] : undefined;
    if (typeof file !== 'string') continue;
    const known = findKnownModel(file)?.families[0];
    const family = (known === undefined ? undefined : familyById(known)) ?? namedFamily(file);
    if (family !== undefined) return { family, file, isPublished: known !== undefined };
  }
  return undefined;
}

const LATENT: ReadonlySet<string> = new Set(['LATENT']);

interface Wires {
  readonly before: (id: string, types: ReadonlySet<string>) => readonly string[];
  readonly after: (id: string, types: ReadonlySet<string>) => readonly string[];
}

interface Wire {
  readonly id: string;
  readonly type: string;
}

function readWires(nodes: ReadonlyMap<string, PayloadNode>): Wires {
  const into = new Map<string, Wire[]>();
  const out = new Map<string, Wire[]>();
  for (const node of nodes.values()) {
    for (const { nodeId, output } of node.links) {
      const type = nodes.get(nodeId)?.nodeClass?.outputs[output]?.type;
      if (type === undefined) continue;
      add(into, node.id, { id: nodeId, type });
      add(out, nodeId, { id: node.id, type });
    }
  }
  const along =
    (wires: ReadonlyMap<string, readonly Wire[]>) =>
    (id: string, types: ReadonlySet<string>): readonly string[] =>
      (wires.get(id) ?? []).flatMap((wire) => (types.has(wire.type) ? [wire.id] : []));
  return { before: along(into), after: along(out) };
}

/** Everything that is reached, the start included. */
function walk(start: readonly string[], next: (id: string) => readonly string[]): Set<string> {
  const seen = new Set<string>();
  const open = [...start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...next(id));
  }
  return seen;
}

function add<Value>(lists: Map<string, Value[]>, id: string, value: Value): void {
  const list = lists.get(id);
  if (list === undefined) lists.set(id, [value]);
  else list.push(value);
}
