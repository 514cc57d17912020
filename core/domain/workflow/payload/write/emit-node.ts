import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import { type GraphNode, nodeTitle } from '../graph/graph-node.ts';
import type { Scope } from '../graph/scope.ts';
import { writeLinks } from './write-links.ts';
import { writeSettings } from './write-settings.ts';
import type { Emitting } from './writing.ts';

/** Writes one node as the payload has it: settings by name, then links over them, then the title. */
export function emitNode(scope: Scope, node: GraphNode, emitting: Emitting): JsonObject {
  const inputs: Record<string, JsonValue> = {};
  const writing = { scope, node, emitting, inputs };
  writeSettings(writing);
  writeLinks(writing);
  return { inputs, class_type: node.type, _meta: { title: nodeTitle(node) } };
}
