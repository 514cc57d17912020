import {
  type JsonObject,
  type JsonValue,
  isJsonArray,
  isJsonObject,
} from '../../core/base/json.ts';
import type { NodeCatalog } from '../../core/domain/workflow/catalog.ts';
import { groupNodeName } from '../../core/domain/workflow/reading/frontend-only.ts';
import { toIdText } from '../../core/domain/workflow/reading/graph-format.ts';
import type { AnswerDifference } from './compare-answers.ts';

/** Why a difference is meant to be there, told from the file and the classes; absent: ours is wrong. */
export function explainDifference(
  difference: AnswerDifference,
  workflow: JsonObject,
  catalog: NodeCatalog,
): string | undefined {
  if (difference.because !== undefined) return difference.because;
  const { where, page } = difference;
  if (where === 'page') return 'the page itself fails on this file';
  if (where.endsWith(' _meta')) return 'only the title differs: the page translates class names';
  const id = where.slice(0, where.indexOf(' '));
  return (
    explainInput(where.slice(id.length + 1), page, catalog) ??
    explainInside(id, difference, workflow) ??
    explainFile(id, workflow)
  );
}

function explainInput(text: string, page: string, catalog: NodeCatalog): string | undefined {
  const dot = text.indexOf('.');
  const nodeClass = dot < 0 ? undefined : catalog.get(text.slice(0, dot));
  if (nodeClass === undefined) return undefined;
  const spec = nodeClass.inputs.find(({ name }) => name === text.slice(dot + 1));
  if (spec === undefined && (page === '""' || page === '"refresh"')) {
    return 'something that the page draws for itself; the class has no such input';
  }
  return spec !== undefined && CAPTURED.has(spec.type)
    ? 'recorded by the page itself while it makes the payload'
    : undefined;
}

const CAPTURED: ReadonlySet<string> = new Set([
  'AUDIO_RECORD',
  'WEBCAM',
  'LOAD_3D',
  'LOAD_3D_ANIMATION',
]);

/** Nodes in (or fed from) a use that is switched off, and in old group nodes. */
function explainInside(
  id: string,
  { page, ours }: AnswerDifference,
  workflow: JsonObject,
): string | undefined {
  const involved = [id, ...[page, ours].flatMap((text) => /^\["([^"]+)",/.exec(text)?.[1] ?? [])];
  for (const each of involved) {
    const chain = instancesAround(each, workflow);
    if (chain.some(({ mode }) => mode === 2 || mode === 4)) {
      return 'the page sends what is inside a switched-off subgraph or group; ours does not run it';
    }
    if (
      chain.some(({ type }) => groupNodeName(typeof type === 'string' ? type : '') !== undefined)
    ) {
      return 'pages lose or rename wires of group nodes; ours follows the file';
    }
  }
  return undefined;
}

function explainFile(id: string, workflow: JsonObject): string | undefined {
  const isNewer = instancesAround(id, workflow).some(
    ({ properties }) =>
      isJsonObject(properties) &&
      ('proxyWidgets' in properties || 'previewExposures' in properties),
  );
  return isNewer
    ? 'the file is of a newer page, whose list of shown settings this one misreads'
    : undefined;
}

/** The subgraph uses and group nodes that an id like "12:34:5" lies in, outermost first. */
function instancesAround(id: string, workflow: JsonObject): readonly JsonObject[] {
  const definitions = isJsonObject(workflow['definitions'])
    ? workflow['definitions']['subgraphs']
    : [];
  const found: JsonObject[] = [];
  let graph: JsonValue | undefined = workflow;
  for (const part of id.split(':').slice(0, -1)) {
    const nodes: JsonValue | undefined = isJsonObject(graph) ? graph['nodes'] : undefined;
    const node: JsonValue | undefined = isJsonArray(nodes)
      ? nodes.find((each) => isJsonObject(each) && toIdText(each['id']) === part)
      : undefined;
    if (!isJsonObject(node)) return found;
    found.push(node);
    const { type } = node;
    graph = isJsonArray(definitions)
      ? definitions.find((each): boolean => isJsonObject(each) && each['id'] === type)
      : undefined;
  }
  return found;
}
