import { type JsonObject, type JsonValue, isJsonObject, jsonEquals } from '../../core/base/json.ts';
import type { NodeCatalog } from '../../core/domain/workflow/catalog.ts';
import { defaultValueOf } from '../../core/domain/workflow/create-catalog.ts';

/** One way in which a payload is not the one that ComfyUI's page exported. */
export interface Difference {
  readonly where: string;
  /** Why no converter could know better from the workflow and this server's classes; absent: ours. */
  readonly excuse?: 'upload button of an old page' | 'input added since' | 'class unknown here';
}

/** Compares node for node and input for input in both directions; titles and caches do not matter. */
export function comparePayloads(
  golden: JsonObject,
  ours: JsonObject,
  catalog: NodeCatalog,
): readonly Difference[] {
  const differences: Difference[] = [];
  for (const id of new Set([...Object.keys(golden), ...Object.keys(ours)])) {
    const wanted = golden[id];
    const made = ours[id];
    if (!isJsonObject(wanted) || !isJsonObject(made)) {
      differences.push({ where: `${id}: ${made === undefined ? 'missing' : 'extra'}` });
    } else if (wanted['class_type'] !== made['class_type']) {
      differences.push({ where: `${id}: another class` });
    } else differences.push(...compareInputs(id, wanted, made, catalog));
  }
  return differences;
}

function compareInputs(
  id: string,
  wanted: JsonObject,
  made: JsonObject,
  catalog: NodeCatalog,
): readonly Difference[] {
  const classType = wanted['class_type'] as string;
  const known = catalog.get(classType);
  const before = wanted['inputs'] as JsonObject;
  const after = made['inputs'] as JsonObject;
  const differences: Difference[] = [];
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const a: JsonValue | undefined = before[name];
    const b: JsonValue | undefined = after[name];
    if (a !== undefined && b !== undefined && jsonEquals(a, b)) continue;
    const where = `${id} ${classType}.${name}`;
    const spec = known?.inputs.find((input) => input.name === name);
    if (known === undefined && b === undefined && !Array.isArray(a)) {
      differences.push({ where, excuse: 'class unknown here' });
    } else if (b === undefined && known !== undefined && spec === undefined && a === 'image') {
      differences.push({ where, excuse: 'upload button of an old page' });
    } else if (a === undefined && b !== undefined && spec && jsonEquals(b, defaultValueOf(spec))) {
      differences.push({ where, excuse: 'input added since' });
    } else differences.push({ where });
  }
  return differences;
}
