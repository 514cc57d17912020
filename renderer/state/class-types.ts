import { type JsonObject, isJsonArray, isJsonObject } from '../../core/base/json.ts';
import { groupNodeName, isFrontendOnly } from '../../core/domain/workflow/view/frontend-only.ts';
import type { SessionState } from '../../core/contract/session.schema.ts';

/** Node classes that the page must be able to name: those of the workflow and of what is proposed for it. */
export function classTypesInUse(session: SessionState): ReadonlySet<string> {
  const found = new Set<string>();
  if (session.workflow !== null) collect(session.workflow.document, found);
  for (const changeSet of session.changeSets) {
    for (const op of changeSet.ops) {
      if (op.op === 'add_node' || op.op === 'replace_node') found.add(op.classType);
    }
  }
  return found;
}

/** False for what only ComfyUI's page knows: notes, reroutes, group nodes and the names of subgraphs. */
export function isOfTheServer(classType: string): boolean {
  return (
    !isFrontendOnly(classType) && groupNodeName(classType) === undefined && !UUID.test(classType)
  );
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function collect(document: JsonObject, found: Set<string>): void {
  const { nodes, definitions } = document;
  if (!isJsonArray(nodes)) {
    for (const node of Object.values(document)) {
      if (isJsonObject(node) && typeof node['class_type'] === 'string')
        found.add(node['class_type']);
    }
    return;
  }
  for (const node of nodes) {
    if (isJsonObject(node) && typeof node['type'] === 'string') found.add(node['type']);
  }
  const subgraphs = isJsonObject(definitions) ? definitions['subgraphs'] : undefined;
  if (!isJsonArray(subgraphs)) return;
  for (const subgraph of subgraphs) {
    if (isJsonObject(subgraph)) collect(subgraph, found);
  }
}
