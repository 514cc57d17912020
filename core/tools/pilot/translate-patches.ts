import { type JsonValue, isJsonArray } from '../../base/json.ts';
import { type Result, err, ok } from '../../base/result.ts';
import type { Op } from '../../contract/workflow.schema.ts';

interface JsonPatch {
  readonly op: string;
  readonly path: string;
  readonly value?: JsonValue | undefined;
}
interface Issue {
  readonly path: string;
  readonly message: string;
}

/**
 * Turns RFC 6902 operations on the API form ("/3/inputs/steps") into ops. All or nothing: whatever has no
 * exact counterpart is refused, with the op that would do it.
 */
export function translatePatches(patches: readonly JsonPatch[]): Result<readonly Op[], Issue[]> {
  const ops: Op[] = [];
  const issues: Issue[] = [];
  for (const [index, patch] of patches.entries()) {
    const translated = translatePatch(patch);
    if (translated.ok) ops.push(translated.value);
    else issues.push({ path: `patches.${index}`, message: translated.error });
  }
  return issues.length === 0 ? ok(ops) : err(issues);
}

function translatePatch({ op, path, value }: JsonPatch): Result<Op, string> {
  const [nodeId, key, input, ...rest] = toSegments(path);
  if (nodeId === undefined || nodeId === '') return err('a path begins with "/" and a node id');
  const isInput = key === 'inputs' && input !== undefined && input !== '' && rest.length === 0;
  switch (op) {
    case 'replace':
    case 'add':
      if (key === undefined) return err('to add a whole node, use ops with "add_node"');
      if (!isInput) return err(refusal(key));
      if (value === undefined) return err('a value is missing');
      return ok(toInputOp(nodeId, input, value));
    case 'remove':
      if (key === undefined) return ok({ op: 'delete_node', nodeId });
      if (isInput) return err('to take a link off, use ops with "disconnect"');
      return err(refusal(key));
    case 'move':
    case 'copy':
    case 'test':
      return err(`"${op}" has no counterpart; use "replace", "add" or "remove"`);
    default:
      return err(`there is no operation "${op}"; use "replace", "add" or "remove"`);
  }
}

function toSegments(path: string): readonly string[] {
  if (!path.startsWith('/')) return [];
  return path
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function toInputOp(nodeId: string, input: string, value: JsonValue): Op {
  if (!isJsonArray(value)) return { op: 'set_widget', nodeId, widget: input, value };
  const [from, output, ...rest] = value;
  const isLink =
    (typeof from === 'string' || typeof from === 'number') &&
    typeof output === 'number' &&
    Number.isInteger(output) &&
    output >= 0 &&
    rest.length === 0;
  // The API form writes a link as [node id, output index], where a setting would hold its value.
  return isLink
    ? { op: 'connect', from: { nodeId: String(from), output }, to: { nodeId, input } }
    : { op: 'set_widget', nodeId, widget: input, value };
}

function refusal(key: string): string {
  switch (key) {
    case 'class_type':
      return 'to put another class in a node’s place, use ops with "replace_node"';
    case '_meta':
      return 'to change a title, use ops with "set_title"';
    case 'mode':
      return 'to mute or bypass a node, use ops with "set_mode"';
    default:
      return 'only "/<node id>/inputs/<name>" can be set this way; for anything else use ops';
  }
}
