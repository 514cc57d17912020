import type { InputSpec, NodeClass } from '../../catalog.ts';
import type { IdKey } from '../../reading/id-key.ts';

/** One input slot as the page has it after loading a file. */
export interface Slot {
  readonly name: string;
  readonly type: string;
  readonly isWidget: boolean;
}

/** What the transform of a node needs to know of its class, worked out once for each class. */
export interface ClassPlan {
  /** The slots that it declares: sockets first, then the hidden sockets of settings. */
  readonly slots: readonly Slot[];
  readonly indexes: ReadonlyMap<string, number>;
  /** Nothing for each slot; what links a node has is written into a copy. */
  readonly unlinked: readonly (IdKey | undefined)[];
  /** True when every setting is sent as it is stored. */
  readonly isPlain: boolean;
}

/** The plan of a class. */
export function planOf(nodeClass: NodeClass): ClassPlan {
  const known = plans.get(nodeClass);
  if (known !== undefined) return known;
  const { inputs } = nodeClass;
  const slots = [
    ...inputs.filter((spec) => !spec.isWidget),
    ...inputs.filter((spec) => spec.isWidget),
  ].map(({ name, type, isWidget }) => ({ name, type, isWidget }));
  const plan: ClassPlan = {
    slots,
    indexes: new Map(slots.map(({ name }, index) => [name, index])),
    unlinked: slots.map(() => undefined),
    isPlain: inputs.every((spec) => !isWorkedOn(spec, nodeClass)),
  };
  plans.set(nodeClass, plan);
  return plan;
}

/** True for a setting that the page records while it makes the payload. */
export function isCaptured(spec: InputSpec): boolean {
  return CAPTURED.has(spec.type);
}

/** True for a text of which one of each `{a|b}` is picked. */
export function hasChoices(spec: InputSpec): boolean {
  return spec.options['dynamicPrompts'] === true;
}

/** True for the name of a file, in which tokens are filled. */
export function isFileName(name: string, nodeClass: NodeClass | undefined): boolean {
  return name === 'filename_prefix' && nodeClass?.isOutput === true;
}

/** True for the setting whose values of early 2023 began with “sample_”. */
export function isSampler(name: string, type: string): boolean {
  return name === 'sampler_name' && (type === 'KSampler' || type === 'KSamplerAdvanced');
}

// Keyed by immutable values, so that it can only save time.
const plans = new WeakMap<NodeClass, ClassPlan>();

const CAPTURED: ReadonlySet<string> = new Set([
  'LOAD_3D',
  'LOAD_3D_ANIMATION',
  'WEBCAM',
  'AUDIO_RECORD',
]);

function isWorkedOn(spec: InputSpec, nodeClass: NodeClass): boolean {
  return (
    isCaptured(spec) ||
    hasChoices(spec) ||
    isFileName(spec.name, nodeClass) ||
    isSampler(spec.name, nodeClass.classType)
  );
}
