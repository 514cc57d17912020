import type { JsonObject } from '../../../base/json.ts';
import type { NodeCatalog } from '../catalog.ts';
import type { WorkflowDocument } from '../document.ts';
import { isFrontendOnly } from '../view/frontend-only.ts';
import { type GraphNode, nodeTitle } from './graph/graph-node.ts';
import { type Scope, createRootScope, payloadId } from './graph/scope.ts';
import type { PayloadNote } from './payload-note.ts';

/** What became of one node of a workflow. */
export interface NodeAccount {
  /** As the payload names it: "12:34" inside subgraph use 12. */
  readonly nodeId: string;
  readonly nodeTitle: string;
  readonly type: string;
  /** `sent` and sure; `guessed`: sent, worth a look; `opened`: its inside was sent; `left-out`: not sent. */
  readonly outcome: 'sent' | 'guessed' | 'opened' | 'left-out';
  /** How sure it is that the node is sent as it is meant, 0 to 1; 0 for what is not sent. */
  readonly confidence: number;
  /** Why, one sentence each; empty only for what is sent and sure. */
  readonly because: readonly string[];
}

/**
 * Accounts for every node of a workflow, inner ones by their use: nothing is left out of a payload without
 * a line here. `made` is what the transform gave for the same document and catalog.
 */
export function accountForNodes(
  document: WorkflowDocument,
  catalog: NodeCatalog,
  made: { readonly payload: JsonObject; readonly report: readonly PayloadNote[] },
): readonly NodeAccount[] {
  if (document.format === 'api') return [];
  const notes = Map.groupBy(made.report, ({ nodeId }) => nodeId);
  return accountForScope(createRootScope(document.root, catalog), made.payload, notes);
}

function accountForScope(
  scope: Scope,
  payload: JsonObject,
  notes: ReadonlyMap<string, readonly PayloadNote[]>,
): readonly NodeAccount[] {
  return scope.graph.inRunOrder.flatMap((node) => {
    const nodeId = payloadId(scope, node);
    const said = notes.get(nodeId) ?? [];
    const shared = { nodeId, nodeTitle: nodeTitle(node), type: node.type };
    if (Object.hasOwn(payload, nodeId)) return { ...shared, ...judgeSent(node, said) };
    const inside = insideOf(scope, node);
    if (inside !== undefined) {
      const because = ['What is inside it was sent in its place.'];
      const own: NodeAccount = { ...shared, outcome: 'opened', confidence: 1, because };
      return [own, ...accountForScope(inside, payload, notes)];
    }
    const because = [...said.map(({ message }) => message), ...whyNot(node)];
    return { ...shared, outcome: 'left-out', confidence: 0, because };
  });
}

function insideOf(scope: Scope, node: GraphNode): Scope | undefined {
  const isOpened = node.mode === 'active' && node.nodeClass === undefined;
  const inside = isOpened ? scope.inside(node) : undefined;
  return inside === 'endless' ? undefined : inside;
}

function judgeSent(
  node: GraphNode,
  said: readonly PayloadNote[],
): Pick<NodeAccount, 'outcome' | 'confidence' | 'because'> {
  const because = said.map(({ message }) => message);
  if (said.length === 0) return { outcome: 'sent', confidence: 1, because };
  // Without a class even the names of the settings are unsure; each guess takes some of the rest.
  const most = node.nodeClass === undefined ? 0.5 : 0.9;
  return {
    outcome: 'guessed',
    confidence: Number((most * 0.9 ** (said.length - 1)).toFixed(2)),
    because,
  };
}

function whyNot({ type, nodeClass, mode }: GraphNode): readonly string[] {
  if (mode === 'muted') return ['It is muted, so it does not run.'];
  if (mode === 'bypassed') return ['It is bypassed: what goes in is passed on.'];
  const isPageOnly = nodeClass === undefined && isFrontendOnly(type);
  return isPageOnly ? [FOLLOWED[type] ?? 'It is for ComfyUI’s own page only.'] : [];
}

/** Page-only nodes whose part in the payload is taken over by others. */
const FOLLOWED: Readonly<Record<string, string>> = {
  Note: 'It is a note.',
  MarkdownNote: 'It is a note.',
  PrimitiveNode: 'Its value was copied into the settings that it feeds.',
  Reroute: 'It is a wire: what it leads to was joined directly.',
  'Reroute (rgthree)': 'It is a wire: what it leads to was joined directly.',
  GetNode: 'It stands for a wire: what it leads to was joined directly.',
  SetNode: 'It stands for a wire: what it leads to was joined directly.',
  'easy getNode': 'It stands for a wire: what it leads to was joined directly.',
  'easy setNode': 'It stands for a wire: what it leads to was joined directly.',
};
