import type { JsonObject } from '../../../base/json.ts';
import type { NodeCatalog } from '../catalog.ts';
import type { WorkflowDocument } from '../document.ts';
import { isFrontendOnly } from '../reading/frontend-only.ts';
import { nodeTitle } from './emit-node.ts';
import type { GraphNode } from './graph-index.ts';
import type { PayloadNote } from './payload-note.ts';
import { type Scope, createRootScope, payloadId } from './scope.ts';

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
  const notes = new Map<string, PayloadNote[]>();
  for (const note of made.report) {
    const known = notes.get(note.nodeId);
    if (known === undefined) notes.set(note.nodeId, [note]);
    else known.push(note);
  }
  const accounts: NodeAccount[] = [];
  accountForScope(createRootScope(document.root, catalog), made.payload, notes, accounts);
  return accounts;
}

function accountForScope(
  scope: Scope,
  payload: JsonObject,
  notes: ReadonlyMap<string, readonly PayloadNote[]>,
  accounts: NodeAccount[],
): void {
  for (const node of scope.graph.inRunOrder) {
    const nodeId = payloadId(scope, node);
    const inside = insideOf(scope, node);
    const said = notes.get(nodeId) ?? [];
    const isSent = Object.hasOwn(payload, nodeId);
    const shared = { nodeId, nodeTitle: nodeTitle(node), type: node.type };
    if (isSent) accounts.push({ ...shared, ...judgeSent(node, said) });
    else {
      const outcome = inside === undefined ? 'left-out' : 'opened';
      const because = [...said.map(({ message }) => message), ...whyNot(node, inside)];
      accounts.push({ ...shared, outcome, confidence: inside === undefined ? 0 : 1, because });
    }
    if (inside !== undefined) accountForScope(inside, payload, notes, accounts);
  }
}

function insideOf(scope: Scope, node: GraphNode): Scope | undefined {
  return node.mode === 'active' && node.nodeClass === undefined ? scope.inside(node) : undefined;
}

function judgeSent(
  node: GraphNode,
  said: readonly PayloadNote[],
): Pick<NodeAccount, 'outcome' | 'confidence' | 'because'> {
  const because = said.map(({ message }) => message);
  const guesses = said.filter(({ kind }) => kind !== 'mapped').length;
  if (guesses === 0) return { outcome: 'sent', confidence: 1, because };
  // Without a class even the names of the settings are unsure; each guess takes some of the rest.
  const most = node.nodeClass === undefined ? 0.5 : 0.9;
  return {
    outcome: 'guessed',
    confidence: Number((most * 0.9 ** (guesses - 1)).toFixed(2)),
    because,
  };
}

function whyNot(node: GraphNode, inside: Scope | undefined): readonly string[] {
  if (inside !== undefined) return ['What is inside it was sent in its place.'];
  if (node.mode === 'muted') return ['It is muted, so it does not run.'];
  if (node.mode === 'bypassed') return ['It is bypassed: what goes in is passed on.'];
  const isPageOnly = node.nodeClass === undefined && isFrontendOnly(node.type);
  return isPageOnly ? [FOLLOWED[node.type] ?? 'It is for ComfyUI’s own page only.'] : [];
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
