import type { JsonValue } from '../../../../base/json.ts';
import { type GraphNode, nodeTitle } from '../graph/graph-node.ts';
import { type Scope, payloadId } from '../graph/scope.ts';
import type { PayloadNote } from '../payload-note.ts';
import type { PayloadMoment } from './payload-moment.ts';

/** What every step of the transform needs. */
export interface Emitting {
  readonly moment: PayloadMoment;
  readonly report: PayloadNote[];
  /** Value of a setting of a node found by its "S&R" name or title, for file name tokens. */
  readonly lookUp: (node: string, setting: string) => string | undefined;
}

/** The node that is being written, where it stands, and what is written of it so far. */
export interface Writing {
  readonly scope: Scope;
  readonly node: GraphNode;
  readonly emitting: Emitting;
  readonly inputs: Record<string, JsonValue>;
}

/** Adds a line about a node to the report; `input` when it is about one. */
export function addNote(
  { emitting, scope, node }: Omit<Writing, 'inputs'>,
  kind: PayloadNote['kind'],
  message: string,
  input?: string,
): void {
  const note = { nodeId: payloadId(scope, node), nodeTitle: nodeTitle(node), kind, message };
  emitting.report.push(input === undefined ? note : { ...note, input });
}
