import {
  type JsonObject,
  type JsonValue,
  isJsonArray,
  isJsonObject,
  jsonEquals,
} from '../../core/base/json.ts';
import type { NodeCatalog, NodeClass } from '../../core/domain/workflow/catalog.ts';
import { defaultValueOf } from '../../core/domain/workflow/create-catalog.ts';
import { groupNodeName, isReroute } from '../../core/domain/workflow/view/frontend-only.ts';
import {
  objectsIn,
  storedLinks,
  storedNodes,
  toIdText,
} from '../../core/domain/workflow/view/graph-format.ts';
import { findInputSpec } from '../../core/domain/workflow/widgets/widget-layout.ts';

/** Whose doing a difference is; only `ours` is wrong. */
export type GoldenCategory =
  | 'class or input not in the catalog'
  | 'node definition changed since'
  | 'not in the workflow'
  | 'ours wrong';

/** One way in which our payload is not the exported one. */
export interface GoldenDifference {
  readonly where: string;
  readonly category: GoldenCategory;
  readonly golden?: JsonValue;
  readonly ours?: JsonValue;
}

/** What the pair and the catalog say, to judge a difference by. */
interface Facts {
  readonly catalog: NodeCatalog;
  readonly nodes: ReadonlyMap<string, JsonObject>;
  readonly workflow: JsonObject;
  readonly golden: JsonObject;
  readonly ours: JsonObject;
}

/** Compares node for node and input for input, both ways; titles do not count. */
export function judgeGolden(
  workflow: JsonObject,
  golden: JsonObject,
  ours: JsonObject,
  catalog: NodeCatalog,
): readonly GoldenDifference[] {
  const nodes = new Map(storedNodes(workflow).map((node) => [toIdText(node['id']) ?? '', node]));
  const facts: Facts = { catalog, nodes, workflow, golden, ours };
  const found: GoldenDifference[] = [];
  for (const id of new Set([...Object.keys(golden), ...Object.keys(ours)])) {
    const wanted = golden[id];
    const made = ours[id];
    if (!isJsonObject(wanted))
      found.push({ where: `${id}: extra`, category: judgeExtra(id, made, facts) });
    else if (!isJsonObject(made)) {
      found.push({ where: `${id}: missing`, category: judgeMissing(id, wanted, facts) });
    } else if (wanted['class_type'] !== made['class_type']) {
      found.push({ where: `${id}: another class`, category: 'ours wrong' });
    } else found.push(...judgeInputs(id, wanted, made, facts));
  }
  return found;
}

function judgeInputs(
  id: string,
  wanted: JsonObject,
  made: JsonObject,
  facts: Facts,
): readonly GoldenDifference[] {
  const before = inputsOf(wanted);
  const after = inputsOf(made);
  const classType = textOf(wanted['class_type']);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const golden = before[name];
    const ours = after[name];
    if (golden !== undefined && ours !== undefined && jsonEquals(golden, ours)) return [];
    return {
      where: `${id} ${classType}.${name}`,
      category: judgeInput(id, name, golden, ours, before, facts.catalog.get(classType), facts),
      ...(golden === undefined ? {} : { golden }),
      ...(ours === undefined ? {} : { ours }),
    };
  });
}

function judgeInput(
  id: string,
  name: string,
  golden: JsonValue | undefined,
  ours: JsonValue | undefined,
  before: JsonObject,
  nodeClass: NodeClass | undefined,
  facts: Facts,
): GoldenCategory {
  if (isLink(golden)) return judgeLink(id, golden, ours, facts);
  if (isLink(ours)) return 'ours wrong';
  if (nodeClass === undefined) return 'class or input not in the catalog';
  const spec = findInputSpec(nodeClass, name);
  if (spec === undefined)
    return ours === undefined || golden !== undefined
      ? 'class or input not in the catalog'
      : 'ours wrong';
  if (golden === undefined) {
    const isDefault = ours !== undefined && jsonEquals(ours, defaultValueOf(spec));
    return spec.isWidget && isDefault ? 'node definition changed since' : 'ours wrong';
  }
  if (ours === undefined) return 'ours wrong';
  if (!valuesOf(id, facts).some((value) => jsonEquals(value, golden))) return 'not in the workflow';
  return definitionChanged(nodeClass, before) ? 'node definition changed since' : 'ours wrong';
}

