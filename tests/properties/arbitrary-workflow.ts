import fc from 'fast-check';
import { vi } from 'vitest';
import { type JsonObject, type JsonValue } from '../../core/base/json.ts';
import { type Op } from '../../core/contract/workflow.schema.ts';
import {
  type InputSpec,
  type NodeCatalog,
  type NodeClass,
} from '../../core/domain/workflow/catalog.ts';
import { type WorkflowDocument } from '../../core/domain/workflow/document.ts';
import { viewWorkflow } from '../../core/domain/workflow/view/view-workflow.ts';

/** How often each property is tried: 10,000 times by `npm run properties`, or as PROPERTY_RUNS says. */
export const PROPERTY_RUNS = Number(process.env['PROPERTY_RUNS'] ?? usualRuns());

// A long search is let run.
vi.setConfig({ testTimeout: 30_000 + PROPERTY_RUNS * 60 });

function usualRuns(): number {
  if (process.env['npm_lifecycle_event'] === 'properties') return 10_000;
  return process.env['CI'] === undefined ? 200 : 1_000;
}

type Shape = '0.4' | '1.0' | 'api';

interface Wire {
  readonly from: number;
  readonly slot: number;
  readonly to: number;
  readonly input: InputSpec;
}

/** A workflow of up to a dozen real classes in one of the three shapes, wired where types are equal. */
export function arbitraryWorkflow(catalog: NodeCatalog): fc.Arbitrary<WorkflowDocument> {
  const classes = catalog.classTypes.flatMap((classType) => catalog.get(classType) ?? []);
  return fc
    .record({
      shape: fc.constantFrom<Shape>('0.4', '1.0', 'api'),
      picks: fc.array(
        fc.record({
          at: fc.nat(classes.length - 1),
          seed: fc.nat(),
          mode: fc.constantFrom(0, 0, 0, 2, 4),
        }),
        { minLength: 1, maxLength: 12 },
      ),
      wiring: fc.array(fc.nat(), { maxLength: 40 }),
    })
    .map(({ shape, picks, wiring }) => {
      const nodes = picks.map(({ at, seed, mode }) => ({ nodeClass: classes[at]!, seed, mode }));
      const wires = chooseWires(
        nodes.map((node) => node.nodeClass),
        wiring,
      );
      return shape === 'api' ? buildApi(nodes, wires) : buildGraph(nodes, wires, shape);
    });
}

/** One to eight ops, most of them possible on this document, some of them not. */
export function arbitraryOps(
  document: WorkflowDocument,
  catalog: NodeCatalog,
): fc.Arbitrary<readonly Op[]> {
  const { nodes } = viewWorkflow(document, catalog);
  const ids = [...nodes.map((node) => node.id), '900', '901'];
  const nodeId = fc.constantFrom(...ids);
  const names = [...new Set(nodes.flatMap((node) => node.widgets.map((each) => each.name)))];
  const inputs = [...new Set(nodes.flatMap((node) => node.inputs.map((each) => each.name)))];
  const name = fc.constantFrom('steps', 'nonsense', 'control_after_generate', ...names);
  const input = fc.constantFrom('model', ...inputs, ...names);
  const classType = fc.constantFrom(...catalog.classTypes, 'NoSuchClass');
  const value = fc.oneof(
    fc.integer({ min: -2, max: 100 }),
    fc.double({ noNaN: true, min: 0, max: 2 }),
    fc.bigInt({ min: 0n, max: 2n ** 64n }),
    fc.boolean(),
    fc.constantFrom('euler', 'fixed', 'a fox, fog', ''),
  );
  const position = fc.tuple(fc.integer({ max: 5000 }), fc.integer({ max: 5000 }));
  const own = nodes.flatMap((node) => node.widgets.map((each) => [node.id, each.name] as const));
  const fitting = own.length === 0 ? fc.tuple(nodeId, name) : fc.constantFrom(...own);
  const ends = (ofNode: fc.Arbitrary<string>): fc.Arbitrary<Op> =>
    fc.record({
      op: fc.constant('connect' as const),
      from: fc.record({ nodeId: ofNode, output: fc.nat(2) }),
      to: fc.record({ nodeId: ofNode, input }),
    });
  const op: fc.Arbitrary<Op> = fc.oneof(
    fc
      .tuple(fc.oneof(fitting, fc.tuple(nodeId, name)), value)
      .map(([[id, widget], to]): Op => ({ op: 'set_widget', nodeId: id, widget, value: to })),
    fc.record({
      op: fc.constant('add_node' as const),
      nodeId: fc.constantFrom('900', '901', '902', ids[0]!),
      classType,
    }),
    fc.record({ op: fc.constant('delete_node' as const), nodeId, reconnect: fc.boolean() }),
    fc.record({ op: fc.constant('replace_node' as const), nodeId, classType }),
    ends(nodeId),
    fc.record({ op: fc.constant('disconnect' as const), nodeId, input }),
    fc.record({
      op: fc.constant('set_mode' as const),
      nodeId,
      mode: fc.constantFrom('active' as const, 'muted' as const, 'bypassed' as const),
    }),
    fc.record({
      op: fc.constant('set_title' as const),
      nodeId,
      title: fc.string({ maxLength: 8 }),
    }),
    fc.record({ op: fc.constant('move_node' as const), nodeId, position }),
  );
  return fc.array(op, { minLength: 1, maxLength: 8 });
}

