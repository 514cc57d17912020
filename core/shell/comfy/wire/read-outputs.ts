import { type JsonObject, type JsonValue, isJsonArray, isJsonObject } from '../../../base/json.ts';
import type { ComfyFile } from '../../../ports/comfy.ts';
import { arrayField, textField, texts } from './json-fields.ts';

/** What one node put out: files of every group, and texts. */
export interface NodeOutput {
  readonly files: readonly ComfyFile[];
  readonly texts: readonly string[];
}

/** Reads one node's `output` (an event) or `outputs` entry (the history); null and unknown groups are nothing. */
export function readNodeOutput(nodeId: string, output: JsonValue | undefined): NodeOutput {
  if (!isJsonObject(output)) return { files: [], texts: [] };
  // One flag stands for all files of the node.
  const isFlagged = arrayField(output, 'animated').includes(true);
  const groups = Object.entries(output).filter(([group]) => group !== 'animated');
  return {
    files: groups.flatMap(([group, items]) =>
      listed(items).flatMap((item) => {
        if (!isJsonObject(item)) return [];
        const file = readFile(item, { nodeId, group, isFlagged });
        return file === undefined ? [] : [file];
      }),
    ),
    texts: groups.flatMap(([, items]) => texts(listed(items))),
  };
}

function readFile(
  item: JsonObject,
  from: { readonly nodeId: string; readonly group: string; readonly isFlagged: boolean },
): ComfyFile | undefined {
  const filename = textField(item, 'filename');
  if (filename === undefined || filename === '') return undefined;
  const folder = textField(item, 'type');
  return {
    nodeId: from.nodeId,
    filename,
    subfolder: textField(item, 'subfolder') ?? '',
    folder: folder === 'temp' || folder === 'input' ? folder : 'output',
    group: from.group,
    isAnimated: from.isFlagged || moves(from.group, filename),
  };
}

/** Video nodes name their group "gifs" whatever the file is. */
function moves(group: string, filename: string): boolean {
  return group === 'gifs' || /\.(gif|mp4|webm|mov|mkv)$/i.test(filename);
}

function listed(items: JsonValue): readonly JsonValue[] {
  return isJsonArray(items) ? items : [];
}
