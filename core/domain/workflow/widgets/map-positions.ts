import type { JsonValue } from '../../../base/json.ts';
import type { InputSpec, NodeClass } from '../catalog.ts';
import { defaultValueOf } from '../create-catalog.ts';
import type { StoredWidget, StoredWidgets } from './stored-widget.ts';
import { type LayoutEntry, dynamicInputs, forcedSockets, widgetEntries } from './widget-layout.ts';

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
  const kept = withoutDummies(nodeClass, layout, values);
  return mapLayout(layout, kept?.values ?? values, kept?.places);
}

/** Deals values to the places of any layout; `places` says where each stands in the file, if not in order. */
export function mapLayout(
  layout: readonly LayoutEntry[],
  values: readonly JsonValue[],
  places?: readonly number[],
): StoredWidgets {
  const dealing: Dealing = { layout, next: 0, values, at: 0, places, widgets: [], doubts: [] };
  while (dealing.next < dealing.layout.length) {
    const entry = dealing.layout[dealing.next];
    dealing.next += 1;
    if (entry !== undefined) deal(dealing, entry);
  }
  noteRest(dealing);
  return { widgets: dealing.widgets, doubts: dealing.doubts };
}

/** True when the values are what the page of today stores: one for each place, and in its place. */
export function fitsExactly(layout: readonly LayoutEntry[], values: readonly JsonValue[]): boolean {
  if (values.length !== layout.length) return false;
  for (let place = 0; place < layout.length; place += 1) {
    const entry = layout[place];
    const value = values[place];
    if (entry === undefined || value === undefined || !fits(entry, value)) return false;
  }
  return true;
}

function fits(entry: LayoutEntry, value: JsonValue): boolean {
  switch (entry.kind) {
    case 'widget':
      return value !== null && !isStrayControl(value, entry.spec);
    case 'control':
      return isControlValue(value);
    case 'filter':
      return typeof value === 'string';
    case 'upload':
      return UPLOAD_VALUES.has(value);
  }
}

interface Dealing {
  /** Where values are dealt to; those before `next` have theirs. */
  layout: readonly LayoutEntry[];
  next: number;
  /** What is dealt; those before `at` are. */
  readonly values: readonly JsonValue[];
  at: number;
  /** Where each value stands in the file, when not all of the file's are dealt. */
  readonly places: readonly number[] | undefined;
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
): { readonly values: readonly JsonValue[]; readonly places: readonly number[] } | undefined {
  const isDummy = forcedSockets(nodeClass);
  if (isDummy === undefined) return undefined;
  const uploads = layout.filter((entry) => entry.kind === 'upload').length;
  if (values.length !== isDummy.length && values.length !== isDummy.length + uploads) {
    return undefined;
  }
  const places = [...values.keys()].filter((place) => isDummy[place] !== true);
  return { values: places.map((place) => values[place] ?? null), places };
}

function deal(dealing: Dealing, entry: LayoutEntry): void {
  const value = dealing.values[dealing.at];
  switch (entry.kind) {
    case 'control':
      dealControl(dealing, entry.of);
      return;
    case 'filter':
      if (typeof value === 'string') dealing.at += 1;
      return;
    case 'upload':
      if (value !== undefined && (value === null || UPLOAD_VALUES.has(value))) dealing.at += 1;
      return;
    case 'widget':
      dealWidget(dealing, entry.spec);
  }
}

function dealWidget(dealing: Dealing, spec: InputSpec): void {
  skipStrays(dealing, spec);
  const { name } = spec;
  const stored = dealing.values[dealing.at];
  const value = stored === undefined ? defaultValueOf(spec) : stored;
  if (stored === undefined) dealing.widgets.push({ name, value, spec });
  else {
    dealing.widgets.push({ name, value, spec, place: placeOf(dealing) });
    dealing.at += 1;
  }
  const inner = dynamicInputs(spec, value);
  if (inner.length > 0) {
    const entries = inner.filter(({ isWidget }) => isWidget).flatMap(widgetEntries);
    dealing.layout = [...entries, ...dealing.layout.slice(dealing.next)];
    dealing.next = 0;
  }
}

/** Where the value that comes next stands in the file. */
function placeOf({ places, at }: Dealing): number {
  return places?.[at] ?? at;
}

/**
 * Steps over what cannot be this setting: holes of unsaved widgets, buttons that the page draws, and
 * controls of a class that had one.
 */
function skipStrays(dealing: Dealing, spec: InputSpec): void {
  for (;;) {
    const value = dealing.values[dealing.at];
    if (value === undefined) return;
    const isHole = value === null && spec.default !== null;
    const isStray = isStrayControl(value, spec);
    const isButton = spec.type === 'LOAD_3D' && LOAD_3D_BUTTONS.has(value);
    if ((!isHole && !isStray && !isButton) || spaceLeft(dealing) <= 0) return;
    if (isStray) {
      dealing.doubts.push(`a seed control is stored before ${spec.name}, where this node has none`);
    }
    dealing.at += 1;
  }
}

/** A control value where a number or a switch belongs; in a text it may be what the artist wrote. */
function isStrayControl(value: JsonValue, spec: InputSpec): boolean {
  return typeof value === 'string' && NUMERIC.has(spec.type) && isControlValue(value);
}

/** What the page stores for the buttons that it puts before the scene of a 3D loader. */
const LOAD_3D_BUTTONS: ReadonlySet<JsonValue> = new Set<JsonValue>([
  'upload3dmodel',
  'uploadExtraResources',
  'clear',
]);

/** How many stored values there are beyond what the settings from here on need. */
function spaceLeft({ layout, next, values, at }: Dealing): number {
  let needed = 1;
  for (let ahead = next; ahead < layout.length; ahead += 1) {
    if (layout[ahead]?.kind === 'widget') needed += 1;
  }
  return values.length - at - needed;
}

function dealControl(dealing: Dealing, of: string): void {
  const value = dealing.values[dealing.at];
  const seed = dealing.widgets.at(-1);
  if (value === undefined || seed === undefined) return;
  if (isControl(dealing, value)) {
    dealing.widgets[dealing.widgets.length - 1] = { ...seed, controlPlace: placeOf(dealing) };
    dealing.at += 1;
    return;
  }
  dealing.doubts.push(
    `no control value is stored behind ${of}, so the next value was taken for the next setting`,
  );
}

const NUMERIC: ReadonlySet<string> = new Set(['INT', 'FLOAT', 'BOOLEAN']);

function isControl(dealing: Dealing, value: JsonValue): boolean {
  if (isControlValue(value) || value === null) return true;
  if (typeof value !== 'boolean') return false;
  // Files of early 2023 hold true or false here; so does a switch that comes next.
  const ahead = dealing.layout.slice(dealing.next).find((entry) => entry.kind === 'widget');
  const nextIsSwitch = ahead?.kind === 'widget' && ahead.spec.type === 'BOOLEAN';
  return !nextIsSwitch || spaceLeft(dealing) >= 0;
}

function noteRest({ values, at, doubts }: Dealing): void {
  if (at >= values.length) return;
  const rest = values.slice(at).filter(isMeaningful).length;
  if (rest === 0) return;
  doubts.push(
    `${rest === 1 ? 'one more value is' : `${rest} more values are`} stored than this node has settings`,
  );
}

function isMeaningful(value: JsonValue): boolean {
  return value !== null && !UPLOAD_VALUES.has(value) && !isControlValue(value);
}
