import type { JsonObject } from '../../../base/json.ts';
import {
  PAYLOAD_FORM,
  RECEIPT_VERSION,
  type Receipt,
} from '../../../contract/run/receipt.schema.ts';
import type { Run } from '../../../contract/run/run.schema.ts';
import type { Actor, SessionState } from '../../../contract/session.schema.ts';
import type { DiffEntry } from '../../../contract/workflow.schema.ts';
import type { NodeCatalog } from '../../workflow/catalog.ts';
import { describeDiff } from '../../workflow/describe/describe-diff.ts';
import { readClasses } from './class-text.ts';
import { toPayloadText } from './payload-form.ts';
import { readPayloadNodes } from './payload-nodes.ts';
import { readInputNames, readModelNames } from './read-files.ts';
import { readRecentChanges } from './recent-changes.ts';
import { readSeeds } from './read-seeds.ts';
import { toReceiptServer } from './server-facts.ts';

/** What is known of a run when it is handed over. */
export interface ReceiptStart {
  /** The session at that moment; the run need not be in it yet. */
  readonly state: SessionState;
  readonly run: Run;
  /** As it was sent; null where that is not known any more. */
  readonly payload: JsonObject | null;
  /** What differs from the run before. */
  readonly intended: readonly DiffEntry[];
  readonly catalog: NodeCatalog;
  readonly appVersion: string;
  /** Hex SHA-256 of a text's UTF-8 bytes. */
  readonly digest: (text: string) => string;
}

/** Opens the receipt of a run: everything that is known before the server has said a word. */
export function startReceipt(start: ReceiptStart): Receipt {
  const { state, run, payload, intended, catalog, appVersion, digest } = start;
  const { promptId, label, status, proposedAt, revision, server } = run;
  const nodes = readPayloadNodes(payload ?? {});
  return {
    kind: 'second-unit-receipt',
    version: RECEIPT_VERSION,
    state: 'open',
    appVersion,
    promptId,
    sessionId: state.sessionId,
    label,
    asked: whoAsked(state, run),
    since: describeDiff(intended),
    changes: readRecentChanges(state, run, catalog),
    workflow: { name: state.workflow?.name ?? null, revision },
    payload: {
      form: PAYLOAD_FORM,
      digest: payload === null ? null : digest(toPayloadText(payload)),
      document: payload,
    },
    seeds: readSeeds(nodes),
    models: readModelNames(nodes).map((model) => ({ ...model, hash: 'unreadable' })),
    inputs: readInputNames(nodes),
    classes: readClasses(nodes, catalog, digest),
    server: toReceiptServer(server, undefined),
    outputs: [],
    timings: { proposedAt, nodes: [] },
    cached: [],
    status,
    isConfirmed: false,
    gaps: payload === null ? ['What was sent to ComfyUI is not known any more.'] : [],
  };
}

/** The message's author where the run came of one; a click in the window is the artist's. */
function whoAsked({ turns }: SessionState, { turnId, requestedBy }: Run): Receipt['asked'] {
  const turn = turns.find((candidate) => candidate.turnId === turnId);
  if (turn === undefined) {
    const by: Actor = { role: 'artist', name: requestedBy };
    return { by, message: null };
  }
  const { author, message } = turn;
  const words = message === '' ? null : message;
  return author.name === requestedBy
    ? { by: author, message: words }
    : { by: author, releasedBy: requestedBy, message: words };
}
