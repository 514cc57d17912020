import type { InputSpec, NodeClass } from '../../catalog.ts';
import type { IdKey } from '../../view/id-key.ts';
import { type LayoutEntry, fixedLayout } from '../../widgets/widget-layout.ts';

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
  /** Where its settings are stored; absent where that goes by what is stored. */
  readonly layout: readonly LayoutEntry[] | undefined;
  /** The setting at each place of the layout; undefined where the page stores something else. */
  readonly settings: readonly (Setting | undefined)[];
}

/** One setting of a class, and whether it is sent just as it is stored. */
export interface Setting {
  readonly spec: InputSpec;
  readonly isPlain: boolean;
}

/** The plan of a class. */
export function planOf(nodeClass: NodeClass): ClassPlan {
  const known = plans.get(nodeClass);
  if (known !== undefined) return known;
  const plan = makePlan(nodeClass);
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

function makePlan(nodeClass: NodeClass): ClassPlan {
  const { inputs } = nodeClass;
  const sockets = inputs.filter((spec) => !spec.isWidget);
  const slots = [...sockets, ...inputs.filter((spec) => spec.isWidget)];
  const layout = fixedLayout(nodeClass);
  return {
    slots: slots.map(({ name, type, isWidget }) => ({ name, type, isWidget })),
    indexes: new Map(slots.map(({ name }, index) => [name, index])),
    unlinked: slots.map(() => undefined),
    layout,
    settings: (layout ?? []).map((entry) =>
      entry.kind === 'widget'
        ? { spec: entry.spec, isPlain: !isWorkedOn(entry.spec, nodeClass) }
        : undefined,
    ),
  };
}

function isWorkedOn(spec: InputSpec, nodeClass: NodeClass): boolean {
  return (
    isCaptured(spec) ||
    hasChoices(spec) ||
    isFileName(spec.name, nodeClass) ||
    isSampler(spec.name, nodeClass.classType)
  );
}
