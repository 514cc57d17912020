import type { InputSpec } from '../catalog.ts';
import { dynamicInputs, findInputSpec } from '../widgets/widget-layout.ts';
import type { PayloadNode } from './payload-facts.ts';

/** The inputs of the class, those that a dynamic choice brings, and the rows of growing groups. */
export function specsInUse(node: PayloadNode): readonly InputSpec[] {
  const { nodeClass } = node;
  if (nodeClass === undefined) return [];
  const specs = nodeClass.inputs.flatMap((spec) => [
    spec,
    ...dynamicInputs(spec, node.inputs[spec.name] ?? null),
  ]);
  const known = new Set(specs.map(({ name }) => name));
  const rows = Object.keys(node.inputs).flatMap((name) => {
    const spec = known.has(name) ? undefined : findInputSpec(nodeClass, name);
    return spec === undefined ? [] : [spec];
  });
  return [...specs, ...rows];
}
