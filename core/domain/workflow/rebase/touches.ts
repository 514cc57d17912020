import { stringifyExactJson } from '../../../base/exact-json.ts';
import { assertNever } from '../../../base/result.ts';
import { type DiffEntry, type Op } from '../../../contract/workflow.schema.ts';
import { describeDiffEntry } from '../describe/describe-diff.ts';
import { settingLabel } from '../view/setting-label.ts';

/** Something of a workflow that edits leave different: two edits clash when they leave one thing differently. */
export interface Touch {
  /** Names the thing by node id and setting or input name, never by a place in a list. */
  readonly key: string;
  /** What it is afterwards; equal texts are equal outcomes. */
  readonly outcome: string;
  /** Nodes that must still be there, and of the same class, for this to make sense. */
  readonly needs: readonly string[];
  /** Set when the node itself comes, goes or becomes another class. */
  readonly remakes?: string;
  readonly what: string;
  readonly words: string;
  /** A setting's name, so that formulas that read it can be found. */
  readonly widget?: string;
}

/** What a diff touches; where something went and another took its place, what came counts. */
export function touchesOf(entries: readonly DiffEntry[]): ReadonlyMap<string, Touch> {
  const touches = new Map<string, Touch>();
  for (const entry of entries) {
    const touch = touchOf(entry);
    const isRemoval = entry.kind === 'link-removed' || entry.kind === 'node-removed';
    if (!isRemoval || !touches.has(touch.key)) touches.set(touch.key, touch);
  }
  return touches;
}

/** What ops name, whether or not it makes a difference: a value that was right already is meant all the same. */
export function touchesNamed(
  ops: readonly Op[],
  titleOf: (nodeId: string) => string,
): readonly Touch[] {
  return ops.flatMap((op): readonly Touch[] => {
    switch (op.op) {
      case 'set_widget': {
        const title = titleOf(op.nodeId);
        const text = stringifyExactJson(op.value ?? null);
        const words = `${settingLabel(op.widget)} set to ${text} on ${title}`;
        return [settingTouch(op.nodeId, title, op.widget, text, words)];
      }
      case 'set_mode': {
        const title = titleOf(op.nodeId);
        return [modeTouch(op.nodeId, title, op.mode, `${title} set to ${op.mode}`)];
      }
      case 'set_title':
        return [titleTouch(op.nodeId, op.title, `Renamed to ${op.title}`)];
      case 'connect':
      case 'disconnect': {
        const { nodeId, input } = op.op === 'connect' ? op.to : op;
        const title = titleOf(nodeId);
        const outcome =
          op.op === 'connect' ? linkOutcome(op.from.nodeId, String(op.from.output)) : NO_LINK;
        const words = op.op === 'connect' ? `Connected ${input}` : `Disconnected ${input}`;
        return [inputTouch(nodeId, title, input, outcome, [nodeId], `${words} on ${title}`)];
      }
      case 'replace_node': {
        const title = titleOf(op.nodeId);
        return [remakeTouch(op.nodeId, title, `is ${op.classType}`, `Replaced ${title}`)];
      }
      case 'delete_node': {
        const title = titleOf(op.nodeId);
        return [remakeTouch(op.nodeId, title, REMOVED, `Removed ${title}`)];
      }
      case 'move_node':
        return [placeTouch(op.nodeId, titleOf(op.nodeId), op.position)];
      case 'add_node':
        return [];
      default:
        return assertNever(op);
    }
  });
}

const NO_LINK = 'no link';
const REMOVED = 'removed';

function touchOf(entry: DiffEntry): Touch {
  const words = describeDiffEntry(entry);
  switch (entry.kind) {
    case 'node-added':
    case 'node-removed':
    case 'node-replaced': {
      const outcome =
        entry.kind === 'node-removed'
          ? REMOVED
          : `is ${entry.kind === 'node-added' ? entry.classType : entry.to}`;
      return remakeTouch(entry.nodeId, entry.nodeTitle, outcome, words);
    }
    case 'widget-changed': {
      const outcome = entry.to === undefined ? 'gone' : stringifyExactJson(entry.to);
      return settingTouch(entry.nodeId, entry.nodeTitle, entry.widget, outcome, words);
    }
    case 'link-added':
    case 'link-removed': {
      const { from, to } = entry;
      const isAdded = entry.kind === 'link-added';
      const outcome = isAdded ? linkOutcome(from.nodeId, from.output) : NO_LINK;
      const needs = isAdded ? [from.nodeId, to.nodeId] : [to.nodeId];
      return inputTouch(to.nodeId, to.nodeTitle, to.input, outcome, needs, words);
    }
    case 'mode-changed':
      return modeTouch(entry.nodeId, entry.nodeTitle, entry.to, words);
    case 'title-changed':
      return titleTouch(entry.nodeId, entry.to, words);
    case 'node-moved':
      return placeTouch(entry.nodeId, entry.nodeTitle, entry.to);
    case 'document-changed':
      return {
        key: `key ${entry.key}`,
        outcome: entry.to === undefined ? 'gone' : stringifyExactJson(entry.to),
        needs: [],
        what: entry.key === 'groups' ? 'Frames' : `“${entry.key.replace(/^extra\./, '')}”`,
        words,
      };
    default:
      return assertNever(entry);
  }
}

function remakeTouch(nodeId: string, what: string, outcome: string, words: string): Touch {
  return { key: `node ${nodeId}`, outcome, needs: [], remakes: nodeId, what, words };
}

function placeTouch(nodeId: string, title: string, position: readonly [number, number]): Touch {
  return {
    key: `place ${nodeId}`,
    outcome: position.join(' '),
    needs: [nodeId],
    what: `Place of ${title}`,
    words: `Moved ${title}`,
  };
}

function settingTouch(
  nodeId: string,
  title: string,
  widget: string,
  outcome: string,
  words: string,
): Touch {
  const key = `setting ${JSON.stringify([nodeId, widget])}`;
  const what = `${settingLabel(widget)} on ${title}`;
  return { key, outcome, needs: [nodeId], what, words, widget };
}

function inputTouch(
  nodeId: string,
  title: string,
  input: string,
  outcome: string,
  needs: readonly string[],
  words: string,
): Touch {
  const key = `input ${JSON.stringify([nodeId, input])}`;
  return { key, outcome, needs, what: `${settingLabel(input)} of ${title}`, words };
}

function modeTouch(nodeId: string, title: string, mode: string, words: string): Touch {
  const what = `Whether ${title} runs`;
  return { key: `mode ${nodeId}`, outcome: mode, needs: [nodeId], what, words };
}

function titleTouch(nodeId: string, title: string, words: string): Touch {
  const what = `Name of node ${nodeId}`;
  return { key: `title ${nodeId}`, outcome: title, needs: [nodeId], what, words };
}

function linkOutcome(nodeId: string, output: string): string {
  return JSON.stringify([nodeId, output]);
}
