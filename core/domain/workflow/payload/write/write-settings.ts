import { type JsonValue, isJsonArray, isJsonObject } from '../../../../base/json.ts';
import type { InputSpec } from '../../catalog.ts';
import { storedWidgets, storesExactly } from '../../widgets/stored-widgets.ts';
import { type ClassPlan, type Setting, isCaptured, isSampler } from '../graph/class-plan.ts';
import { expandText, toPayloadValue } from './setting-value.ts';
import { type Writing, addNote } from './writing.ts';

/** Writes the settings of a node by their names, as the page has them after loading the file. */
export function writeSettings(writing: Writing): void {
  const { node } = writing;
  if (node.nodeClass === undefined) {
    const message = `ComfyUI has no node of the kind “${node.type}”, so it was passed on as it is.`;
    addNote(writing, 'guessed', message);
  }
  const { layout, settings } = node.plan ?? UNKNOWN;
  if (layout !== undefined && storesExactly(node.json, layout))
    writeExactSettings(writing, settings);
  else writeGuessedSettings(writing);
  if (node.type === 'Power Lora Loader (rgthree)') writeLoraRows(writing);
}

const UNKNOWN: Pick<ClassPlan, 'layout' | 'settings'> = { layout: undefined, settings: [] };

/** Values that are exactly the ones of their class need no guess, and most need no work. */
function writeExactSettings(writing: Writing, settings: readonly (Setting | undefined)[]): void {
  const { scope, node, inputs } = writing;
  const values = node.json['widgets_values'];
  if (!isJsonArray(values)) return;
  const isSet = scope.overrides.has(node.id);
  settings.forEach((setting, place) => {
    const value = values[place];
    if (setting === undefined || value === undefined) return;
    const { spec, isPlain } = setting;
    if (isPlain && !isSet) inputs[spec.name] = toPayloadValue(value);
    else writeSetting(writing, spec.name, value, spec);
  });
}

function writeGuessedSettings(writing: Writing): void {
  const { json, nodeClass } = writing.node;
  const { widgets, doubts } = storedWidgets(json, nodeClass);
  for (const doubt of doubts) addNote(writing, 'guessed', `${capitalise(doubt)}.`);
  for (const { name, value, spec } of widgets) writeSetting(writing, name, value, spec);
}

function writeSetting(
  writing: Writing,
  name: string,
  value: JsonValue,
  spec: InputSpec | undefined,
): void {
  const { scope, node, inputs } = writing;
  if (spec !== undefined && isCaptured(spec)) {
    const message = `“${name}” is recorded by ComfyUI’s own page when it runs and was left out.`;
    addNote(writing, 'left-out', message);
    return;
  }
  const own = scope.overrides.get(node.id)?.get(name) ?? value;
  const isOld = typeof own === 'string' && isSampler(name, node.type);
  // Files of early 2023 call a sampler “sample_euler”; the page takes the beginning away.
  const current = isOld ? own.replace(/^sample_/, '') : own;
  inputs[name] = toPayloadValue(expandText(writing, name, current, spec));
}

/** rgthree's Power Lora Loader keeps one object per row and sends them as numbered inputs. */
function writeLoraRows({ node, inputs }: Writing): void {
  const stored = node.json['widgets_values'];
  const values = isJsonArray(stored) ? stored : [];
  const rows = values.filter((row) => isJsonObject(row) && typeof row['lora'] === 'string');
  for (const [index, row] of rows.entries()) inputs[`lora_${index + 1}`] = row;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
