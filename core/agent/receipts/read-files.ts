import type { Cancellation } from '../../base/cancellation.ts';
import type { ReceiptInput, ReceiptOutput } from '../../contract/run/receipt.schema.ts';
import type { Output } from '../../contract/run/run.schema.ts';
import { toInputFile } from '../../domain/run/receipt/read-files.ts';
import type { Comfy, FilePlace } from '../../ports/comfy.ts';

/** How a file of ComfyUI is read: one after the other, so that a long batch is never held up. */
export interface FileReading {
  readonly comfy: Pick<Comfy, 'hashFile'> | undefined;
  readonly cancellation: Cancellation;
}

interface FileFacts {
  readonly bytes: number;
  readonly sha256: string;
}

/** Of a run that made more files than this, the first ones are hashed. */
const MOST = 256;

/** The outputs as a receipt lists them, hashed where their bytes can be had. */
export async function readOutputs(
  outputs: readonly Output[],
  reading: FileReading,
): Promise<readonly ReceiptOutput[]> {
  const read: ReceiptOutput[] = [];
  for (const [index, output] of outputs.entries()) {
    const facts =
      output.kind === 'text' || index >= MOST ? undefined : await readFile(output, reading);
    read.push({ ...withoutAsset(output), ...facts });
  }
  return read;
}

/** The plates that a run was given, hashed where their bytes can be had. */
export async function readInputs(
  inputs: readonly ReceiptInput[],
  reading: FileReading,
): Promise<readonly ReceiptInput[]> {
  const read: ReceiptInput[] = [];
  for (const [index, input] of inputs.entries()) {
    const facts = index >= MOST ? undefined : await readFile(toInputFile(input.filename), reading);
    read.push({ ...input, ...facts });
  }
  return read;
}

/** The id by which this core shows a picture means nothing anywhere else. */
function withoutAsset(output: Output): ReceiptOutput {
  const { nodeId, nodeTitle, kind, filename, subfolder, folder, width, height, text } = output;
  return {
    nodeId,
    nodeTitle,
    kind,
    filename,
    subfolder,
    folder,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(text === undefined ? {} : { text }),
  };
}

/** Undefined where it cannot be had. */
async function readFile(
  file: FilePlace,
  { comfy, cancellation }: FileReading,
): Promise<FileFacts | undefined> {
  if (comfy === undefined || cancellation.isCancelled) return undefined;
  const hashed = await comfy.hashFile(file);
  return hashed.ok ? hashed.value : undefined;
}