interface Pick {
  readonly nodeClass: NodeClass;
  readonly seed: number;
  readonly mode: number;
}

/** Wires run from earlier nodes to later ones, so that there is never a circle. */
function chooseWires(classes: readonly NodeClass[], wiring: readonly number[]): readonly Wire[] {
  const possible = classes.flatMap((target, to) =>
    target.inputs
      .filter((input) => !input.isWidget)
      .flatMap((input) =>
        classes
          .slice(0, to)
          .flatMap((source, from) =>
            source.outputs.flatMap((output, slot) =>
              output.type === input.type ? [{ from, slot, to, input }] : [],
            ),
          ),
      ),
  );
  const chosen = new Map<string, Wire>();
  for (const pick of possible.length === 0 ? [] : wiring) {
    const wire = possible[pick % possible.length]!;
    chosen.set(`${String(wire.to)} ${wire.input.name}`, wire);
  }
  return [...chosen.values()];
}

function someValue(spec: InputSpec, seed: number): JsonValue {
  if (spec.choices !== undefined) return spec.choices[seed % spec.choices.length] ?? '';
  if (spec.type === 'BOOLEAN') return seed % 2 === 0;
  if (spec.type === 'STRING') return `text ${String(seed % 100)}`;
  const low = Number(spec.min ?? 0);
  const high = Math.min(Number(spec.max ?? 100), low + 1000);
  const share = (seed % 997) / 997;
  const number = low + share * (high - low);
  if (spec.type === 'FLOAT') return Math.round(number * 100) / 100;
  // A seed beyond 2^53, as the page draws them now and then.
  if (spec.hasControl === true && seed % 3 === 0) return 2n ** 63n + BigInt(seed);
  return Math.floor(number);
}

function buildGraph(
  picks: readonly Pick[],
  wires: readonly Wire[],
  shape: '0.4' | '1.0',
): WorkflowDocument {
  const rows = wires.map((wire, index) => ({ ...wire, id: index + 1 }));
  const nodes = picks.map(({ nodeClass, seed, mode }, at): JsonObject => {
    const sockets = nodeClass.inputs.filter((input) => !input.isWidget);
    return {
      id: at + 1,
      type: nodeClass.classType,
      pos: [at * 350, seed % 700],
      size: [300, 200],
      flags: {},
      order: at,
      mode,
      inputs: sockets.map(({ name, type }) => ({
        name,
        type,
        link: rows.find((row) => row.to === at && row.input.name === name)?.id ?? null,
      })),
      outputs: nodeClass.outputs.map(({ name, type }, slot) => {
        const links = rows.filter((row) => row.from === at && row.slot === slot);
        return { name, type, links: links.length === 0 ? null : links.map((row) => row.id) };
      }),
      properties: { 'Node name for S&R': nodeClass.classType },
      widgets_values: storedValues(nodeClass, seed),
      ...(seed % 4 === 0 ? { title: `Node ${String(seed % 10)}` } : {}),
    };
  });
  const targetSlot = (row: Wire): number =>
    picks[row.to]!.nodeClass.inputs.filter((input) => !input.isWidget).indexOf(row.input);
  const counters = { last_node_id: picks.length, last_link_id: rows.length };
  const root: JsonObject =
    shape === '0.4'
      ? {
          ...counters,
          nodes,
          links: rows.map((row) => [
            row.id,
            row.from + 1,
            row.slot,
            row.to + 1,
            targetSlot(row),
            row.input.type,
          ]),
          groups: [],
          config: {},
          extra: { ds: { scale: 1, offset: [0, 0] }, unknown: 'kept' },
          version: 0.4,
        }
      : {
          version: 1,
          state: { lastNodeId: picks.length, lastLinkId: rows.length },
          nodes,
          links: rows.map((row) => ({
            id: row.id,
            origin_id: row.from + 1,
            origin_slot: row.slot,
            target_id: row.to + 1,
            target_slot: targetSlot(row),
            type: row.input.type,
          })),
          extra: { unknown: 'kept' },
        };
  return { format: 'graph', root };
}

function storedValues(nodeClass: NodeClass, seed: number): readonly JsonValue[] {
  const cells: JsonValue[] = [];
  const takesFile = nodeClass.inputs.some((input) => input.required && input.hasUpload === true);
  nodeClass.inputs.forEach((input, index) => {
    if (!input.isWidget) return;
    cells.push(someValue(input, seed + index));
    if (input.hasControl === true) cells.push(seed % 2 === 0 ? 'fixed' : 'randomize');
  });
  return takesFile ? [...cells, 'image'] : cells;
}

function buildApi(picks: readonly Pick[], wires: readonly Wire[]): WorkflowDocument {
  const root = Object.fromEntries(
    picks.map(({ nodeClass, seed }, at): [string, JsonObject] => {
      const values = nodeClass.inputs
        .filter((input) => input.isWidget)
        .map((input, index): [string, JsonValue] => [input.name, someValue(input, seed + index)]);
      const links = wires
        .filter((wire) => wire.to === at)
        .map((wire): [string, JsonValue] => [wire.input.name, [String(wire.from + 1), wire.slot]]);
      return [
        String(at + 1),
        {
          inputs: Object.fromEntries([...values, ...links]),
          class_type: nodeClass.classType,
          _meta: { title: nodeClass.displayName },
        },
      ];
    }),
  );
  return { format: 'api', root };
}
