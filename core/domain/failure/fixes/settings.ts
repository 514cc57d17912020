import type { JsonValue } from '../../../base/json.ts';
import { stringifyExactJson } from '../../../base/exact-json.ts';
import { familyOfModel } from '../../machine/fits-family.ts';
import { familyOfFile } from '../../machine/model-families.ts';
import { modelFolderOf, modelPartOf } from '../../machine/model-folder.ts';
import { standIns } from '../../machine/stand-ins.ts';
import { nearestNames } from '../../workflow/nearest-name.ts';
import { settingLabel } from '../../workflow/view/setting-label.ts';
import type { NodeView, WidgetView } from '../../workflow/view/view.ts';
import {
  activeNodes,
  failingNode,
  type FailurePlace,
  familyOf,
  type FixBuilder,
  type FixScene,
  setTo,
  textChoices,
} from './fix-scene.ts';

/** The installed name that is most like the one asked for. */
export const installedValue: FixBuilder = (place, scene) =>
  settingsInQuestion(place, scene).flatMap(({ node, widget }) => {
    const wanted = typeof widget.value === 'string' ? widget.value : '';
    const isThere = isChoice(wanted, textChoices(widget));
    const value = isThere ? undefined : nearestChoice({ node, widget });
    const isFile = modelFolderOf(node.classType, widget.name) !== undefined;
    return value === undefined
      ? []
      : [
          {
            intent: `${settingLabel(widget.name)} on ${node.title}: use ${baseName(value)}${isFile ? ', which is installed' : ''}`,
            ops: [setTo(node, widget.name, value)],
          },
        ];
  });

/** The first of the values that were said to be right. */
export const suggestedValue: FixBuilder = (place, scene) => {
  const node = failingNode(place, scene);
  const widget = node?.widgets.find(({ name }) => name === place.input);
  const value = place.suggestions?.[0];
  if (node === undefined || widget === undefined || widget.isLinked || value === undefined)
    return [];
  const shown = typeof value === 'string' ? baseName(value) : stringifyExactJson(value);
  return [
    {
      intent: `${settingLabel(widget.name)} on ${node.title}: ${shown}`,
      ops: [setTo(node, widget.name, value)],
    },
  ];
};

/** Another file of the same family, in the place of one that is damaged or of the wrong kind. */
export const otherFile: FixBuilder = (place, scene) => {
  const node = failingNode(place, scene);
  return (node?.widgets ?? []).flatMap((widget) => {
    const { name, value } = widget;
    if (node === undefined || typeof value !== 'string' || !/_name\d?$/.test(name)) return [];
    const family = familyOfFile(value)?.id;
    const others = textChoices(widget).filter(
      (choice) => choice !== value && familyOfFile(choice)?.id === family && /\.\w+$/.test(choice),
    );
    const other =
      nearestNames(value, others, 1)[0] ?? (family === undefined ? undefined : others[0]);
    return other === undefined
      ? []
      : [
          {
            intent: `${settingLabel(name)} on ${node.title}: use ${baseName(other)} instead`,
            ops: [setTo(node, name, other)],
          },
        ];
  });
};

/** The nearest value that the setting goes to. */
export const clamp: FixBuilder = (place, scene) =>
  settingsInQuestion(place, scene).flatMap(({ node, widget }) => {
    const { min, max } = widget.spec ?? {};
    const now = widget.value;
    // Not as plain numbers: seeds go beyond what those hold exactly.
    const isNumber = typeof now === 'number' || typeof now === 'bigint';
    const isBelow = isNumber && min !== undefined && now < min;
    const isAbove = isNumber && max !== undefined && now > max;
    const limit = isBelow ? min : isAbove ? max : undefined;
    return limit === undefined
      ? []
      : [
          {
            intent: `${settingLabel(widget.name)} on ${node.title}: as far as it goes, ${String(limit)}`,
            ops: [setTo(node, widget.name, limit)],
          },
        ];
  });

/** What the node starts with. */
export const defaultValue: FixBuilder = (place, scene) =>
  settingsInQuestion(place, scene).flatMap(({ node, widget }) => {
    const value: JsonValue | undefined = widget.spec?.default ?? widget.spec?.min;
    return value === undefined || value === widget.value
      ? []
      : [
          {
            intent: `${settingLabel(widget.name)} on ${node.title}: back to what it starts with`,
            ops: [setTo(node, widget.name, value)],
          },
        ];
  });

