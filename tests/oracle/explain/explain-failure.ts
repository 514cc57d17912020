import { type JsonObject, isJsonArray } from '../../../core/base/json.ts';
import {
  type StoredLink,
  storedInputs,
  storedLinks,
  storedNodes,
  toIdText,
} from '../../../core/domain/workflow/view/graph-format.ts';
import {
  SUBGRAPH_INPUT_ID,
  SUBGRAPH_OUTPUT_ID,
} from '../../../core/domain/workflow/widgets/promoted-widgets.ts';
import { definitionsIn } from './change-workflow.ts';

/** Why a page gives no payload for a file that we convert; absent: nobody knows. */
export function explainFailure(error: string, workflow: JsonObject): string | undefined {
  return FAILURES.find(({ says, has }) => says.test(error) && has(workflow))?.because;
}

interface Failure {
  readonly because: string;
  readonly says: RegExp;
  /** What must be in the file for it to be the reason. */
  readonly has: (workflow: JsonObject) => boolean;
}

const FAILURES: readonly Failure[] = [
  {
    because:
      'pages fail where a subgraph hands an input straight to an output; ours follows the wire',
    says: /^Error: No output node found for id \[/,
    has: (workflow) =>
      definitionsIn(workflow).some((each) =>
        [...storedLinks(each).values()].some(
          ({ originId, targetId }) =>
            originId === SUBGRAPH_INPUT_ID && targetId === SUBGRAPH_OUTPUT_ID,
        ),
      ),
  },
  {
    because: 'the page opens no file with holes among its links; ours reads past them',
    says: /^the page opened none of the nodes$/,
    has: ({ links }) => isJsonArray(links) && links.includes(null),
  },
  {
    because:
      'the page gives up on a file whose sockets and table of links disagree; ours goes by the sockets',
    says: /^InvalidLinkError: No (link found in parent graph|input node found) for id \[/,
    has: (workflow) => [workflow, ...definitionsIn(workflow)].some(hasLooseEnd),
  },
  {
    because:
      'a name sent from a subgraph’s own input: the stand-in hands the page a link that it cannot follow',
    says: /^InvalidLinkError: Virtual node failed to resolve parent \[/,
    has: (workflow) => definitionsIn(workflow).some(setsOwnInput),
  },
];

/** True when an input names a link that is not in the table, comes from nowhere or ends elsewhere. */
function hasLooseEnd(graph: JsonObject): boolean {
  const links = storedLinks(graph);
  const ids = new Set(storedNodes(graph).map((node) => toIdText(node['id']) ?? ''));
  const isLoose = (link: StoredLink | undefined, slot: number): boolean =>
    link === undefined ||
    link.targetSlot !== slot ||
    (!ids.has(link.originId) && link.originId !== SUBGRAPH_INPUT_ID);
  return storedNodes(graph).some((node) =>
    storedInputs(node).some(
      ({ linkId }, slot) => linkId !== undefined && isLoose(links.get(linkId), slot),
    ),
  );
}

function setsOwnInput(graph: JsonObject): boolean {
  const links = storedLinks(graph);
  return storedNodes(graph).some(
    (node) =>
      node['type'] === 'SetNode' &&
      storedInputs(node).some(
        ({ linkId }) => links.get(linkId ?? '')?.originId === SUBGRAPH_INPUT_ID,
      ),
  );
}
