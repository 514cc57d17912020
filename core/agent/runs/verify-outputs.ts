import { isJsonObject, type JsonObject } from '../../base/json.ts';
import { parseExactJson } from '../../base/exact-json.ts';
import type { Output, Verdict } from '../../contract/run/run.schema.ts';
import type { Problem } from '../../contract/workflow.schema.ts';
import type { InspectedOutput } from '../../domain/run/check-pictures.ts';
import { verifyRun } from '../../domain/run/verify-run.ts';
import { readPictureMetadata } from '../../domain/workflow/metadata/read-picture-metadata.ts';
import type { ImageFacts, Images } from '../../ports/assets.ts';
import type { Comfy } from '../../ports/comfy.ts';
import type { RunIntent } from './prepare-run.ts';

/** A finished run and what to check it against. */
export interface FinishedRun {
  readonly outputs: readonly Output[];
  readonly comfy: PictureSource;
  readonly payload: JsonObject;
  readonly intent: RunIntent;
  readonly fromCache: boolean;
  readonly warnings: readonly Problem[];
}

type PictureSource = Pick<Comfy, 'fileHead' | 'fetchFile'>;

/** Pictures that are looked into; of a batch of hundreds the first ones tell enough. */
const MAX_INSPECTED = 16;
/** Enough of most pictures for their size, their payload and their first rows; large ones take seconds to come whole. */
const HEAD_BYTES = 256 * 1024;

/** Looks into the pictures themselves, adds their sizes, and judges the run. */
export async function verifyOutputs(
  { images }: { readonly images: Images },
  { outputs, comfy, payload, intent, fromCache, warnings }: FinishedRun,
): Promise<{ readonly outputs: readonly Output[]; readonly verdict: Verdict }> {
  const inspected = await Promise.all(
    outputs.map(async (output, index): Promise<InspectedOutput> =>
      index < MAX_INSPECTED && (output.kind === 'image' || output.kind === 'animation')
        ? inspect(output, comfy, images)
        : { output },
    ),
  );
  const { view, intended } = intent;
  const verdict = verifyRun({
    view,
    payload,
    acceptedDiff: intended,
    outputs: inspected,
    fromCache,
    warnings,
  });
  return { outputs: inspected.map(({ output }) => output), verdict };
}

async function inspect(
  output: Output,
  comfy: PictureSource,
  images: Images,
): Promise<InspectedOutput> {
  const look = await lookAt(output, comfy, images);
  if (look === undefined) return { output };
  const { bytes, facts } = look;
  const record = parseExactJson(readPictureMetadata(bytes)?.prompt ?? '');
  return {
    output: facts === undefined ? output : { ...output, width: facts.width, height: facts.height },
    ...(facts === undefined ? {} : { facts }),
    ...(record.ok && isJsonObject(record.value) ? { prompt: record.value } : {}),
  };
}

interface Look {
  /** The file, or as much of its beginning as the facts needed. */
  readonly bytes: Uint8Array;
  /** Undefined when it is no picture. */
  readonly facts: ImageFacts | undefined;
}

/** Looks at the beginning, and at the whole only where that leaves a doubt. Undefined when it cannot be had. */
async function lookAt(
  output: Output,
  comfy: PictureSource,
  images: Images,
): Promise<Look | undefined> {
  if (!images.canRead(output.filename)) return undefined;
  const head = await comfy.fileHead(output, HEAD_BYTES);
  if (!head.ok || head.value === undefined) return undefined;
  const { bytes, size } = head.value;
  const facts = size === undefined ? undefined : await images.facts(bytes, size);
  if (facts !== undefined || bytes.byteLength === size) return { bytes, facts };
  const file = await comfy.fetchFile(output);
  if (!file.ok) return undefined;
  const whole = file.value.bytes;
  return { bytes: whole, facts: await images.facts(whole) };
}
