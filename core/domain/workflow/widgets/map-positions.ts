import type { JsonValue } from '../../../base/json.ts';
import type { InputSpec, NodeClass } from '../catalog.ts';
import { defaultValueOf } from '../create-catalog.ts';
import type { StoredWidget, StoredWidgets } from './stored-widget.ts';
import { type LayoutEntry, dynamicInputs, widgetEntries } from './widget-layout.ts';

/** True for the words that the page stores behind a seed. */
export function isControlValue(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && CONTROL_VALUES.has(value);
}

/**
 * Deals the values of a `widgets_values` array to the places of the layout, as the page does when it
 * loads a file; a setting without a value gets its default, as it does there.
 */
export function mapPositions(
  nodeClass: NodeClass,
  layout: readonly LayoutEntry[],
  values: readonly JsonValue[],
): StoredWidgets {
  const state: Dealing = {
    queue: [...layout].reverse(),
    cells: withoutDummies(nodeClass, layout, values),
    at: 0,
    widgets: [],
    doubts: [],
  };
  for (let entry = state.queue.pop(); entry !== undefined; entry = state.queue.pop()) {
    deal(state, entry);
  }
  const rest = state.cells.slice(state.at).filter((cell) => isMeaningful(cell.value));
  if (rest.length > 0) {
    state.doubts.push(
      `${rest.length === 1 ? 'one more value is' : `${rest.length} more values are`} stored than this node has settings`,
    );
  }
  return { widgets: state.widgets, doubts: state.doubts };
}

interface Cell {
  readonly value: JsonValue;
  readonly place: number;
}

interface Dealing {
  /** What is still to be dealt to, next one last. */
  readonly queue: LayoutEntry[];
  readonly cells: readonly Cell[];
  at: number;
  readonly widgets: StoredWidget[];
  readonly doubts: string[];
}

const CONTROL_VALUES: ReadonlySet<string> = new Set([
  'fixed',
  'increment',
  'decrement',
  'randomize',
]);
const UPLOAD_VALUES: ReadonlySet<JsonValue> = new Set<JsonValue>([
  'image',
  'video',
  'audio',
  'upload',
  '',
]);

/** Before 1.16 the page stored a value for every input that is a socket by `forceInput`. */
function withoutDummies(
  nodeClass: NodeClass,
  layout: readonly LayoutEntry[],
  values: readonly JsonValue[],
): readonly Cell[] {
  const cells = values.map((value, place) => ({ value, place }));
  const forced = (spec: InputSpec): boolean => spec.options['forceInput'] === true;
  if (!nodeClass.inputs.some(forced)) return cells;
  const kept = nodeClass.inputs.flatMap((spec) => {
    if (forced(spec)) return [false];
    return spec.isWidget ? widgetEntries(spec).map(() => true) : [];
  });
  const uploads = layout.filter((entry) => entry.kind === 'upload').length;
  if (cells.length !== kept.length && cells.length !== kept.length + uploads) return cells;
  return cells.filter((_, index) => kept[index] ?? true);
}

function deal(state: Dealing, entry: LayoutEntry): void {
  const cell = state.cells[state.at];
  switch (entry.kind) {
    case 'control':
      dealControl(state, entry.of);
      return;
    case 'filter':
      if (typeof cell?.value === 'string') state.at += 1;
      return;
    case 'upload':
      if (cell !== undefined && (cell.value === null || UPLOAD_VALUES.has(cell.value))) {
        state.at += 1;
      }
      return;
    case 'widget':
      dealWidget(state, entry.spec);
  }
}

function dealWidget(state: Dealing, spec: InputSpec): void {
  skipStrays(state, spec);
  const cell = state.cells[state.at];
  if (cell !== undefined) state.at += 1;
  const value = cell?.value ?? defaultValueOf(spec);
  state.widgets.push({ name: spec.name, value, spec, ...(cell && { place: cell.place }) });
  for (const inner of [...dynamicInputs(spec, value)].reverse()) {
    if (inner.isWidget) state.queue.push(...[...widgetEntries(inner)].reverse());
  }
}

/** Steps over what cannot be this setting: holes of unsaved widgets, and controls of a class that had one. */
function skipStrays(state: Dealing, spec: InputSpec): void {
  for (;;) {
    const cell = state.cells[state.at];
    if (cell === undefined || spaceLeft(state) <= 0) return;
    const isHole = cell.value === null && spec.default !== null;
    const isStrayControl = isControlValue(cell.value) && NUMERIC.has(spec.type);
    if (!isHole && !isStrayControl) return;
    if (isStrayControl)
      state.doubts.push(`a seed control is stored before ${spec.name}, where this node has none`);
    state.at += 1;
  }
}

/** How many stored values there are beyond what the settings from here on need. */
function spaceLeft(state: Dealing): number {
  const needed = 1 + state.queue.filter((entry) => entry.kind === 'widget').length;
  return state.cells.length - state.at - needed;
}

function dealControl(state: Dealing, of: string): void {
  const cell = state.cells[state.at];
  const seed = state.widgets.at(-1);
  if (cell === undefined || seed === undefined) return;
  if (isControl(state, cell.value)) {
    state.at += 1;
    state.widgets[state.widgets.length - 1] = { ...seed, controlPlace: cell.place };
    return;
  }
  state.doubts.push(
    `no control value is stored behind ${of}, so the next value was taken for the next setting`,
  );
}

const NUMERIC: ReadonlySet<string> = new Set(['INT', 'FLOAT', 'BOOLEAN']);

function isControl(state: Dealing, value: JsonValue): boolean {
  if (isControlValue(value) || value === null) return true;
  if (typeof value !== 'boolean') return false;
  // Files of early 2023 hold true or false here; so does a switch that comes next.
  const next = state.queue.findLast((entry) => entry.kind === 'widget');
  const nextIsSwitch = next?.kind === 'widget' && next.spec.type === 'BOOLEAN';
  return !nextIsSwitch || spaceLeft(state) >= 0;
}

function isMeaningful(value: JsonValue): boolean {
  return value !== null && !UPLOAD_VALUES.has(value) && !isControlValue(value);
}