function judgeLink(
  id: string,
  golden: readonly JsonValue[],
  ours: JsonValue | undefined,
  facts: Facts,
): GoldenCategory {
  const origin = textOf(golden[0]);
  if (!facts.nodes.has(origin.split(':')[0] ?? '')) {
    return facts.nodes.has(id.split(':')[0] ?? '') && hasGroups(facts) && ours !== undefined
      ? 'not in the workflow'
      : hasGroups(facts)
        ? 'ours wrong'
        : 'not in the workflow';
  }
  const target = facts.nodes.get(id);
  const stored = target === undefined ? [] : objectsIn(target['inputs']);
  const known = facts.catalog.get(textOf(target?.['type'])) !== undefined;
  if (ours === undefined && !known && target !== undefined)
    return 'class or input not in the catalog';
  return target !== undefined && stored.length === 0 ? 'not in the workflow' : 'ours wrong';
}

function judgeMissing(id: string, wanted: JsonObject, facts: Facts): GoldenCategory {
  if (!facts.nodes.has(id.split(':')[0] ?? '')) {
    const expanded = Object.keys(facts.ours).some((each) => isInGroup(each, facts));
    return !hasGroups(facts) || expanded ? 'not in the workflow' : 'ours wrong';
  }
  const known = facts.catalog.get(textOf(wanted['class_type'])) !== undefined;
  return known || id.includes(':') ? 'ours wrong' : 'class or input not in the catalog';
}

function judgeExtra(id: string, made: JsonValue | undefined, facts: Facts): GoldenCategory {
  if (isInGroup(id, facts)) {
    const known = Object.keys(facts.golden).some((each) => isInGroup(each, facts));
    return known ? 'ours wrong' : 'not in the workflow';
  }
  const node = facts.nodes.get(id);
  const type = isJsonObject(made) ? textOf(made['class_type']) : '';
  const runs = node !== undefined && node['mode'] !== 2 && node['mode'] !== 4;
  return runs && facts.catalog.get(type) !== undefined ? 'not in the workflow' : 'ours wrong';
}

function hasGroups({ nodes }: Facts): boolean {
  return [...nodes.values()].some((node) => groupNodeName(textOf(node['type'])) !== undefined);
}

function isInGroup(id: string, { nodes }: Facts): boolean {
  const outer = id.includes(':') ? nodes.get(id.split(':')[0] ?? '') : undefined;
  return outer !== undefined && groupNodeName(textOf(outer['type'])) !== undefined;
}

/** Every value that the file holds for a node: its own and those of primitives wired to it. */
function valuesOf(id: string, { nodes, workflow }: Facts): readonly JsonValue[] {
  const node = nodes.get(id) ?? nodes.get(id.split(':')[0] ?? '');
  if (node === undefined) return [];
  const links = storedLinks(workflow);
  const feeders = objectsIn(node['inputs']).flatMap((input) => {
    const link = links.get(toIdText(input['link']) ?? '');
    const origin = link === undefined ? undefined : nodes.get(link.originId);
    const type = textOf(origin?.['type']);
    return origin !== undefined && (type === 'PrimitiveNode' || isReroute(type)) ? [origin] : [];
  });
  return [node, ...feeders].flatMap((each) => {
    const stored = each['widgets_values'];
    if (isJsonArray(stored)) return stored;
    return isJsonObject(stored) ? Object.values(stored) : [];
  });
}

/** True when today's settings of a class are not those that the exported payload lists. */
function definitionChanged(nodeClass: NodeClass, before: JsonObject): boolean {
  const today = nodeClass.inputs.filter(({ isWidget }) => isWidget).map(({ name }) => name);
  if (today.some((name) => !Object.hasOwn(before, name))) return true;
  const literal = Object.keys(before).filter((name) => !isLink(before[name]));
  if (literal.some((name) => findInputSpec(nodeClass, name) === undefined)) return true;
  const then = literal.filter((name) => today.includes(name));
  const now = today.filter((name) => then.includes(name));
  return then.some((name, index) => name !== now[index]);
}

function isLink(value: JsonValue | undefined): value is readonly JsonValue[] {
  return isJsonArray(value) && value.length === 2 && Number.isInteger(value[1]);
}

function inputsOf(node: JsonObject): JsonObject {
  return isJsonObject(node['inputs']) ? node['inputs'] : {};
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
