import { canonicalJson } from '../../../base/canonical-json.ts';
import type { ReceiptClass } from '../../../contract/run/receipt.schema.ts';
import type { NodeCatalog } from '../../workflow/catalog.ts';
import type { ReceiptNode } from './payload-nodes.ts';

/**
 * Every class that a payload uses, with a digest over what a node of it is: its settings and slots with
 * their types, its outputs, its module. Lists of files and default values may change without the node being
 * another one, so they are left out.
 */
export function readClasses(
  nodes: ReadonlyMap<string, ReceiptNode>,
  catalog: NodeCatalog,
  digest: (text: string) => string,
): readonly ReceiptClass[] {
  const classTypes = new Set([...nodes.values()].map(({ classType }) => classType));
  return [...classTypes].sort().map((classType) => {
    const known = catalog.get(classType);
    if (known === undefined) return { classType };
    const { module, inputs, outputs } = known;
    const text = canonicalJson({
      module,
      inputs: inputs.map(({ name, type, required }) => [name, type, required]),
      outputs: outputs.map(({ name, type, isList }) => [name, type, isList]),
    });
    return { classType, digest: digest(text), ...(module === '' ? {} : { module }) };
  });
}
