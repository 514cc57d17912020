import type { SystemStats } from '../../../contract/machine/machine.schema.ts';
import type {
  Receipt,
  ReceiptInput,
  ReceiptModel,
  ReceiptOutput,
} from '../../../contract/run/receipt.schema.ts';
import type { Run } from '../../../contract/run/run.schema.ts';
import { readPayloadNodes, titleOf } from './payload-nodes.ts';
import { toReceiptServer } from './server-facts.ts';

/** What ComfyUI's history says of the run. */
export interface RunRecord {
  readonly ending: 'succeeded' | 'failed' | 'interrupted';
  readonly cachedNodes: readonly string[];
}

/** What was found out about a run that is over. */
export interface ReceiptEnd {
  /** Over, and verified where there is something to verify. */
  readonly run: Run;
  /** Undefined: the history does not know it, or could not be asked. */
  readonly record?: RunRecord | undefined;
  readonly stats?: SystemStats | undefined;
  readonly outputs: readonly ReceiptOutput[];
  readonly models: readonly ReceiptModel[];
  readonly inputs: readonly ReceiptInput[];
  /** How long each node took, in the order in which they ran. */
  readonly nodeTimes: readonly { readonly nodeId: string; readonly ms: number }[];
  readonly machineLine?: string | undefined;
  readonly gaps: readonly string[];
}

/** What the history says of a run that ended like this; undefined where it says nothing. */
const endings: Readonly<Record<Run['status'], RunRecord['ending'] | undefined>> = {
  proposed: undefined,
  queued: undefined,
  running: undefined,
  succeeded: 'succeeded',
  verified: 'succeeded',
  'needs-attention': 'succeeded',
  failed: 'failed',
  cancelled: 'interrupted',
  unclear: undefined,
};

/** Closes a receipt with how the run ended and what it made. */
export function completeReceipt(open: Receipt, end: ReceiptEnd): Receipt {
  const { run, record, stats, outputs, models, inputs, nodeTimes, machineLine } = end;
  const nodes = readPayloadNodes(open.payload.document ?? {});
  const named = (nodeId: string): { readonly nodeId: string; readonly nodeTitle: string } => ({
    nodeId,
    nodeTitle: titleOf(nodes, nodeId),
  });
  const { proposedAt, queuedAt, startedAt, endedAt, status, failure, verdict } = run;
  const isConfirmed = record !== undefined && record.ending === endings[status];
  return {
    ...open,
    state: 'complete',
    models,
    inputs,
    server: stats === undefined ? open.server : toReceiptServer(run.server, stats),
    outputs,
    timings: {
      proposedAt,
      ...(queuedAt === undefined ? {} : { queuedAt }),
      ...(startedAt === undefined ? {} : { startedAt }),
      ...(endedAt === undefined ? {} : { endedAt }),
      nodes: nodeTimes.map(({ nodeId, ms }) => ({ ...named(nodeId), ms })),
    },
    cached: (record?.cachedNodes ?? []).map(named),
    ...(machineLine === undefined ? {} : { machineLine }),
    status,
    ...(failure === undefined ? {} : { failure }),
    ...(verdict === undefined ? {} : { verdict }),
    isConfirmed,
    gaps: [...open.gaps, ...gapsOf(run, record, isConfirmed), ...end.gaps],
  };
}

function gapsOf(
  { queuedAt, startedAt }: Run,
  record: RunRecord | undefined,
  isConfirmed: boolean,
): readonly string[] {
  if (isConfirmed) return [];
  if (record !== undefined) return ['ComfyUI’s own history tells another end of this run.'];
  // Taken out of the queue, or never sent: there is nothing that a history could know.
  const wasGoing = queuedAt !== undefined && startedAt !== undefined;
  return wasGoing ? ['ComfyUI’s own history could not be asked about this run any more.'] : [];
}

/** True while something is still to be written into it: the run's end, or the hash of a model. */
export function isUnfinished({ state, models }: Receipt): boolean {
  return state === 'open' || models.some(({ hash }) => hash === 'pending');
}
