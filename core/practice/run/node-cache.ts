import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isJsonObject, type JsonObject, type JsonValue } from '../../base/json.ts';
import { stringifyExactJson } from '../../base/exact-json.ts';
import { fileChecks } from '../../domain/workflow/server-validation/file-checks.ts';
import { type Folders, findInputFile } from '../folders.ts';
import { type NodeResult } from '../nodes/node-run.ts';
import { inputsOf, linksOf } from './execution-order.ts';

/** Results of nodes that need not run again; holds what the last run used, no more. */
export interface NodeCache {
  get(signature: string): NodeResult | undefined;
  set(signature: string, result: NodeResult): void;
  /** Drops everything but these. */
  keepOnly(signatures: ReadonlySet<string>): void;
  clear(): void;
}

/** Makes an empty cache. */
export function createNodeCache(): NodeCache {
  const results = new Map<string, NodeResult>();
  return {
    get: (signature) => results.get(signature),
    set: (signature, result) => {
      results.set(signature, result);
    },
    keepOnly: (signatures) => {
      for (const signature of results.keys()) {
        if (!signatures.has(signature)) results.delete(signature);
      }
    },
    clear: () => results.clear(),
  };
}

/** Signature of every node of a payload: its class, its values, its files and all that it hangs on. */
export function signaturesOf(payload: JsonObject, folders: Folders): ReadonlyMap<string, string> {
  const signatures = new Map<string, string>();
  const open = new Set<string>();
  const sign = (nodeId: string): string => {
    const known = signatures.get(nodeId);
    if (known !== undefined) return known;
    if (open.has(nodeId)) return 'loop';
    open.add(nodeId);
    const node = payload[nodeId];
    const classType = isJsonObject(node) ? (node['class_type'] ?? null) : null;
    const links = new Map(linksOf(payload, nodeId).map((link) => [link.input, link]));
    const inputs = Object.entries(inputsOf(payload, nodeId))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]): JsonValue => {
        const link = links.get(name);
        return link === undefined ? [name, value] : [name, sign(link.from), link.slot];
      });
    const file = fileHash(folders, classType, inputsOf(payload, nodeId));
    const text = stringifyExactJson([classType, file, inputs]);
    const signature = createHash('sha256').update(text).digest('hex');
    open.delete(nodeId);
    signatures.set(nodeId, signature);
    return signature;
  };
  for (const nodeId of Object.keys(payload)) sign(nodeId);
  return signatures;
}

function fileHash(folders: Folders, classType: JsonValue, inputs: JsonObject): string {
  const check = typeof classType === 'string' ? fileChecks.get(classType) : undefined;
  const name = check === undefined ? undefined : inputs[check.input];
  const path = typeof name === 'string' ? findInputFile(folders, name) : undefined;
  if (path === undefined) return '';
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