/** The same file name inside the output folder. */
export const plainPrefix: FixBuilder = (place, scene) => {
  const failing = failingNode(place, scene);
  const nodes = failing === undefined ? activeNodes(scene) : [failing];
  return nodes.flatMap((node) => {
    const widget = node.widgets.find(({ name }) => name === 'filename_prefix');
    if (widget === undefined || typeof widget.value !== 'string') return [];
    const parts = widget.value
      .split(/[\\/]+/)
      .filter((part) => part !== '' && !/^\.+$/.test(part) && !/^[A-Za-z]:$/.test(part));
    const value = parts.slice(-2).join('/');
    return value === widget.value || value === ''
      ? []
      : [
          {
            intent: `Save as ${value} inside ComfyUI’s output folder`,
            ops: [setTo(node, widget.name, value)],
          },
        ];
  });
};

/** The precision in which everything can calculate. */
export const fullPrecision: FixBuilder = (_place, scene) => {
  const ops = activeNodes(scene).flatMap((node) => {
    const widget = node.widgets.find(({ name }) => name === 'weight_dtype');
    const isFp8 = typeof widget?.value === 'string' && widget.value.startsWith('fp8');
    return isFp8 && textChoices(widget).includes('default')
      ? [setTo(node, 'weight_dtype', 'default')]
      : [];
  });
  return ops.length === 0 ? [] : [{ intent: 'Hold the model in its own precision', ops }];
};

/** The text encoder set up for the model that is loaded. */
export const textEncoderType: FixBuilder = (_place, scene) => {
  const { name, textEncoder } = familyOf(scene);
  const ops = activeNodes(scene).flatMap((node) => {
    const widget = node.widgets.find((candidate) => candidate.name === 'type');
    const isLoader = node.outputs.some(({ type }) => type === 'CLIP');
    return isLoader &&
      textEncoder !== undefined &&
      widget !== undefined &&
      widget.value !== textEncoder &&
      textChoices(widget).includes(textEncoder)
      ? [setTo(node, 'type', textEncoder)]
      : [];
  });
  return ops.length === 0 ? [] : [{ intent: `Set the text encoder up for ${name}`, ops }];
};

interface Setting {
  readonly node: NodeView;
  readonly widget: WidgetView;
}

/** The setting that was named, else those of the node whose value is not among what is installed. */
function settingsInQuestion(place: FailurePlace, scene: FixScene): readonly Setting[] {
  const node = failingNode(place, scene);
  if (node === undefined) return [];
  const free = node.widgets.filter(({ isLinked }) => !isLinked);
  const named = free.filter(({ name }) => name === place.input);
  return (named.length > 0 ? named : free).map((widget) => ({ node, widget }));
}

function isChoice(wanted: string, choices: readonly string[]): boolean {
  return choices.length === 0 || choices.includes(wanted);
}

/**
 * The same name in another folder first; for a model what may stand in for it, and the only checkpoint where nothing is
 * known of the one that is missing; for anything else the nearest.
 */
function nearestChoice({ node, widget }: Setting): string | undefined {
  const choices = textChoices(widget);
  const wanted = typeof widget.value === 'string' ? widget.value : '';
  const same = choices.find((choice) => sameName(choice, wanted));
  // Another picture is no mend: which one was meant, only the artist knows.
  if (same !== undefined || widget.spec?.hasUpload === true) return same;
  const place = { classType: node.classType, setting: widget.name };
  const folder = modelFolderOf(place.classType, place.setting);
  if (folder === undefined) return nearestNames(wanted, choices, 1)[0];
  const isOnly = choices.length === 1 && familyOfModel(wanted, folder) === undefined;
  const only = isOnly && modelPartOf(node.classType, widget.name) === 'checkpoint';
  return standIns(wanted, choices, place)[0] ?? (only ? choices[0] : undefined);
}

function sameName(a: string, b: string): boolean {
  return baseName(a).toLowerCase() === baseName(b).toLowerCase();
}

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
