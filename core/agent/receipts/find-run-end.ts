import type { Cancellation } from '../../base/cancellation.ts';
import type { Receipt } from '../../contract/run/receipt.schema.ts';
import type { Run } from '../../contract/run/run.schema.ts';
import { describeRunLine } from '../../domain/machine/describe-run-line.ts';
import type { ReceiptEnd } from '../../domain/run/receipt/complete-receipt.ts';
import type { Comfy } from '../../ports/comfy.ts';
import type { ModelFiles } from '../../ports/model-files.ts';
import type { ComfyLink } from '../servers/comfy-link.ts';
import { serverName } from '../runs/server-name.ts';
import { createModelFinder, describeModelNow } from './find-models.ts';
import { readInputs, readOutputs } from './read-files.ts';
import type { NodeTimes } from './track-going-runs.ts';

interface EndParts {
  readonly link: ComfyLink;
  readonly modelFiles: ModelFiles;
  readonly cancellation: Cancellation;
}

/** The server that a run ran on, when it is the one that is connected now. */
export function serverOf(link: ComfyLink, { server }: Pick<Run, 'server'>): Comfy | undefined {
  const ready = link.ready();
  return ready.ok && serverName(ready.value.connection) === server ? ready.value : undefined;
}

/** Asks the server for everything that a receipt says of a run's end; what it does not tell stays unknown. */
export async function findRunEnd(
  { link, modelFiles, cancellation }: EndParts,
  open: Receipt,
  run: Run,
  nodeTimes: NodeTimes,
): Promise<ReceiptEnd> {
  const comfy = serverOf(link, run);
  const reading = { comfy, cancellation };
  const record = await comfy?.history(run.promptId);
  const stats = await comfy?.systemStats();
  const outputs = await readOutputs(run.outputs, reading);
  const inputs = await readInputs(open.inputs, reading);
  const machine = stats?.ok === true ? stats.value : undefined;
  const isRendered = run.status === 'verified' || run.status === 'needs-attention';
  const machineLine = isRendered ? describeRunLine(run, machine) : undefined;
  const isUnread = outputs.some(({ kind, sha256 }) => kind !== 'text' && sha256 === undefined);
  return {
    run,
    record: record?.ok === true ? record.value : undefined,
    stats: machine,
    outputs,
    models: await findModels(comfy, open, modelFiles),
    inputs,
    nodeTimes,
    machineLine,
    gaps: [
      ...(comfy === undefined ? [`The ComfyUI at ${run.server} could not be asked.`] : []),
      ...(comfy !== undefined && isUnread ? ['Not every result could be read.'] : []),
    ],
  };
}

async function findModels(
  comfy: Comfy | undefined,
  { models }: Receipt,
  modelFiles: ModelFiles,
): Promise<Receipt['models']> {
  if (comfy === undefined) return models;
  const finder = createModelFinder(comfy, modelFiles);
  return Promise.all(
    models.map(async (model) =>
      describeModelNow(model, await finder.find(model), { comfy, modelFiles }),
    ),
  );
}
