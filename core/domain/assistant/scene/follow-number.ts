import type { JsonValue } from '../../../base/json.ts';
import type { NodeView } from '../../workflow/view/view.ts';
import { type Scene, widgetOf } from './scene.ts';

/** Where a number is kept: on the node itself, or on the node that feeds it. */
export interface NumberSpot {
  readonly node: NodeView;
  readonly name: string;
  readonly value: JsonValue;
}

/**
 * Finds where a number has to be changed. One that is fed by a primitive, or by a node with a setting of the
 * same name, is changed there; undefined: what feeds it works it out, so it has no value of its own.
 */
export function followNumber(node: NodeView, widget: string, scene: Scene): NumberSpot | undefined {
  const own = widgetOf(node, widget);
  if (own?.isLinked !== true) return { node, name: widget, value: own?.value ?? null };
  const source = scene.sourceOf(node, widget)?.node;
  if (source === undefined) return undefined;
  const numbers = source.widgets.filter(
    (other) => typeof other.value === 'number' || typeof other.value === 'bigint',
  );
  const isPlain = source.isVirtual || /^Primitive/.test(source.classType);
  const found =
    numbers.find((other) => plainName(other.name) === plainName(widget)) ??
    (isPlain ? numbers[0] : undefined);
  return found === undefined ? undefined : { node: source, name: found.name, value: found.value };
}

/** Samplers call their seed "seed" or "noise_seed". */
function plainName(widget: string): string {
  return widget === 'noise_seed' ? 'seed' : widget;
}
